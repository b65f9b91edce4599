"""Numbers in prose: digits in the manner of each language, number words, and how each number is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from esskg.extract.grammar import language_of, rules, words
from esskg.extract.sieve import Sieve
from esskg.model import Qualifier

LANGUAGES = ("fr", "en", "es")
_CODES = "EUR|USD|CAD|GBP|CHF|INR|KES|ZAR|KSh|Ksh|Rs|R"
_TIGHT = "|".join(rf"(?<=\b{code})" for code in _CODES.split("|"))
"""Behind codes that stand right before their digits: "R23.7 million"."""
_DIGITS = (
    rf"(?=\d)(?:(?<![\w.,/-])|(?-i:{_TIGHT}))"
    r"(?:\d{1,3}(?:[ '.,]\d{3}){1,5}(?!\d)(?:[.,]\d{1,6})?|\d{1,15}(?:[.,]\d{1,6})?)"
)
_MIXED = rf"(?:(?<![\w.,/-])\d{{1,3}} mil \d{{1,3}}(?![\d.,]\d|\d)|{_DIGITS})"
"""Also "3 mil 200", as Mexican papers write."""
_LOOK = 32


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text; the span runs over its qualifier, ``digits`` is where the number begins."""

    start: int
    end: int
    digits: int
    value: float
    qualifier: Qualifier
    spelled: bool = False
    """Whether it is written in words."""


class _Grammar:
    """What one language's numbers look like."""

    def __init__(self, language: str) -> None:
        table: dict[str, Any] = rules("numbers")[language]
        self.language = language
        self.decimal: str = table["decimal"]
        self.either_groups: bool = table.get("either_groups", False)
        self.words: dict[str, int] = table["words"]
        self.joiners = set(table["joiners"])
        self.about_words: dict[str, int] = table["about_words"]
        self.multipliers: dict[str, float] = table["multipliers"]
        long_ = [w for w in self.multipliers if len(w) > 3]
        short = [w for w in self.multipliers if len(w) <= 3]
        scale = rf"(?: ?(?P<scale>(?:{words(long_)})\b|(?-i:{words(short)})(?=[ $€£.,;)]|$)(?!\.\w)))?"
        word = rf"(?:{words(self.words)})"
        spelled = rf"\b{word}(?:[- ](?:(?:{words(self.joiners)})[- ])?{word}\b|[- ](?:et|y)[- ]une?\b){{0,5}}"
        pattern = re.compile(
            rf"(?P<about>\b(?:{words(self.about_words)})\b)"
            rf"|(?:(?P<digits>{_MIXED if self.either_groups else _DIGITS})|(?P<spelled>{spelled}\b)"
            rf"|\b(?P<one>{table['one']})(?= (?:{words(long_)})\b))" + scale,
            re.IGNORECASE,
        )
        self.sieve = Sieve([(pattern, pattern)])
        self.before = _qualifiers(
            table, "", r"(?:^|(?<=[\s(«“\"']))(?P<q>{}) ?(?:les |des |the |los |de |of )?$"
        )
        self.after = _qualifiers(table, "after_", r"[ ,]{{0,2}}(?P<q>{})\b")


def _qualifiers(
    table: dict[str, Any], prefix: str, frame: str
) -> tuple[re.Pattern[str], dict[str, Qualifier]]:
    meaning = {
        word: qualifier
        for qualifier in (Qualifier.MORE_THAN, Qualifier.LESS_THAN, Qualifier.ABOUT)
        for word in table[prefix + qualifier.value]
    }
    return re.compile(frame.format(words(meaning)), re.IGNORECASE), meaning


@cache
def _grammar(language: str) -> _Grammar:
    return _Grammar(language)


def read_numbers(text: str, language: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """The numbers of a stretch of text, in order; years and other dates are among them."""
    grammar = _grammar(language_of(language, LANGUAGES))
    end = len(text) if end is None else end
    for pattern in grammar.sieve.passing(text[start:end]):
        for found in pattern.finditer(text, start, end):
            value = _value(found, grammar)
            if value is not None:
                yield _qualified(found, value, grammar, text, start)


def _value(found: re.Match[str], grammar: _Grammar) -> float | None:
    if found["about"]:
        return float(grammar.about_words[found["about"].lower()])
    if found["digits"]:
        number = _digits(found["digits"], grammar)
    else:
        number = 1.0 if found["one"] else float(_spelled(found["spelled"].lower(), grammar))
    return _round(number * _scale(found["scale"], grammar))


def _scale(word: str | None, grammar: _Grammar) -> float:
    if not word:
        return 1.0
    return grammar.multipliers.get(word) or grammar.multipliers[word.lower()]


def _round(value: float) -> float:
    """Without the noise of binary fractions: 47.8 × 10⁹ is 47 800 000 000."""
    return round(value, 6)


def _digits(written: str, grammar: _Grammar) -> float:
    thousands, mixed, rest = written.partition(" mil ")
    if mixed:
        return 1000.0 * int(thousands) + int(rest)
    plain = written.replace(" ", "").replace("'", "")
    decimal = _decimal_sign(plain, grammar)
    group = "." if decimal == "," else ","
    if re.search(rf"{re.escape(group)}\d{{3}}(?!\d)", plain):
        plain = plain.replace(group, "")
    elif plain.count(decimal) > 1:
        plain = plain.replace(decimal, "")
    return float(plain.replace(",", "."))


def _decimal_sign(plain: str, grammar: _Grammar) -> str:
    """The sign before the decimals: of two different ones the last, whatever the language."""
    if "." in plain and "," in plain:
        return plain[max(plain.rfind("."), plain.rfind(","))]
    if grammar.either_groups and re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+", plain):
        return "."
    return grammar.decimal


def _spelled(written: str, grammar: _Grammar) -> int:
    total = current = 0
    for word in re.split(r"[- ]", written):
        value = grammar.words.get(word, 1 if word in {"un", "une", "one", "uno", "una"} else 0)
        if value == 1000:
            total, current = total + max(current, 1) * 1000, 0
        elif value == 100 or (value == 20 and current == 4):
            current = max(current, 1) * value
        else:
            current += value
    return total + current


def qualifier_before(text: str, position: int, language: str, floor: int = 0) -> tuple[int, Qualifier] | None:
    """Where words such as "more than" begin that end at a position, and what they mean."""
    pattern, meaning = _grammar(language_of(language, LANGUAGES)).before
    first = max(floor, position - _LOOK)
    found = pattern.search(text[first:position])
    return (first + found.start("q"), meaning[found["q"].lower()]) if found else None


def _qualified(found: re.Match[str], value: float, grammar: _Grammar, text: str, floor: int) -> Number:
    first, last = found.span()
    spelled = not found["digits"]
    begin, qualifier = first, Qualifier.ABOUT if found["about"] else Qualifier.EXACT
    if before := qualifier_before(text, first, grammar.language, floor):
        begin, qualifier = before
    elif after := grammar.after[0].match(text, last):
        qualifier, last = grammar.after[1][after["q"].lower()], after.end()
    return Number(begin, last, first, value, qualifier, spelled)
