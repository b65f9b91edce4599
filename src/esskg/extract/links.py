"""Names of one entity put together: by the reference, by surname, by a longer name around a shorter."""

from __future__ import annotations

from collections import defaultdict

from esskg.extract.clusters import Cluster, Clusters
from esskg.model import EntityType

_SHORTENED = frozenset(EntityType) - {EntityType.PERSON, EntityType.PLACE}
_CERTAIN = 2.4
"""Votes from which a short name's own type speaks against a longer name of another."""
_LONGEST = 20
"""Words of a shorter name that is looked for in longer ones."""


def merge_known(clusters: Clusters) -> None:
    """Make one of the clusters whose names belong to the same single reference row."""
    owners: dict[str, Cluster] = {}
    for cluster in list(clusters):
        if len(cluster.keys) == 1:
            (key,) = cluster.keys
            owners[key] = clusters.merge(owners[key], cluster) if key in owners else cluster


def merge_surnames(clusters: Clusters) -> None:
    """Make one of a surname, in Spanish also the first of two, and the person who alone bears it."""
    persons: dict[str, list[tuple[str, Cluster]]] = defaultdict(list)
    for cluster in clusters:
        if cluster.type is EntityType.PERSON:
            full = cluster.name.casefold()
            for word in set(full.split()[1:]):
                persons[word].append((f"{full} ", cluster))
    for cluster in list(clusters):
        if cluster.type in {None, EntityType.PERSON}:
            name = cluster.name.casefold()
            bearers = [person for full, person in persons.get(name.split()[0], ()) if f" {name} " in full]
            if len(bearers) == 1 and bearers[0] is not cluster:
                clusters.merge(bearers[0], cluster)


def merge_contained(clusters: Clusters) -> None:
    """Make one of a name and the only longer name that begins or ends with it, or with its two words."""
    around: dict[str, set[Cluster]] = defaultdict(set)
    for cluster in clusters:
        _enter(around, cluster, cluster)
    for cluster in sorted(clusters, key=lambda cluster: (-len(cluster.name), cluster.first)):
        if cluster.type is not None and cluster.type not in _SHORTENED:
            continue
        longer = [other for other in around[cluster.name.casefold()] if _may_be(other, cluster)]
        if len(longer) == 1:
            _enter(around, cluster, longer[0])
            clusters.merge(longer[0], cluster)


def _enter(around: dict[str, set[Cluster]], cluster: Cluster, holder: Cluster) -> None:
    """Find a holder by what the names of a cluster begin and end with, and that cluster no more.

    A name's first and last word may stand for it: "Fondation Chagnon".
    """
    for name in cluster.names:
        words = name.casefold().split()
        for size in range(1, min(len(words), _LONGEST + 1)):
            for edge in (words[:size], words[-size:], [words[0], words[-1]]):
                around[" ".join(edge)].discard(cluster)
                around[" ".join(edge)].add(holder)


def _may_be(longer: Cluster, shorter: Cluster) -> bool:
    if longer is shorter or (longer.keys and shorter.keys and longer.keys != shorter.keys):
        return False
    own, other = shorter.type, longer.type
    return other in _SHORTENED and (own is None or own is other or shorter.votes[own] < _CERTAIN)
