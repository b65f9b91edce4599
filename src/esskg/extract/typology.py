"""The type of each entity: from its own mentions, else from its neighbours, else from how it is written."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from esskg.extract.clusters import Cluster, Clusters
from esskg.extract.lexicon import cues
from esskg.model import ORGANIZATION_TYPES, EntityType
from esskg.reference import is_acronym

_LINK = re.compile(
    r"(?: ?\([^()\n]{1,60}\))?(?:,? (?:et|and|y|e|ou|or|&) |[,;] (?:(?:et|and|y|puis) )?)"
    r"(?:d'|de |du |des |à |au )?(?:(?:la|le|les|the|el|los|las) |l')?"
)
_LONGEST = 130
"""Characters between two members of a list."""
_ITEM = re.compile(
    r"[^\n]{0,120};?\n+[ \t]*(?:[-*•·›✓]|\d{1,2}[.)])[ \t]*(?:(?:[Ll]a|[Ll]e|[Ll]es|The|the) |[Ll]')?"
)


_WINDOW = 80
"""Characters on either side of a mention in which words tell of its type."""


def settle_types(clusters: Clusters) -> None:
    """Give every entity a type; forget those that nothing but one capital speaks for."""
    _from_neighbours(clusters)
    for cluster in list(clusters):
        if cluster.type is None and not _guess(cluster, clusters.text):
            clusters.drop(cluster)


def _from_neighbours(clusters: Clusters) -> None:
    """Members of a list share a type, which goes on from one to the next, first forwards, then back."""
    pairs = [
        (one, other)
        for (first, one), (second, other) in pairwise(clusters.in_order())
        if _listed(clusters.text[first.end : second.start])
    ]
    for one, other in pairs:
        _pass_on(one, other)
    for one, other in reversed(pairs):
        _pass_on(other, one)


def _listed(between: str) -> bool:
    if len(between) > _LONGEST:
        return False
    return _LINK.fullmatch(between) is not None or _ITEM.fullmatch(between) is not None


def _pass_on(typed: Cluster, untyped: Cluster) -> None:
    if untyped.type is None and typed.type in ORGANIZATION_TYPES | {EntityType.PLACE}:
        untyped.votes[typed.type] += 0.7  # type: ignore[assignment]  # typeshed counts in whole numbers


def _guess(cluster: Cluster, text: str) -> bool:
    """Type what is surely a name but says nothing of its kind; whether there was reason to."""
    acronym = is_acronym(cluster.name)
    sure = acronym or " " in cluster.name or len(cluster.mentions) > 1
    if not sure and not any(m.source == "acronym" or m.weight > 1.1 for m in cluster.mentions):
        return False
    default = EntityType.NETWORK if acronym else EntityType.SOCIAL_ECONOMY_ENTERPRISE
    cluster.votes[_type_by_cues(cluster, text) or default] += 1
    return True


def _type_by_cues(cluster: Cluster, text: str) -> EntityType | None:
    """The type that words around the mentions tell of most, if there are two of them and no tie."""
    told = Counter[EntityType]()
    for mention in cluster.mentions:
        before = text[max(0, mention.start - _WINDOW) : mention.start]
        around = f"{before} {text[mention.end : mention.end + _WINDOW]}"
        told.update({type_: len(pattern.findall(around)) for type_, pattern in cues().items()})
    (best, count), (_, next_count), *_ = told.most_common()
    return best if count >= 2 and count > next_count else None
