"""The type of each entity: from its own mentions, else from its neighbours, else from how it is written."""

from __future__ import annotations

import re
from itertools import pairwise

from esskg.extract.clusters import Cluster, Clusters
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


def settle_types(clusters: Clusters) -> None:
    """Give every entity a type; forget those that nothing but one capital speaks for."""
    _from_neighbours(clusters)
    for cluster in list(clusters):
        if cluster.type is None and not _guess(cluster):
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


def _guess(cluster: Cluster) -> bool:
    """Type what is surely a name but says nothing of its kind; whether there was reason to."""
    sources = {mention.source for mention in cluster.mentions}
    strong = (
        len(cluster.mentions) > 1 or "acronym" in sources or any(m.weight > 1.1 for m in cluster.mentions)
    )
    if is_acronym(cluster.name):
        cluster.votes[EntityType.NETWORK] += 1
        return True
    if strong or " " in cluster.name:
        cluster.votes[EntityType.SOCIAL_ECONOMY_ENTERPRISE] += 1
        return True
    return False
