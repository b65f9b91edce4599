"""Pairs of items in a sentence, and what can be told of each: the types of its ends, their prepositions, the
words between and around them that speak of a relation.

Everything is told of the left and the right item; which of them is the subject is the model's to weigh
(`relations/ranker.py`), so that what is told of a pair is worked out once for both directions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from esskg.extract.grammar import rules
from esskg.extract.relations.groups import groups_of, preposition_before
from esskg.extract.relations.typed import CLASSES, CODE, DATE, Item, TypedText
from esskg.model import EntityReading, RelationType

RELATIONS = tuple(RelationType)
_INDEX = {relation: n for n, relation in enumerate(RELATIONS)}
_NAMES = {code: str(type_) for type_, code in CODE.items()} | {DATE: "date"}
_KINDS = {code: "org" if code in CLASSES["org"] else name for code, name in _NAMES.items()}
_TOKEN = re.compile(rf"[^\W\d_]+|\d+|[.,;:()\"!?]|[{''.join(_NAMES)}]")
_BEFORE, _AFTER = 6, 5
_WIDEST, _MOST = 45, 36
"""Tokens between the items of a pair; items of a sentence: beyond, nothing is told."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items of a sentence, indices into its typed text, with what is told of them."""

    left: int
    right: int
    names: tuple[str, ...]
    """Names of the features that hold, for either direction and any relation."""
    cues: tuple[int, int, int]
    """Relations that words speak of between, before and after the items: bits by the order of RELATIONS."""
    between: int
    """How many items stand between them."""


@cache
def _stems() -> dict[str, int]:
    table: dict[str, int] = defaultdict(int)
    for relation, stems in rules("cues").items():
        for stem in stems:
            table[stem] |= 1 << _INDEX[RelationType(relation)]
    return dict(table)


@cache
def cues_of(word: str) -> int:
    """The relations that a word speaks of, by the stems of ``rules/cues.toml``."""
    table = _stems()
    bits = table.get(f"{word}=", 0)
    for length in range(2, len(word) + 1):
        bits |= table.get(word[:length], 0)
    return bits


def bit_of(relation: RelationType) -> int:
    """The bit that stands for a relation among cues."""
    return 1 << _INDEX[relation]


class Standing:
    """How the entities of a document stand in it: how often each is named, and which most of all."""

    def __init__(self, entities: Iterable[EntityReading]) -> None:
        self._times = {entity.id: len(entity.mentions) for entity in entities}
        self._main = max(self._times, key=lambda key: self._times[key], default=None)

    def names(self, item: Item, side: str) -> tuple[str, ...]:
        """The features of an item on a side of its pair."""
        entity = item.entity
        if entity is None:
            return ()
        found = [f"{side}times:{min(self._times[entity.id], 4)}"]
        if entity.id == self._main:
            found.append(f"{side}main")
        if item.start == entity.mentions[0].start:
            found.append(f"{side}first")
        if item.mention is None:
            found.append(f"{side}pronoun")
        return tuple(found)


class _Word(NamedTuple):
    text: str
    bits: int


class Scene:
    """A sentence as its pairs see it."""

    def __init__(self, typed: TypedText, kind: str, language: str, standing: Standing) -> None:
        self.typed, self._kind, self._language, self._standing = typed, kind, language, standing
        self._places: dict[int, int] = {}
        self._words = list(self._read())
        self._groups = {m.index: group for group in groups_of(typed, language) for m in group.members}
        self._prepositions = {
            m.index: m.preposition for group in self._groups.values() for m in group.members
        }

    def _read(self) -> Iterator[_Word]:
        for place, found in enumerate(_TOKEN.finditer(self.typed.text)):
            word = found[0]
            if word in _NAMES:
                self._places[found.start()] = place
                yield _Word(word, 0)
            else:
                yield _Word(word, cues_of(word.lower()))

    def pairs(self) -> Iterator[Pair]:
        """The pairs of the sentence, from left to right."""
        items = sorted(i for i in self._places if i in self.typed.items)
        if len(items) > _MOST:
            return
        sides = {i: (self._side(i, "left"), self._side(i, "right")) for i in items}
        for n, left in enumerate(items):
            for gap, right in enumerate(items[n + 1 :]):
                if self._places[right] - self._places[left] > _WIDEST:
                    break
                if self._apart(left, right):
                    yield self._pair(left, right, gap, (*sides[left][0], *sides[right][1]))

    def _preposition(self, index: int) -> str:
        """Of a name its group has told it already."""
        told = self._prepositions.get(index)
        return preposition_before(self.typed.text, index, self._language) if told is None else told

    def _apart(self, left: int, right: int) -> bool:
        return self.typed.items[left].entity is not self.typed.items[right].entity

    def _side(self, index: int, side: str) -> tuple[str, ...]:
        item = self.typed.items[index]
        own = (f"{side}:{_NAMES[item.code]}", f"{side}prep:{self._preposition(index)}")
        return own + self._standing.names(item, side)

    def _pair(self, left: int, right: int, gap: int, sides: tuple[str, ...]) -> Pair:
        start, end = self._places[left], self._places[right]
        between = self._words[start + 1 : end]
        before = self._words[max(0, start - _BEFORE) : start]
        cues = _bits(between), _bits(before), _bits(self._words[end + 1 : end + 1 + _AFTER])
        names = (
            *sides,
            *self._joint(left, right),
            *_between(between, self.typed.items[left].code, self.typed.items[right].code),
        )
        return Pair(left, right, tuple(dict.fromkeys(names)), cues, gap)

    def _joint(self, left: int, right: int) -> Iterator[str]:
        one, two = self.typed.items[left].code, self.typed.items[right].code
        yield f"types:{_NAMES[one]}-{_NAMES[two]}"
        yield f"kinds:{_KINDS[one]}-{_KINDS[two]}"
        yield f"block:{self._kind}"
        if left in self._groups and self._groups[left] is self._groups.get(right):
            yield "grouped"


def _bits(words: Iterable[_Word]) -> int:
    bits = 0
    for word in words:
        bits |= word.bits
    return bits


def _between(words: list[_Word], left: str, right: str) -> Iterator[str]:
    counts = Counter(word.text for word in words)
    yield f"likeleft:{min(counts[left], 3)}"
    yield f"likeright:{min(counts[right], 3)}"
    for text in counts:
        if text in _KINDS:
            yield f"over:{_KINDS[text]}"
        elif text in ":(;":
            yield f"sign:{text}"
