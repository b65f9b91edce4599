"""How far a reading is to be trusted: its rule's reliability × its weakest mention × its clause."""

from __future__ import annotations

from functools import cache

from esskg.extract.grammar import rules
from esskg.extract.relations.candidates import Candidate
from esskg.model import Mention

PRIOR, WEIGHT = 0.6, 3.0
"""What a rule that was never seen right or wrong is taken for, and how many readings that is worth."""
_PRONOUN = 0.85
_LONG, _LONG_FACTOR = 320, 0.9


def smoothed(right: int, read: int) -> float:
    """A rule's reliability from its counts, drawn towards the prior where they are few."""
    return round((right + PRIOR * WEIGHT) / (read + WEIGHT), 3)


@cache
def reliability(rule: str) -> float:
    """The counted reliability of a rule; the prior for one that the tuning documents never used."""
    counted: dict[str, list[int]] = rules("reliability").get("rules", {})
    right, read = counted.get(rule, [0, 0])
    return smoothed(right, read)


def confidence(candidate: Candidate) -> float:
    """Between 0 and 1."""
    ends = [candidate.subject, *([candidate.object] if candidate.object else [])]
    weakest = min(_trust(item.mention) for item in ends)
    long_ = candidate.evidence[1] - candidate.evidence[0] > _LONG
    return round(reliability(candidate.rule) * weakest * (_LONG_FACTOR if long_ else 1.0), 3)


def _trust(mention: Mention | None) -> float:
    return _PRONOUN if mention is None else mention.confidence
