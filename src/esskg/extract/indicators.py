"""What figures count or measure, as concepts of the vocabulary of indicators: ``rules/indicators.toml``."""

from __future__ import annotations

import re
from functools import cache

from esskg.extract.grammar import rules, words

_UNITS = frozenset({"count", "percent"})
"""Any other is a currency."""


def indicator_of(named: str, unit: str, language: str) -> str | None:
    """The notation of what a figure's words name, None where no word tells.

    The unit is ``count``, ``percent`` or an ISO 4217 code, the language a BCP 47 tag.

    >>> indicator_of("salariés en équivalent temps plein", "count", "fr")
    'jobs'
    """
    text = named.lower().replace("’", "'")
    english = language.startswith("en")
    if english and (end := _ends().search(text, 1)) and unit == "count":
        text = text[: end.start()]
    found = list(_pattern(unit if unit in _UNITS else "money").finditer(text))
    return _notation(found[-1 if english else 0]) if found else None


def notations() -> frozenset[str]:
    """Every notation that figures may have."""
    table = rules("indicators")
    return frozenset(name for unit in ("count", "money", "percent") for name in table[unit])


def _notation(found: re.Match[str]) -> str:
    return str(found.lastgroup).replace("_", "-")


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(rf" (?:{words(rules('indicators')['ends'])})\b")


@cache
def _pattern(unit: str) -> re.Pattern[str]:
    groups = (
        f"(?P<{name.replace('-', '_')}>{'|'.join(map(_stem, stems))})"
        for name, stems in rules("indicators")[unit].items()
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)")


def _stem(phrase: str) -> str:
    return re.escape(phrase).replace(r"\*", r"[\w·.]{0,14}").replace(r"\ ", " ")
