"""Money: a number with a currency beside it; an ambiguous sign is told by the country or not at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from esskg.extract.grammar import rules
from esskg.extract.numbers import Number, qualifier_before, read_numbers
from esskg.model import Amount, EntityType

if TYPE_CHECKING:
    from esskg.extract.context import Context

UNKNOWN = "XXX"
"""ISO 4217's code for no currency: a sign whose country isn't known."""
_REACH = 24


@dataclass(frozen=True, slots=True)
class Money:
    """An amount where it stands; the span runs over its qualifier and its currency."""

    start: int
    end: int
    amount: Amount


@dataclass(frozen=True, slots=True)
class _Signs:
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _table() -> dict[str, Any]:
    return rules("currencies")


@cache
def _signs() -> _Signs:
    table = _table()
    groups = {**table["sure"], **table["ambiguous"]}
    named = "|".join(
        f"(?P<{name}>{'|'.join(_bounded(sign) for sign in signs)})" for name, signs in groups.items()
    )
    return _Signs(
        re.compile(rf"(?:{named}) ?\Z"),
        re.compile(rf" ?(?:de |d'|of )?(?:{named})"),
    )


def _bounded(sign: str) -> str:
    """Words end where words end; signs may touch what follows."""
    return sign + r"(?!\w)" if sign[-1].isalpha() else sign


def money_in(
    text: str, language: str, home: dict[str, str], start: int = 0, end: int | None = None
) -> Iterator[Money]:
    """The money in a stretch of text; ``home`` says what ambiguous words mean there."""
    for number in read_numbers(text, language, start, end):
        if money := with_currency(text, number, language, home, start):
            yield money


def with_currency(
    text: str, number: Number, language: str, home: dict[str, str], floor: int = 0
) -> Money | None:
    """The number as money, where a currency stands before or after it."""
    reach = max(floor, number.digits - _REACH)
    before = _signs().before.search(text[reach : number.digits])
    after = None if before else _signs().after.match(text, number.end)
    found = before or after
    if found is None:
        return None
    name = next(name for name, sign in found.groupdict().items() if sign)
    start, end, qualifier = number.start, after.end() if after else number.end, number.qualifier
    if before:
        start = min(start, reach + before.start())
        start, qualifier = qualifier_before(text, start, language, floor) or (start, qualifier)
    currency = name if name in _table()["sure"] else home.get(name, UNKNOWN)
    return Money(start, end, Amount(number.value, currency, qualifier, text[start:end]))


def currency_of(context: Context) -> dict[str, str]:
    """What "dollar", "franc" … mean in a document: by its country, its places, or else the project."""
    of_country: dict[str, dict[str, str]] = _table()["of_country"]
    for country in (context.document.metadata.country, _country_named(context), context.country):
        if country in of_country:
            return of_country[country]
    if context.currency is None:
        return {}
    return {
        word: code
        for names in of_country.values()
        for word, code in names.items()
        if code == context.currency
    }


def _country_named(context: Context) -> str | None:
    """The country of most of the places and public bodies that a document names, if one leads."""
    named: Counter[str] = Counter()
    for entity in context.entities:
        if entity.type in {EntityType.PLACE, EntityType.PUBLIC_BODY}:
            named.update({country for country in _countries(entity.name) for _ in entity.mentions})
    best = named.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _countries(name: str) -> set[str]:
    found = _places().findall(name.lower())
    return {country for country, names in _table()["places"].items() if set(found) & set(names)}


@cache
def _places() -> re.Pattern[str]:
    names = sorted((name for names in _table()["places"].values() for name in names), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
