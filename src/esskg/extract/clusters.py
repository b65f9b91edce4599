"""Mentions of one document put together by who or what they name."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from esskg.extract.candidates import Candidate
from esskg.model import EntityType, Slug, Span

_Key = tuple[str, EntityType | None]


@dataclass(eq=False)
class Cluster:
    """Mentions that mean the same, and what they tell of its type."""

    mentions: list[Candidate] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    """Proper names among the mentions' texts, descriptions left out."""
    votes: Counter[EntityType] = field(default_factory=Counter)
    subtypes: Counter[tuple[EntityType, str]] = field(default_factory=Counter)
    keys: set[Slug] = field(default_factory=set)
    certainty: float | None = None
    """How likely its type is the right one; None where nothing has weighed it."""

    @property
    def type(self) -> EntityType | None:
        """The type most held for; None where nothing tells."""
        if not self.votes:
            return None
        return max(self.votes, key=lambda type_: (self.votes[type_], type_.value))

    @property
    def subtype(self) -> str | None:
        """The class most held for, of those below the type."""
        fitting = {name: votes for (type_, name), votes in self.subtypes.items() if type_ is self.type}
        return max(fitting, key=lambda name: (fitting[name], name)) if fitting else None

    @property
    def name(self) -> str:
        """The longest proper name; of equally long ones the first in the alphabet."""
        return min(self.names, key=lambda name: (-len(name), name)) if self.names else ""

    @property
    def first(self) -> int:
        """Where it is first mentioned."""
        return min(mention.start for mention in self.mentions)

    def settle(self, type_: EntityType, certainty: float) -> None:
        """Hold for one type, whatever was held for before."""
        self.votes, self.certainty = Counter({type_: 1}), certainty

    def add(self, mention: Candidate, name: str | None = None) -> None:
        """Count a mention in, with its text where that is a proper name."""
        self.mentions.append(mention)
        if name:
            self.names[name] += 1
        for type_, weight in mention.votes.items():
            self.votes[type_] += weight  # type: ignore[assignment]  # typeshed counts in whole numbers
        if mention.subtype and mention.type:
            self.subtypes[mention.type, mention.subtype] += 1
        self.keys |= set(mention.keys)


class Clusters:
    """All clusters of a document, and which mention belongs to which."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._by_name: dict[_Key, Cluster] = {}
        self._keys: dict[Cluster, list[_Key]] = {}
        """All clusters in the order of their making, with what finds them."""
        self._into: dict[Cluster, Cluster] = {}
        """Merged clusters, with what they were merged into."""
        self._spans: list[Span] = []

    def __iter__(self) -> Iterator[Cluster]:
        return iter(self._keys)

    def add(self, mention: Candidate, reading: EntityType | None = None) -> Cluster:
        """Put a mention to those of the same name; ``reading`` keeps apart what shares a name (a country as
        a government and as a place)."""
        name = self.text[mention.start : mention.end]
        key = " ".join(name.casefold().split()), reading
        cluster = self._by_name.get(key)
        if cluster is None:
            cluster = self._by_name[key] = Cluster()
            self._keys[cluster] = [key]
        cluster.add(mention, " ".join(name.split()))
        insort(self._spans, mention.span)
        return cluster

    def attach(self, cluster: Cluster, mention: Candidate, *, proper: bool = False) -> None:
        """Put a mention to a cluster under whatever words, as a name of its own only where it is proper."""
        name = " ".join(self.text[mention.start : mention.end].split())
        cluster.add(mention, name if proper else None)
        insort(self._spans, mention.span)

    def merge(self, first: Cluster, second: Cluster) -> Cluster:
        """Make two clusters one."""
        if first is second:
            return first
        for mention in second.mentions:
            first.mentions.append(mention)
        first.names += second.names
        first.votes += second.votes
        first.subtypes += second.subtypes
        first.keys |= second.keys
        keys = self._keys.pop(second)
        self._by_name.update(dict.fromkeys(keys, first))
        self._keys[first] += keys
        self._into[second] = first
        return first

    def standing(self, cluster: Cluster) -> Cluster:
        """What a cluster has been merged into; itself where it stands."""
        while cluster in self._into:
            cluster = self._into[cluster]
        return cluster

    def drop(self, cluster: Cluster) -> None:
        """Forget a cluster with all of its mentions."""
        for key in self._keys.pop(cluster):
            del self._by_name[key]
        for mention in cluster.mentions:
            del self._spans[bisect_left(self._spans, mention.span)]

    def is_free(self, start: int, end: int) -> bool:
        """Whether no mention overlaps a span."""
        index = bisect_left(self._spans, (start, start))
        before_is_clear = index == 0 or self._spans[index - 1][1] <= start
        after_is_clear = index == len(self._spans) or self._spans[index][0] >= end
        return before_is_clear and after_is_clear

    def in_order(self) -> list[tuple[Candidate, Cluster]]:
        """Every mention with its cluster, in the order of the text."""
        pairs = [(mention, cluster) for cluster in self for mention in cluster.mentions]
        return sorted(pairs, key=lambda pair: pair[0].span)
