"""How far a reading is to be trusted: its rule's reliability × its weakest mention.

The length of the clause was tried as a third factor: on the tuning documents it told nothing.
"""

from __future__ import annotations

from functools import cache

from esskg.extract.grammar import rules
from esskg.extract.relations.candidates import Candidate
from esskg.model import Mention

PRIOR, WEIGHT = 0.6, 3.0
"""What a rule that was never seen right or wrong is taken for, and how many readings that is worth."""
_PRONOUN = 0.85


def families(rule: str) -> tuple[str, ...]:
    """The rule and what it belongs to, the widest first: "founded", "founded.verb", "founded.verb/direct"."""
    frame, _, _ = rule.partition("/")
    relation, _, _ = frame.partition(".")
    return tuple(dict.fromkeys((relation, frame, rule)))


@cache
def reliability(rule: str) -> float:
    """The share of a rule's readings that were right, drawn towards its family's where they are few."""
    counted: dict[str, list[int]] = rules("reliability")["rules"]
    share = PRIOR
    for name in families(rule):
        right, read = counted.get(name, (0, 0))
        share = (right + share * WEIGHT) / (read + WEIGHT)
    return share


def confidence(candidate: Candidate) -> float:
    """Between 0 and 1."""
    ends = [candidate.subject, *([candidate.object] if candidate.object else [])]
    weakest = min(_trust(item.mention) for item in ends)
    return round(reliability(candidate.rule) * weakest, 3)


def _trust(mention: Mention | None) -> float:
    return _PRONOUN if mention is None else mention.confidence
