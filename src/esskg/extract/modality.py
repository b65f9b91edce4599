"""Whether a clause says that something is so, isn't, will be, might be or is merely claimed."""

from __future__ import annotations

import re
from functools import cache

from esskg.extract.grammar import language_of, rules, words
from esskg.model import Modality

_ORDER = (Modality.NEGATED, Modality.PLANNED, Modality.HYPOTHETICAL, Modality.CLAIMED)
_NEAR = 34
_CLAUSE = re.compile(r"[;:.!?]")
_RESTRICTED = re.compile(
    r"\bn[e'][^;:.]{0,60}\bpas (?:seulement|que)\b|\bnot only\b|\bno solo\b", re.IGNORECASE
)


@cache
def _patterns(language: str) -> dict[tuple[Modality, str], re.Pattern[str]]:
    table = rules("modality")[language]
    frames = {"near": r"(?:\b|(?<=n))(?:{})(?:(?<=')|(?!\w))", "before": r"\b(?:{})(?:(?<=')|(?!\w))"}
    return {
        (modality, place): re.compile(
            frames[place].format(words(table[f"{modality}_{place}"])), re.IGNORECASE
        )
        for modality in _ORDER
        for place in ("near", "before")
        if f"{modality}_{place}" in table
    }


def modality_of(text: str, start: int, end: int, language: str, conditional: bool = False) -> Modality:
    """How the verb group between two indices of a sentence is meant.

    ``conditional`` tells a verb in the conditional, with which French reports hearsay.
    """
    patterns = _patterns(language_of(language, ("fr", "en", "es")))
    clause = _CLAUSE.split(text[:start])[-1]
    near = clause[-_NEAR:].rpartition(",")[2] + text[start:end]
    if _RESTRICTED.search(clause + text[start:end]):
        return Modality.HOLDS
    for modality in _ORDER:
        for place, window in (("near", near), ("before", clause)):
            pattern = patterns.get((modality, place))
            if pattern and pattern.search(window):
                return modality
    return Modality.HYPOTHETICAL if conditional else Modality.HOLDS
