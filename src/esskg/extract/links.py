"""Names of one entity put together: by the reference, by surname, by a longer name around a shorter."""

from __future__ import annotations

from esskg.extract.clusters import Cluster, Clusters, by_words
from esskg.model import EntityType

_SHORTENED = frozenset(EntityType) - {EntityType.PERSON, EntityType.PLACE}
_CERTAIN = 2.4
"""Votes from which a short name's own type speaks against a longer name of another."""


def merge_known(clusters: Clusters) -> None:
    """Make one of the clusters whose names belong to the same single reference row."""
    owners: dict[str, Cluster] = {}
    for cluster in list(clusters):
        if len(cluster.keys) == 1:
            (key,) = cluster.keys
            owners[key] = clusters.merge(owners[key], cluster) if key in owners else cluster


def merge_surnames(clusters: Clusters) -> None:
    """Make one of a surname, in Spanish also the first of two, and the person who alone bears it."""
    persons = [cluster for cluster in clusters if cluster.type is EntityType.PERSON and " " in cluster.name]
    for cluster in list(clusters):
        name = cluster.name.casefold()
        if cluster.type in {None, EntityType.PERSON}:
            bearers = [person for person in persons if f" {name} " in f"{person.name.casefold()} "]
            if len(bearers) == 1 and bearers[0] is not cluster:
                clusters.merge(bearers[0], cluster)


def merge_contained(clusters: Clusters) -> None:
    """Make one of a name and the only longer name that begins or ends with it."""
    index = by_words(clusters)
    gone: set[int] = set()
    for cluster in sorted(clusters, key=lambda cluster: (-len(cluster.name), cluster.first)):
        if cluster.type is not None and cluster.type not in _SHORTENED:
            continue
        sharing = index[cluster.name.casefold().split()[0]]
        longer = [other for other in sharing if id(other) not in gone and _contains(other, cluster)]
        if len(longer) == 1:
            clusters.merge(longer[0], cluster)
            gone.add(id(cluster))


def _contains(longer: Cluster, shorter: Cluster) -> bool:
    if longer is shorter or (longer.keys and shorter.keys and longer.keys != shorter.keys):
        return False
    short = shorter.name.casefold()
    names = (name.casefold() for name in longer.names)
    if not any(name.startswith(f"{short} ") or name.endswith(f" {short}") for name in names):
        return False
    own, other = shorter.type, longer.type
    return other in _SHORTENED and (own is None or own is other or shorter.votes[own] < _CERTAIN)
