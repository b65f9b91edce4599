"""Identity decisions applied to clusters: what people said is the same or different comes out so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from esskg.model import Document, Slug
from esskg.resolve.decisions import Decision, DecisionKind, Decisions, folded_spaces
from esskg.resolve.ids import PublishedIds, anchors_of
from esskg.resolve.link import Cluster
from esskg.resolve.local import Local, LocalKey
from esskg.resolve.names import fold
from esskg.resolve.sets import DisjointSets
from esskg.resolve.slugs import Slugs

Group = int | tuple[Slug, str]
"""A cluster by its index, or what was taken out of the entity of a slug, by name."""


def decide(
    clusters: Sequence[Cluster],
    slugs: Slugs,
    decisions: Decisions,
    published: PublishedIds,
    documents: Mapping[Slug, Document],
) -> Sequence[Cluster]:
    """The clusters after all identity decisions; the same object where there are none.

    What a decision names and isn't there has no effect (``Decisions.unmatched`` tells it).
    """
    rows = decisions.of(DecisionKind.SAME, DecisionKind.DIFFERENT)
    if not rows:
        return clusters
    identity = _Identity(clusters, slugs, published, documents)
    for row in (row for row in rows if row.kind is DecisionKind.DIFFERENT):
        identity.part(row)
    for row in (row for row in rows if row.kind is DecisionKind.SAME):
        identity.unite(row)
    return identity.clusters()


class _Identity:
    """Who is who, changed decision by decision; partings first, so that the order of rows doesn't matter."""

    def __init__(
        self,
        clusters: Sequence[Cluster],
        slugs: Slugs,
        published: PublishedIds,
        documents: Mapping[Slug, Document],
    ) -> None:
        self._clusters, self._published, self._documents = clusters, published, documents
        self._slugs = slugs.of
        self._by_slug = {slug: index for index, slug in enumerate(slugs.of)}
        self._by_slug |= {
            old: self._by_slug[new] for old, new in slugs.redirects.items() if new in self._by_slug
        }
        self._groups: dict[LocalKey, Group] = {
            local.key: index for index, cluster in enumerate(clusters) for local in cluster.locals
        }
        self._sets: DisjointSets[Group] = DisjointSets()
        self._kept: set[Slug] = set()
        self._dropped: set[Slug] = set()

    def part(self, row: Decision) -> None:
        """Take a mention's entity, or the published one of a slug, out of the entity it is said not to be."""
        group = self._by_slug.get(Slug(row.subject))
        if group is None:
            return
        if not row.object:
            apart = self._mentioned(row)
        elif self._by_slug.get(Slug(row.object)) == group:
            apart = self._published_as(Slug(row.object), Slug(row.subject), self._clusters[group])
        else:
            return
        for local in apart:
            if self._groups[local.key] == group:
                self._groups[local.key] = (Slug(row.subject), fold(local.reading.name))

    def unite(self, row: Decision) -> None:
        """Put a mention's entity into that of a slug, or make the entities of two slugs one."""
        group = self._by_slug.get(Slug(row.subject))
        if group is None:
            return
        if not row.object:
            for local in self._mentioned(row):
                self._groups[local.key] = group
        elif (other := self._by_slug.get(Slug(row.object))) is not None:
            self._sets.unite(group, other)
            self._kept.add(Slug(row.subject))
            self._dropped.add(Slug(row.object))

    def clusters(self) -> list[Cluster]:
        """The clusters as decided, in the order of their first members."""
        members: dict[Group, list[Local]] = defaultdict(list)
        united: dict[Group, set[int]] = defaultdict(set)
        for index, cluster in enumerate(self._clusters):
            united[self._sets.find(index)].add(index)
            for local in cluster.locals:
                members[self._sets.find(self._groups[local.key])].append(local)
        return sorted(
            (
                self._cluster(united.get(group, set()), group_members)
                for group, group_members in members.items()
            ),
            key=lambda cluster: cluster.locals[0].key,
        )

    def _cluster(self, indexes: set[int], members: Iterable[Local]) -> Cluster:
        ordered = tuple(sorted(members, key=lambda local: local.key))
        ranked = sorted(indexes, key=lambda index: self._standing(self._slugs[index]))
        key = next((key for index in ranked if (key := self._clusters[index].key)), None)
        return Cluster(key, ordered, self._slugs[ranked[0]] if ranked else None)

    def _standing(self, slug: Slug) -> tuple[bool, bool, Slug]:
        """Of those united, the one that decisions name first and never second stays."""
        return slug in self._dropped, slug not in self._kept, slug

    def _mentioned(self, row: Decision) -> list[Local]:
        """The entities of a document that the quoted words mention or name."""
        document = self._documents.get(row.document)
        here = (
            local for cluster in self._clusters for local in cluster.locals if local.document == row.document
        )
        return [local for local in here if document and row.quote in _words(local, document)]

    def _published_as(self, slug: Slug, other: Slug, cluster: Cluster) -> list[Local]:
        """The member that a slug was given out for, and those of its name where the other's was another."""
        row, rival = self._published.rows.get(slug), self._published.rows.get(other)
        if row is None:
            return []
        name = None if rival and fold(rival.name) == fold(row.name) else fold(row.name)
        return [
            local
            for local in cluster.locals
            if row.anchor in anchors_of(local.document, local.sha256, local.reading)
            or (name and name in map(fold, local.full_names))
        ]


def _words(local: Local, document: Document) -> set[str]:
    """Everything that the document calls an entity."""
    mentioned = {document.text[mention.start : mention.end] for mention in local.reading.mentions}
    return {folded_spaces(text) for text in mentioned | {local.reading.name}}
