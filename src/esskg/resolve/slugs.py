"""Which slug each entity goes by: the one published for it, else its key, else one of its first mention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from esskg.model import Slug, digest
from esskg.resolve.ids import PublishedId, PublishedIds, anchors_of
from esskg.resolve.link import Cluster
from esskg.resolve.local import Local, family
from esskg.resolve.names import Specificity, fold, slugify, specificity

_DIGITS = 6


class Slugs:
    """The slugs of clusters, one each, and what became of the published ones that none of them has."""

    def __init__(
        self, clusters: Sequence[Cluster], published: PublishedIds, is_key: Callable[[Slug], bool]
    ) -> None:
        claims = _Claims(clusters, published, is_key)
        self.of: list[Slug] = []
        """The slug of each cluster, in their order."""
        self.redirects: dict[Slug, Slug] = {}
        """Published slugs whose entity goes by another now."""
        taken = published.rows.keys() | {cluster.slug for cluster in clusters if cluster.slug}
        for index, cluster in enumerate(clusters):
            rows = sorted(claims.of(index), key=lambda row: _precedence(row, cluster))
            slug = rows[0].slug if rows else cluster.slug or cluster.key or _minted(cluster, taken)
            taken.add(slug)
            self.of.append(slug)
            self.redirects |= {row.slug: slug for row in rows[1:]}
        self._keep_redirects(published)

    def _keep_redirects(self, published: PublishedIds) -> None:
        """A merged slug goes on redirecting after its own document is gone."""
        alive = set(self.of)
        for row in published.rows.values():
            target = self.redirects.get(row.replaced_by or row.slug, row.replaced_by)
            if target in alive and row.slug not in alive:
                self.redirects.setdefault(row.slug, target)


def _precedence(row: PublishedId, cluster: Cluster) -> tuple[bool, bool, Slug]:
    return row.slug != (cluster.slug or cluster.key), row.replaced_by is not None, row.slug


def _minted(cluster: Cluster, taken: set[Slug]) -> Slug:
    """The normalised first name and six digits of a hash of the first mention, more where that is taken."""
    local = min(cluster.locals, key=lambda local: (local.document, local.first, local.reading.id))
    name = slugify(local.reading.name) or local.reading.type.lower()
    anchor = local.sha256, *local.first, local.reading.name
    hashes = (
        digest(*anchor),
        digest(*anchor, local.document),
    )  # the second where copies of a text share the first
    slugs = (
        Slug(f"{name}-{hashed[:digits]}") for hashed in hashes for digits in range(_DIGITS, len(hashed) + 1)
    )
    return next(slug for slug in slugs if slug not in taken)


class _Claims:
    """Which cluster each published slug stands for."""

    def __init__(
        self, clusters: Sequence[Cluster], published: PublishedIds, is_key: Callable[[Slug], bool]
    ) -> None:
        rows = published.rows.values()
        self._is_key = is_key
        self._kept = {cluster.slug: index for index, cluster in enumerate(clusters) if cluster.slug}
        self._keys = {cluster.key: index for index, cluster in enumerate(clusters) if cluster.key}
        self._mentions = _mentions(clusters, {_place(row) for row in rows})
        self._names = _names(clusters, {fold(row.name) for row in rows})
        self._by_cluster: dict[int, list[PublishedId]] = defaultdict(list)
        for row in rows:
            if (index := self._cluster(row)) is not None:
                self._by_cluster[index].append(row)

    def of(self, index: int) -> list[PublishedId]:
        """The published rows that stand for a cluster."""
        return self._by_cluster.get(index, [])

    def _cluster(self, row: PublishedId) -> int | None:
        """The one that keeps it; by key for a reference row or place; else by the mention that it was given
        out for, whatever its type is now; else, where the document has changed, by the name there; else,
        where it is gone, by a name that says all."""
        if row.slug in self._kept:
            return self._kept[row.slug]
        if self._is_key(row.slug):
            return self._keys.get(row.slug)
        mentions = self._mentions.get(_place(row), [])
        if mentions:
            return min(mentions, key=lambda found: (_strangeness(row, found[1]), found[0]))[0]
        named = [found for found in self._names[fold(row.name)] if found[1].family == family(row.type)]
        there = {index for index, local in named if local.document == row.anchor.document}
        anywhere = {index for index, _ in named} if specificity(row.name) is Specificity.DISTINCT else set()
        likeliest = there or anywhere
        return next(iter(likeliest)) if len(likeliest) == 1 else None


_Found = tuple[int, Local]
_Place = tuple[str, int, int]


def _place(row: PublishedId) -> _Place:
    return row.anchor.sha256, row.anchor.start, row.anchor.end


def _strangeness(row: PublishedId, local: Local) -> tuple[bool, bool]:
    return local.document != row.anchor.document, local.family != family(row.type)


def _mentions(clusters: Iterable[Cluster], wanted: set[_Place]) -> dict[_Place, list[_Found]]:
    found: dict[_Place, list[_Found]] = defaultdict(list)
    for index, cluster in enumerate(clusters):
        for local in cluster.locals:
            for anchor in anchors_of(local.document, local.sha256, local.reading):
                place = anchor.sha256, anchor.start, anchor.end
                if place in wanted:
                    found[place].append((index, local))
    return found


def _names(clusters: Iterable[Cluster], wanted: set[str]) -> dict[str, list[_Found]]:
    found: dict[str, list[_Found]] = defaultdict(list)
    for index, cluster in enumerate(clusters):
        for local in cluster.locals:
            for name in {fold(name) for name in local.full_names} & wanted:
                found[name].append((index, local))
    return found
