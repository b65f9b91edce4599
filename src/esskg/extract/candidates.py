"""Candidate mentions, and which of those that overlap are kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from esskg.model import EntityType, Slug, Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be a mention, with what its finder thinks of it."""

    start: int
    end: int
    source: str
    """What found it: ``gazetteer``, ``head``, ``person``, ``ner``, ``capitals`` …"""
    weight: float
    """How strongly the finder holds for the span."""
    type: EntityType | None = None
    subtype: str | None = None
    keys: tuple[Slug, ...] = ()
    """The reference rows whose name it is."""
    votes: dict[EntityType, float] = field(default_factory=dict, hash=False, compare=False)
    """How strongly each type is held for, over all finders of the span."""

    @property
    def span(self) -> Span:
        """The offsets."""
        return self.start, self.end


def united(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each span: the strongest, made stronger by every other finder of the same span."""
    best: dict[Span, Candidate] = {}
    for candidate in sorted(candidates, key=_strength):
        other = best.get(candidate.span)
        best[candidate.span] = _merged(other, candidate) if other else _with_vote(candidate)
    return [best[span] for span in sorted(best)]


def _strength(candidate: Candidate) -> tuple[int, int, float, str, str]:
    """An order that is the same whatever the finders' order: for each span the strongest first."""
    return candidate.start, candidate.end, -candidate.weight, candidate.source, candidate.type or ""


def _with_vote(candidate: Candidate) -> Candidate:
    votes = {candidate.type: candidate.weight} if candidate.type else {}
    return replace(candidate, votes=votes)


def _merged(first: Candidate, second: Candidate) -> Candidate:
    strong, weak = (first, second) if first.weight >= second.weight else (second, first)
    votes = dict(first.votes)
    if second.type:
        votes[second.type] = votes.get(second.type, 0.0) + second.weight
    return replace(
        strong,
        weight=strong.weight + 0.3 * weak.weight,
        keys=strong.keys or weak.keys,
        subtype=strong.subtype or (weak.subtype if weak.type is strong.type else None),
        type=strong.type or weak.type,
        votes=votes,
    )


def best(candidates: list[Candidate], text: str) -> list[Candidate]:
    """The candidates without overlap that together are worth most (weighted interval scheduling).

    A candidate's worth grows with its words, so that a longer name wins over those inside it.
    """
    ordered = sorted(candidates, key=lambda candidate: (candidate.end, candidate.start))
    ends = [candidate.end for candidate in ordered]
    worth = [0.0]
    take: list[bool] = []
    before: list[int] = []
    for index, candidate in enumerate(ordered):
        previous = bisect_right(ends, candidate.start, 0, index)
        taken = worth[previous] + _worth(candidate, text)
        take.append(taken > worth[-1])
        before.append(previous)
        worth.append(max(taken, worth[-1]))
    kept = []
    index = len(ordered)
    while index:
        if take[index - 1]:
            kept.append(ordered[index - 1])
            index = before[index - 1]
        else:
            index -= 1
    return kept[::-1]


def _worth(candidate: Candidate, text: str) -> float:
    words = text.count(" ", candidate.start, candidate.end)
    return candidate.weight * (1 + 0.7 * words)
