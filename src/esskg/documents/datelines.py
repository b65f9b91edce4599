"""Datelines: a text's first or last line that is only a date, or a place and a date."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from esskg.documents.metadata import is_date

_NAME = r"(?-i:[A-ZÀ-ÖØ-Þ])[\w'’.-]*"
_PLACE = rf"{_NAME}(?:[ -](?:{_NAME}|de|del|du|des|la|le|les|el|en|sur|of|on|upon)){{0,4}}(?: \({_NAME}\))?"
_DAY_OF_WEEK = r"(?:[^\W\d_]{3,9}(?:day|di|es|ado|ingo|che),? )"
_END = r"[ .,–—-]{0,3}"


def dateline(text: str) -> str | None:
    """The ISO 8601 day of a text's first line, else of its last, where that line is a dateline.

    A date within a sentence, or one that a line tells something of, is never taken.
    """
    lines = text.strip().splitlines()
    days = (_day(lines[index].strip()) for index in (0, -1)) if lines else iter(())
    return next((day for day in days if day), None)


def _day(line: str) -> str | None:
    match = _pattern().fullmatch(line) if len(line) <= 80 else None
    if match is None:
        return None
    month = _months()[(match["month"] or match["first"]).lower()]
    day = int(match["day"] or match["second"])
    iso = f"{match['year']}-{month:02d}-{day:02d}"
    return iso if is_date(iso) else None


@cache
def _months() -> dict[str, int]:
    """The number of each month by its names; see ``data/datelines.toml``."""
    return {
        name: number
        for months in _table()["months"].values()
        for number, names in enumerate(months, 1)
        for name in names.split("|")
    }


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("esskg.documents").joinpath("data/datelines.toml").read_text("utf-8"))


@cache
def _pattern() -> re.Pattern[str]:
    """ "Toulouse, le 14 mars 2024 –", "Madrid, 3 de octubre de 2023", "London, June 12, 2024"."""
    names = "|".join(sorted(_months(), key=lambda name: (-len(name), name)))
    day_first = rf"(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|º)? (?:de )?(?P<month>{names})\.?,?"
    month_first = rf"(?P<first>{names})\.? (?P<second>\d{{1,2}})(?:st|nd|rd|th)?,?"
    place = rf"(?!(?:{_table()['events']})\b){_PLACE}, ?"
    lead = rf"(?:{place})?{_DAY_OF_WEEK}?(?:(?:le|el|a|on) )?{_DAY_OF_WEEK}?"
    return re.compile(
        rf"{lead}(?:{day_first}|{month_first}) (?:del? )?(?P<year>(?:19|20)\d\d){_END}", re.IGNORECASE
    )
