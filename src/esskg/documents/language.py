"""Language: of a document and of each of its blocks, among those that esskg reads."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from esskg.documents.sentences import words

if TYPE_CHECKING:
    """Low accuracy mode: 11 MB instead of 105, and on texts of this field just as right."""
    from lingua import LanguageDetector

LANGUAGES = ("en", "es", "fr")
UNKNOWN = "und"
_SAMPLE = 5_000
"""Characters that are enough to tell a document's language."""
_SHORTEST = 60
"""Shorter blocks take the document's language: names and titles alone mislead."""
_CERTAIN = 0.95


@cache
def _detector() -> LanguageDetector:
    """Low accuracy mode: 11 MB instead of 105, and on texts of this field just as right."""
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [IsoCode639_1.from_str(code) for code in LANGUAGES]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()


def of_text(text: str) -> str:
    """The most likely language of a text, ``und`` where it has no words."""
    found = _detector().detect_language_of(text[:_SAMPLE])
    return found.iso_code_639_1.name.lower() if found else UNKNOWN


def of_block(text: str, default: str) -> str:
    """The language of a block: the document's own unless the words clearly say another."""
    if len(text) < _SHORTEST:
        return default
    best = _detector().compute_language_confidence_values(text[:_SAMPLE])[0]
    code = best.language.iso_code_639_1.name.lower()
    main = default.partition("-")[0]
    if code == main or best.value < _CERTAIN or _function_words(text, main) > _function_words(text, code):
        return default
    return code


def _function_words(text: str, language: str) -> int:
    """How many words of a text are those of a language's grammar; names don't count."""
    known = {word.casefold() for word in words(language).starters}
    return sum(word in known for word in re.findall(r"[^\W\d_]+", text.casefold()))
