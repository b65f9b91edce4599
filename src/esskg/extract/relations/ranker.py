"""A linear model that tells how likely a relation holds between two items of a sentence.

It weighs what is told of the pair (`relations/pairs.py`) with what the rules read in the sentence, and so
finds relations that no rule reads. Two kinds of weights: those of a relation and a direction, and those that
all relations share, from which rare relations profit (Daumé III, Frustratingly easy domain adaptation, 2007).
Learned by `relations/training.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from itertools import product, repeat
from types import MappingProxyType
from typing import Any, NamedTuple

from esskg.extract.learned import content
from esskg.extract.linear import SCALE
from esskg.extract.relations.candidates import Candidate
from esskg.extract.relations.checks import ENDS, stands
from esskg.extract.relations.confidence import families
from esskg.extract.relations.pairs import Pair, Scene, bit_of
from esskg.extract.relations.typed import DATE, Item
from esskg.model import Modality, RelationType

FORWARD, BACKWARD = ">", "<"
"""The subject stands left, or right."""
_SYMMETRIC = frozenset({RelationType.PARTNERS_WITH})
_NONE: Mapping[str, int] = MappingProxyType({})
_ZEROS = repeat(0)
_RANKER: ContextVar[Ranker | None] = ContextVar("ranker", default=None)
_Key = tuple[RelationType, str, str]


class Proposal(NamedTuple):
    """A relation that may hold between the items of a pair, with the features that tell."""

    relation: RelationType
    subject: Item
    object: Item
    direction: str
    pair: Pair
    links: tuple[str, ...]
    """Features that depend on the relation: its cues, and what the rules read."""
    read: tuple[Candidate, ...]
    """What rules read of the same ends."""


@cache
def _allowed() -> Mapping[tuple[str, str], tuple[RelationType, ...]]:
    table: dict[tuple[str, str], tuple[RelationType, ...]] = {}
    for relation, (subjects, objects) in ENDS.items():
        for ends in product(subjects, objects or DATE):
            table[ends] = (*table.get(ends, ()), relation)
    return table


class Reads:
    """What the rules read in a sentence, asked by relation and ends."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._found: dict[_Key, list[Candidate]] = {}
        self._relations: dict[tuple[str, str], set[RelationType]] = {}
        for candidate in filter(stands, candidates):
            key = _key(candidate.relation, candidate.subject, candidate.object, candidate.date)
            self._found.setdefault(key, []).append(candidate)
            self._relations.setdefault(key[1:], set()).add(key[0])
        self._subjects = {(relation, subject) for relation, subject, _ in self._found}
        self._objects = {(relation, object_) for relation, _, object_ in self._found}

    def of(self, relation: RelationType, subject: Item, object_: Item) -> tuple[Candidate, ...]:
        """What states this relation between these."""
        return tuple(self._found.get(_key(relation, subject, object_), ()))

    def beside(self, relation: RelationType, subject: Item, object_: Item) -> Iterator[str]:
        """What is read of the same ends otherwise, or of the same relation with another end."""
        _, one, two = _key(relation, subject, object_)
        if (relation, one) in self._subjects:
            yield "subject read"
        if (relation, two) in self._objects:
            yield "object read"
        yield from (f"also {other}" for other in sorted(self._relations.get((one, two), ())))
        yield from (f"converse {other}" for other in sorted(self._relations.get((two, one), ())))


def _key(relation: RelationType, subject: Item, object_: Item | None, date: str | None = None) -> _Key:
    one, two = _name(subject), _name(object_) if object_ else date or ""
    if relation in _SYMMETRIC and two < one:
        one, two = two, one
    return relation, one, two


def _name(item: Item) -> str:
    return item.entity.id if item.entity else item.date or ""


def proposals(scene: Scene, candidates: Sequence[Candidate]) -> Iterator[Proposal]:
    """Every relation that the types of two items of a sentence allow, in both directions."""
    reads = Reads(candidates)
    for pair in scene.pairs():
        left, right = scene.typed.items[pair.left], scene.typed.items[pair.right]
        for direction, subject, object_ in ((FORWARD, left, right), (BACKWARD, right, left)):
            for relation in _allowed().get((subject.code, object_.code), ()):
                if relation in _SYMMETRIC and direction == BACKWARD:
                    continue
                read = reads.of(relation, subject, object_)
                links = _told(read) if read else reads.beside(relation, subject, object_)
                yield Proposal(
                    relation, subject, object_, direction, pair, (*_cues(pair, relation), *links), read
                )


def _cues(pair: Pair, relation: RelationType) -> tuple[str, ...]:
    bit = bit_of(relation)
    between, before, after = pair.cues
    return _cue_names(
        between & bit > 0,
        before & bit > 0,
        after & bit > 0,
        over=min(3, pair.between),
        others=min(3, (between & ~bit).bit_count()),
    )


@cache
def _cue_names(between: bool, before: bool, after: bool, *, over: int, others: int) -> tuple[str, ...]:
    return (
        f"cues {between:d}{before:d}{after:d}",
        f"cue {between:d} over {over}",
        f"cue {between:d} of {others}",
    )


def _told(read: Sequence[Candidate]) -> tuple[str, ...]:
    holding = [candidate for candidate in read if candidate.modality is Modality.HOLDS]
    if not holding:
        return "read otherwise", *(f"{candidate.modality}" for candidate in read)
    rules = {name for candidate in holding for name in families(candidate.rule)}
    frames = {candidate.rule.partition("/")[0] for candidate in holding}
    return "read", f"read by {min(3, len(frames))}", *sorted(rules)


@dataclass(frozen=True)
class Ranker:
    """Weights in hundredths by feature: those of a direction and relation, and those that all share."""

    bias: int
    shared: Mapping[str, int]
    own: Mapping[str, Mapping[RelationType, Mapping[str, int]]]
    """By direction, relation and feature."""

    def rank(self, scene: Scene, candidates: Sequence[Candidate]) -> Iterator[tuple[Proposal, float]]:
        """Every proposal with the probability that it holds."""
        for proposal in proposals(scene, candidates):
            yield proposal, self._probability(proposal)

    def _probability(self, proposal: Proposal) -> float:
        own = self.own[proposal.direction].get(proposal.relation, _NONE).get
        score = self.bias + sum(map(own, proposal.pair.names, _ZEROS))
        score += sum(map(own, proposal.links, _ZEROS)) + sum(map(self.shared.get, proposal.links, _ZEROS))
        return 1 / (1 + math.exp(-score / SCALE))

    def to_json(self) -> dict[str, Any]:
        """The model as plain data, features with their weights by relation."""
        return {"bias": self.bias, "shared": self.shared} | {
            direction: _turned(table) for direction, table in self.own.items()
        }


def _turned(table: Mapping[Any, Mapping[Any, int]]) -> dict[Any, dict[Any, int]]:
    """A table of rows as a table of columns."""
    turned: dict[Any, dict[Any, int]] = {}
    for row, columns in table.items():
        for column, weight in columns.items():
            turned.setdefault(column, {})[row] = weight
    return turned


def from_json(data: Mapping[str, Any]) -> Ranker:
    """The model of what `Ranker.to_json` gave."""
    own = {
        direction: {RelationType(name): row for name, row in _turned(data[direction]).items()}
        for direction in (FORWARD, BACKWARD)
    }
    return Ranker(data["bias"], data["shared"], own)


@contextmanager
def ranked_by(ranker: Ranker) -> Iterator[None]:
    """Weigh pairs by another model than the shipped one, as cross-validation does."""
    token = _RANKER.set(ranker)
    try:
        yield
    finally:
        _RANKER.reset(token)


def current_ranker() -> Ranker:
    """The model to weigh pairs by: the shipped one unless `ranked_by` says otherwise."""
    return _RANKER.get() or shipped_ranker()


@cache
def shipped_ranker() -> Ranker:
    """The model of ``weights/relations.json``, read once."""
    return from_json(content("relations"))
