"""Language: of a document and of each of its blocks, among those that esskg reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from esskg.documents.sentences import words

if TYPE_CHECKING:
    """Low accuracy mode: 11 MB instead of 105, and on texts of this field just as right."""
    from lingua import Language, LanguageDetector

LANGUAGES = ("en", "es", "fr")
UNKNOWN = "und"
_SAMPLE = 5_000
"""Characters that are enough to tell a text's language."""
_SHORTEST = 60
"""Shorter blocks take the document's language: names and titles alone mislead."""
_CERTAIN = 0.95
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _detector() -> LanguageDetector:
    """Low accuracy mode: 11 MB instead of 105, and on texts of this field just as right."""
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [IsoCode639_1.from_str(code) for code in LANGUAGES]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()


def guess(text: str) -> str | None:
    """The language that a text surely is in; None where it has too few words to tell.

    Letters alone mislead where an English sentence is full of French names: the small words of its grammar
    must agree.
    """
    if len(text) < _SHORTEST:
        return None
    best = _detector().compute_language_confidence_values(text[:_SAMPLE])[0]
    small = _small_words(text)
    code = _code(best.language)
    return code if best.value >= _CERTAIN and small[code] == max(small.values()) else None


def of_document(texts: Sequence[str], guesses: Sequence[str | None]) -> str:
    """The language that most of a document's words are in, ``und`` where it has no words."""
    votes: Counter[str] = Counter()
    for text, code in zip(texts, guesses, strict=True):
        votes[code or UNKNOWN] += len(text)
    del votes[UNKNOWN]
    if votes:
        return max(sorted(votes), key=votes.__getitem__)
    found = _detector().detect_language_of(" ".join(texts)[:_SAMPLE])
    return _code(found) if found else UNKNOWN


def of_block(code: str | None, main: str) -> str:
    """The language of a block from what was guessed: the document's own, as it is written, unless another."""
    return main if code in {None, main.partition("-")[0]} else str(code)


def _code(language: Language) -> str:
    return language.iso_code_639_1.name.lower()


def _small_words(text: str) -> dict[str, int]:
    """For each language how many words of a text are of its grammar: articles, pronouns, conjunctions."""
    found = _WORD.findall(text.casefold())
    return {code: sum(word in _grammar(code) for word in found) for code in LANGUAGES}


@cache
def _grammar(code: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in words(code).starters)
