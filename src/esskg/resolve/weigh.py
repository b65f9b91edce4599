"""How much readings of the same thing come to together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Generic, TypeVar

from esskg.config import Thresholds
from esskg.model import (
    Evidence,
    FigureReading,
    QuotationReading,
    Slug,
    State,
    StatementReading,
    TextEvidence,
)
from esskg.resolve.decisions import Decision, DecisionKind

Reading = TypeVar("Reading", StatementReading, FigureReading, QuotationReading)


@dataclass(frozen=True, slots=True)
class Support(Generic[Reading]):
    """One reading that supports a statement, figure or quotation."""

    reading: Reading
    evidence: TextEvidence
    counts_as: Slug
    """The document that its own is a copy of, else its own."""
    verdict: Decision | None = None

    def is_(self, kind: DecisionKind) -> bool:
        """Whether a person accepted, or rejected, that the words say so."""
        return self.verdict is not None and self.verdict.kind is kind


@dataclass(frozen=True, slots=True)
class Weighed(Generic[Reading]):
    """What all supports of one thing come to."""

    best: Support[Reading]
    """The reading whose attributes stand."""
    evidence: tuple[Evidence, ...]
    confidence: float
    state: State


def weigh(supports: Sequence[Support[Reading]], thresholds: Thresholds) -> Weighed[Reading] | None:
    """What readings of the same thing come to; None where that is too little to show.

    Readings that a person rejected support nothing; where all are, the thing is kept as rejected, so that
    it isn't proposed again. One accepted reading is enough. Readings set aside for a reason don't count.
    """
    standing = [support for support in supports if not support.is_(DecisionKind.REJECT)]
    if not standing:
        return _weighed(supports, noisy_or(supports), State.REJECTED)
    if any(support.is_(DecisionKind.ACCEPT) for support in standing):
        return _weighed(standing, 1.0, State.ASSERTED)
    counted = [support for support in standing if not _is_set_aside(support.reading, thresholds)]
    confidence = noisy_or(counted)
    if confidence < thresholds.review:
        return None
    return _weighed(counted, confidence, thresholds.state(confidence))


def noisy_or(supports: Iterable[Support[Reading]]) -> float:
    """The probability that at least one of independent documents is right (Pearl 1988, 4.3.2).

    Of one document and its copies only the surest reading counts. Rounded to six decimals.
    """
    surest: dict[Slug, float] = {}
    for support in supports:
        confidence = support.reading.confidence
        surest[support.counts_as] = max(confidence, surest.get(support.counts_as, 0.0))
    return round(1 - prod(1 - confidence for confidence in sorted(surest.values())), 6)


def _is_set_aside(reading: Reading, thresholds: Thresholds) -> bool:
    """Whether it was quarantined for another reason than a low confidence, which others may make up for."""
    given = isinstance(reading, StatementReading) and reading.reason is not None
    return reading.state is State.QUARANTINED and (given or reading.confidence >= thresholds.review)


def _weighed(supports: Sequence[Support[Reading]], confidence: float, state: State) -> Weighed[Reading]:
    return Weighed(min(supports, key=_rank), _evidence(supports), confidence, state)


def _rank(support: Support[Reading]) -> tuple[int, float, str, int, int, str]:
    """The reading that says most first, then the surest, then the first."""
    evidence = support.evidence
    told = -_attributes(support.reading)
    return told, -evidence.confidence, evidence.document, evidence.start, evidence.end, evidence.rule


def _attributes(reading: Reading) -> int:
    if not isinstance(reading, StatementReading):
        return 0
    return sum(
        value is not None for value in (reading.amount, reading.role, reading.date, reading.instrument)
    )


def _evidence(supports: Iterable[Support[Reading]]) -> tuple[Evidence, ...]:
    """One piece for each span, the surest, in the order of documents; then the decisions."""
    spans: dict[tuple[Slug, int, int], TextEvidence] = {}
    decisions: dict[tuple[str, int], Decision] = {}
    for support in sorted(
        supports, key=lambda support: (-support.evidence.confidence, support.evidence.rule)
    ):
        evidence = support.evidence
        spans.setdefault((evidence.document, evidence.start, evidence.end), evidence)
        if support.verdict:
            decisions[str(support.verdict.path), support.verdict.line] = support.verdict
    return (*(spans[span] for span in sorted(spans)), *(decisions[row].evidence for row in sorted(decisions)))
