"""How far a reading is to be trusted: what its rule and the ranker make of it × how sure its ends are.

The length of the clause was tried as a third factor: on the tuning documents it told nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from math import prod

from esskg.extract.grammar import rules
from esskg.extract.relations.candidates import Candidate
from esskg.model import Mention

PRIOR, WEIGHT = 0.6, 3.0
"""What a rule that was never seen right or wrong is taken for, and how many readings that is worth."""
_PRONOUN = 0.85
_DOUBT, _LEAST = 0.4, 0.35
"""How far the middle of the scale is drawn down, and from where: over cross-validated readings, three in four
of those at .8 were right, while those near 1 kept what they promised."""
Counts = Mapping[str, Sequence[int]]
"""Rule or family → how many of its readings were right, of how many."""
_COUNTS: ContextVar[Counts | None] = ContextVar("counts", default=None)


@contextmanager
def counted(counts: Counts) -> Iterator[None]:
    """Trust rules by other counts than the shipped ones, as cross-validation does."""
    token = _COUNTS.set(counts)
    reliability.cache_clear()
    try:
        yield
    finally:
        _COUNTS.reset(token)
        reliability.cache_clear()


def families(rule: str) -> tuple[str, ...]:
    """The rule and what it belongs to, the widest first: "founded", "founded.verb", "founded.verb/direct"."""
    frame, _, _ = rule.partition("/")
    relation, _, _ = frame.partition(".")
    return tuple(dict.fromkeys((relation, frame, rule)))


@cache
def reliability(rule: str) -> float:
    """The share of a rule's readings that were right, drawn towards its family's where they are few."""
    counts: Counts = _COUNTS.get() or rules("reliability")["rules"]
    share = PRIOR
    for name in families(rule):
        right, read = counts.get(name, (0, 0))
        share = (right + share * WEIGHT) / (read + WEIGHT)
    return share


def confidence(candidate: Candidate) -> float:
    """Between 0 and 1."""
    ends = [candidate.subject, *([candidate.object] if candidate.object else [])]
    return round(calibrated(likelihood(candidate) * prod(trust(item.mention) for item in ends)), 3)


def calibrated(share: float) -> float:
    """How often what promises this share is right: a little less in the middle of the scale."""
    return share - _DOUBT * max(0.0, share - _LEAST) * (1 - share)


def likelihood(candidate: Candidate) -> float:
    """How likely the words state it, whoever the ends are: the mean of rule and ranker where both tell."""
    if candidate.probability is None:
        return reliability(candidate.rule)
    if candidate.rule.endswith(".ranked"):
        return candidate.probability
    return (candidate.probability + reliability(candidate.rule)) / 2


def trust(mention: Mention | None) -> float:
    """How far an end is to be trusted: its mention's confidence; a pronoun has none of its own."""
    return _PRONOUN if mention is None else mention.confidence
