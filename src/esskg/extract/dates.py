"""Dates in prose, as ISO 8601: full, partial, intervals, and relative ones resolved with an anchor.

The grammar is our own: general date parsers read "47,8" as 1947 in French prose. Words are in
``rules/dates.toml``. A date that can't be resolved without guessing isn't given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from esskg.extract.grammar import language_of, rules
from esskg.extract.numbers import read_numbers
from esskg.extract.sieve import Sieve
from esskg.model import Block, Span

LANGUAGES = ("fr", "en", "es")
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:1[5-9]|20)\d\d"
_AHEAD = 150
"""How many days ahead of the document a date without a year may lie."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text, its value ISO 8601: a year, a month, a day, or an interval with ``/``."""

    start: int
    end: int
    iso: str
    explicit: bool = True
    """Whether the text itself gives the year."""


@dataclass(slots=True)
class _Reading:
    """What is known while a text is read: the document's date and the last date that was said."""

    anchor: str | None
    last: str | None = None
    """The last date read with its own year, which "the year after" counts from."""


Build = Callable[[re.Match[str], "_Grammar", _Reading], str | None]


class _Grammar:
    """One language's dates: patterns with what each of them makes of its parts."""

    def __init__(self, language: str) -> None:
        self.table: dict[str, Any] = rules("dates")[language]
        self.language = language
        table = self.table
        self.months = {_plain(word): n for n, names in enumerate(table["months"], 1) for word in names}
        self.weekdays = {word.lower(): n for n, word in enumerate(table["weekdays"])}
        self.flags = 0 if language == "en" else re.IGNORECASE
        patterns = [(re.compile(pattern, self.flags), build) for pattern, build in self._patterns()]
        self.rules: Sieve[tuple[re.Pattern[str], Build]] = Sieve((rule[0], rule) for rule in patterns)

    def month(self, word: str) -> int:
        """The number of a month by its name or abbreviation."""
        return self.months[_plain(word)]

    def _patterns(self) -> Iterator[tuple[str, Build]]:
        t = self.table
        month = "|".join(name for names in t["months"] for name in names)
        weekday = "|".join(t["weekdays"])
        day, year = rf"(?:{_DAY})(?:{t['ordinal']})?", _YEAR
        of = rf"(?: (?:{t['of']})| )"
        ending = rf"(?:,?{of}(?P<y2>{year}))?(?: (?:(?P<last>{t['last']})|(?P<next>{t['next']})))?"
        dash = rf"(?: ?[-–—] ?| (?:{t['to']}) (?:{weekday})? ?(?:the |le |el )?)"
        lead = rf"(?:\b(?:{t['from']}) (?:(?:{weekday}) )?)?"
        yield (
            rf"{lead}\b(?P<d1>{day})(?:{of}(?P<m1>{month}))?(?:,?{of}(?P<y1>{year}))?{dash}"
            rf"(?P<d2>{day}){of}(?P<m2>{month})\b{ending}",
            _interval,
        )
        yield rf"(?:\b(?:{weekday}),? )?\b(?P<d2>{day}){of}(?P<m2>{month})(?!\w){ending}", _day
        yield rf"\b(?P<m2>{month})(?!\w){ending}", _month
        yield rf"\b(?P<y1>{year})[-–/](?P<y2>{year})\b(?![-/])", _years
        yield rf"\b(?:{t['from']}|from) (?P<y1>{year}) (?:{t['to']}) (?P<y2>{year})\b", _years
        yield r"\b(?P<iso>(?:1[5-9]|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)\b(?![-\d])", _iso
        yield rf"\b(?P<y1>{year})[-–/](?P<next2>\d\d)\b(?![-/\d])", _short_years
        yield rf"(?<![\d.,/-])(?P<d2>{_DAY})[./](?P<n>0?[1-9]|1[0-2])[./](?P<y2>{year})(?![\d/])", _numeric
        yield self._year_pattern(year), _year
        yield from self._relative(weekday, month)

    def _year_pattern(self, year: str) -> str:
        t = self.table
        return (
            rf"(?:(?<=[\s(])|^)(?:(?:{t['strong_year_words']})(?: |-))(?P<y>{year})\b"
            rf"(?![-–/](?:{year}|\d\d)\b)"
            r"(?!(?:[ .,]\d{3})|\s?[%$€£])"
            rf"|(?<![\w$€£.,/-])(?P<z>{year})"
            rf"(?=[.,;:)!?»”\n|]|$| [-–—|»(:;]| (?:{t['words_after_year']})(?:\s|(?<=')))"
            r"(?![.,]\d)"
        )

    def _relative(self, weekday: str, month: str) -> Iterator[tuple[str, Build]]:
        t = self.table
        if self.language == "en":
            yield (
                rf"\b(?P<m2>{month}) (?P<d1>{_DAY}) ?(?:[-–—]|to|and) ?(?:(?P<m1>{month}) )?(?P<d2>{_DAY})\b"
                rf"(?:,? (?P<y2>{_YEAR}))?",
                _month_first_interval,
            )
            yield (
                rf"(?:\b(?:{weekday}),? )?\b(?P<m2>{month}) (?P<d2>{_DAY})(?:{t['ordinal']})?\b"
                rf"(?:,? (?P<y2>{_YEAR}))?",
                _day,
            )
        if "before_last" in t:
            yield rf"\b(?P<last>{t['before_last']}) (?:mes de )?(?P<m2>{month})\b(?! \d)", _month
            yield rf"\b(?P<next>{t['before_next']}) (?:mes de )?(?P<m2>{month})\b(?! \d)", _month
            day = rf"(?:día )?(?:{weekday} )?(?P<d2>{_DAY}) (?:{t['of']})(?P<m2>{month})(?!\w| (?:de )?\d)"
            yield rf"\b(?:(?P<last>{t['before_last']})|(?P<next>{t['before_next']})) {day}", _day
            yield rf"\b(?:{t['before_last']}) (?P<w>{weekday})\b", partial(_weekday, ahead=False)
            yield rf"\b(?:{t['before_next']}) (?P<w>{weekday})\b", partial(_weekday, ahead=True)
        if "day_alone" in t:
            yield rf"\b(?:{t['day_alone']}) (?P<d2>{_DAY})\b(?! ?(?:de|del|al|y|[-–/\d]))", _day_alone
        yield rf"\b(?P<w>{weekday})(?: (?:{t['last']}))?\b", partial(_weekday, ahead=False)
        yield rf"\b(?P<w>{weekday}) (?:{t['next']})\b", partial(_weekday, ahead=True)
        for words, shift in (("yesterday", -1), ("today", 0), ("tomorrow", 1)):
            yield rf"\b(?i:{t[words]})\b", partial(_day_shift, days=shift)
        for words, shift in (("last_month", -1), ("this_month", 0), ("next_month", 1)):
            yield rf"\b(?i:{t[words]})\b", partial(_month_shift, months=shift)
        for words, shift in (("last_year", -1), ("this_year", 0), ("next_year", 1)):
            yield rf"\b(?i:{t[words]})\b", partial(_year_shift, years=shift)
        for words, shift in (("same_year", 0), ("year_before", -1), ("year_after", 1)):
            yield rf"\b(?i:{t[words]})\b", partial(_from_last, years=shift)
        yield rf"\b(?i:{t['day_after']})\b", _day_after
        count = r"(?P<n>\w{1,12}(?:-\w{1,10})?)"
        yield rf"\b(?i:{t['ago'].format(n=count)})\b", _ago
        yield rf"\b(?i:{t['later'].format(n=count)})\b", _later


@cache
def _grammar(language: str) -> _Grammar:
    return _Grammar(language)


def read_dates(
    text: str, language: str, anchor: str | None, span: Span | None = None, last: str | None = None
) -> list[DateMention]:
    """The dates of a stretch of text, in order, never overlapping.

    ``anchor`` is the document's own date (ISO 8601, as precise as known); ``last`` a date said before the
    stretch, from which "the year after" counts. Relative dates need an anchor as precise as they are.
    """
    grammar = _grammar(language_of(language, LANGUAGES))
    reading = _Reading(anchor, last)
    start, end = span or (0, len(text))
    found: list[DateMention] = []
    for match, build in _longest_first(grammar, text, start, end):
        iso = build(match, grammar, reading)
        if iso is not None:
            explicit = any(_group(match, name) for name in ("y", "z", "y1", "y2", "iso"))
            reading.last = iso if explicit or reading.last is None else reading.last
            found.append(DateMention(match.start(), match.end(), iso, explicit))
    return found


def dates_of(blocks: Iterable[Block], text: str, anchor: str | None) -> list[DateMention]:
    """The dates of a document, each block by itself, a heading's date carried into what follows."""
    found: list[DateMention] = []
    carried: str | None = None
    for block in blocks:
        dates = read_dates(text, block.language, anchor, (block.start, block.end), carried)
        found += dates
        short = block.end - block.start < 40
        explicit = [d.iso for d in dates if d.explicit]
        carried = explicit[-1] if explicit and short else None if short is False and not dates else carried
    return found


def between(dates: list[DateMention], start: int, end: int) -> list[DateMention]:
    """Those of a document's dates, in their order, that stand wholly between two offsets."""
    first = bisect_left(dates, start, key=lambda date: date.start)
    last = bisect_left(dates, end, key=lambda date: date.start)
    return [date for date in dates[first:last] if date.end <= end]


def _longest_first(
    grammar: _Grammar, text: str, start: int, end: int
) -> Iterator[tuple[re.Match[str], Build]]:
    rules = grammar.rules.passing(text[start:end])
    hits = [(m, build) for pattern, build in rules for m in pattern.finditer(text, start, end)]
    hits.sort(key=lambda hit: (hit[0].start(), -hit[0].end()))
    reached = start
    for match, build in hits:
        if match.start() >= reached:
            reached = match.end()
            yield match, build


def _group(match: re.Match[str], name: str) -> str | None:
    return match[name] if name in match.re.groupindex else None


def _number(day: str) -> int:
    return int(re.match(r"\d+", day)[0])  # type: ignore[index]  # days begin with a digit by construction


def _valid(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _on(year: int, month: int, day: int) -> str | None:
    return f"{year:04}-{month:02}-{day:02}" if _valid(year, month, day) else None


def _span(first: str | None, second: str | None) -> str | None:
    return f"{first}/{second}" if first and second and first < second else None


def _year_for(match: re.Match[str], reading: _Reading, month: int, day: int | None) -> int | None:
    """The year of a day or month: as said, as "last" or "next" has it, else the nearest to the anchor."""
    if said := _group(match, "y2"):
        return int(said)
    if reading.anchor is None:
        return _context_year(reading)
    anchored = int(reading.anchor[:4])
    if len(reading.anchor) < 7:
        return _context_year(reading) or anchored
    here, there = _middle(reading.anchor), date(anchored, month, min(day or 15, 28))
    if _group(match, "last"):
        return anchored if there < here else anchored - 1
    if _group(match, "next"):
        return anchored if there > here else anchored + 1
    return _context_year(reading) or _nearest(here, month, day)


def _context_year(reading: _Reading) -> int | None:
    """The year of the passage: that of the last full date, where it isn't the document's own."""
    if reading.last is None or (reading.anchor and reading.last[:4] == reading.anchor[:4]):
        return None
    return int(reading.last[:4])


def _nearest(here: date, month: int, day: int | None) -> int:
    """The past counts more than the future: documents tell what was."""
    for year in (here.year + 1, here.year):
        distance = (date(year, month, min(day or 15, 28)) - here).days
        if 0 <= distance <= (_AHEAD if year == here.year else _AHEAD // 5):
            return year
    return here.year if date(here.year, month, min(day or 15, 28)) <= here else here.year - 1


def _middle(anchor: str) -> date:
    parts = [int(part) for part in anchor.split("/", maxsplit=1)[0].split("-")]
    return date(parts[0], parts[1], parts[2] if len(parts) > 2 else 15)


def _anchor_day(reading: _Reading) -> date | None:
    exact = reading.anchor is not None and len(reading.anchor) == 10
    return date.fromisoformat(reading.anchor or "") if exact else None


def _day(match: re.Match[str], grammar: _Grammar, reading: _Reading) -> str | None:
    month, day = grammar.month(match["m2"]), _number(match["d2"])
    year = _year_for(match, reading, month, day)
    return _on(year, month, day) if year else None


def _day_alone(match: re.Match[str], _: _Grammar, reading: _Reading) -> str | None:
    """ "el día 11": of the month in which the document was written."""
    month = re.match(r"(\d{4})-(\d\d)", reading.anchor or "")
    return _on(int(month[1]), int(month[2]), _number(match["d2"])) if month else None


def _month(match: re.Match[str], grammar: _Grammar, reading: _Reading) -> str | None:
    month = grammar.month(match["m2"])
    year = _year_for(match, reading, month, None)
    return f"{year:04}-{month:02}" if year else None


def _interval(match: re.Match[str], grammar: _Grammar, reading: _Reading) -> str | None:
    month, day = grammar.month(match["m2"]), _number(match["d2"])
    year = _year_for(match, reading, month, day)
    if year is None:
        return None
    first_month = grammar.month(match["m1"]) if match["m1"] else month
    first_year = int(match["y1"]) if match["y1"] else year - (first_month > month)
    return _span(_on(first_year, first_month, _number(match["d1"])), _on(year, month, day))


def _month_first_interval(match: re.Match[str], grammar: _Grammar, reading: _Reading) -> str | None:
    first = grammar.month(match["m2"])
    month = grammar.month(match["m1"]) if match["m1"] else first
    year = _year_for(match, reading, month, _number(match["d2"]))
    if year is None:
        return None
    return _span(_on(year - (first > month), first, int(match["d1"])), _on(year, month, int(match["d2"])))


def _years(match: re.Match[str], _: _Grammar, __: _Reading) -> str | None:
    return _span(match["y1"], match["y2"])


def _short_years(match: re.Match[str], _: _Grammar, __: _Reading) -> str | None:
    """A fiscal or school year, "2022/23": two years that follow each other."""
    first = int(match["y1"])
    return f"{first}/{first + 1}" if int(match["next2"]) == (first + 1) % 100 else None


def _iso(match: re.Match[str], _: _Grammar, __: _Reading) -> str | None:
    parts = [int(part) for part in match["iso"].split("-")]
    return match["iso"] if len(parts) == 2 or _valid(*parts) else None


def _numeric(match: re.Match[str], grammar: _Grammar, _: _Reading) -> str | None:
    """Day first; in English only where the day can't be a month."""
    day, month = int(match["d2"]), int(match["n"])
    if grammar.language == "en" and day <= 12 and day != month:
        return None
    return _on(int(match["y2"]), month, day)


def _year(match: re.Match[str], _: _Grammar, __: _Reading) -> str | None:
    return match["y"] or match["z"]


def _weekday(match: re.Match[str], grammar: _Grammar, reading: _Reading, ahead: bool) -> str | None:
    here = _anchor_day(reading)
    if here is None:
        return None
    wanted = grammar.weekdays[match["w"].lower()]
    days = (wanted - here.weekday()) % 7 or 7 if ahead else -((here.weekday() - wanted) % 7 or 7)
    return (here + timedelta(days=days)).isoformat()


def _day_shift(_: re.Match[str], __: _Grammar, reading: _Reading, days: int) -> str | None:
    here = _anchor_day(reading)
    return (here + timedelta(days=days)).isoformat() if here else None


def _month_shift(_: re.Match[str], __: _Grammar, reading: _Reading, months: int) -> str | None:
    if reading.anchor is None or len(reading.anchor) < 7:
        return None
    return _shifted_month(reading.anchor, months)


def _shifted_month(anchor: str, months: int) -> str:
    count = int(anchor[:4]) * 12 + int(anchor[5:7]) - 1 + months
    return f"{count // 12:04}-{count % 12 + 1:02}"


def _year_shift(_: re.Match[str], __: _Grammar, reading: _Reading, years: int) -> str | None:
    return f"{int(reading.anchor[:4]) + years:04}" if reading.anchor else None


def _from_last(_: re.Match[str], __: _Grammar, reading: _Reading, years: int) -> str | None:
    return _said(reading, int(reading.last[:4]) + years) if reading.last else None


def _said(reading: _Reading, year: int) -> str:
    """A year counted from what was said before, from which later dates count in turn."""
    reading.last = f"{year:04}"
    return reading.last


def _day_after(_: re.Match[str], __: _Grammar, reading: _Reading) -> str | None:
    if reading.last is None or len(reading.last) not in {10, 21}:
        return None
    return (date.fromisoformat(reading.last[-10:]) + timedelta(days=1)).isoformat()


def _count(match: re.Match[str], grammar: _Grammar) -> int | None:
    word = match["n"].lower()
    if word in {"un", "une", "a", "an", "one", "una"}:
        return 1
    number = next(read_numbers(match["n"], grammar.language), None)
    return int(number.value) if number else None


def _ago(match: re.Match[str], grammar: _Grammar, reading: _Reading) -> str | None:
    count, unit = _count(match, grammar), grammar.table["units"][match["unit"].lower()]
    if count is None or reading.anchor is None:
        return None
    if unit == "year":
        return f"{int(reading.anchor[:4]) - count:04}"
    if unit == "month":
        return _month_shift(match, grammar, reading, -count)
    if unit == "day":
        return _day_shift(match, grammar, reading, -count)
    return None


def _later(match: re.Match[str], grammar: _Grammar, reading: _Reading) -> str | None:
    count = _count(match, grammar)
    return _said(reading, int(reading.last[:4]) + count) if count and reading.last else None


def _plain(word: str) -> str:
    return word.lower().replace("\\", "").replace("?", "").rstrip(".")
