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
from esskg.model import Amount, EntityReading, EntityType
from esskg.reference import currency_of as legal_tender
from esskg.reference import find_place
from esskg.reference.places import places

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
    groups = {**table["sure"], **{name: row["signs"] for name, row in table["ambiguous"].items()}}
    before = {
        name: [sign for sign in signs if not sign.isalpha() or not sign.islower()]
        for name, signs in groups.items()
    }
    return _Signs(
        re.compile(rf"(?:{_named(before)}) ?\Z"),
        re.compile(rf" ?(?:de |d'|of )?(?:{_named(groups)})"),
    )


def _named(groups: dict[str, list[str]]) -> str:
    """Any sign, in the group of its name. Words such as "won" are no signs before a number."""
    return "|".join(
        f"(?P<{name}>{'|'.join(map(_bounded, signs))})" for name, signs in groups.items() if signs
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
    abroad: dict[str, dict[str, str]] = _table()["abroad"]
    for country in (context.document.metadata.country, _country_named(context), context.country):
        if country and (meant := _meant_by(legal_tender(country)) | abroad.get(country, {})):
            return meant if country == context.document.metadata.country else _plain(meant, context)
    return _meant_by(context.currency) | _pesos_told(context)


def _plain(meant: dict[str, str], context: Context) -> dict[str, str]:
    """Without a bare "$" for pesos where the text isn't in Spanish: those who write so mean dollars."""
    pesos = meant.get("dollar_sign") == meant.get("peso", UNKNOWN)
    if not pesos or context.document.language.startswith("es"):
        return meant
    return {word: code for word, code in meant.items() if word != "dollar_sign"}


def _meant_by(code: str | None) -> dict[str, str]:
    """The ambiguous words that may mean a currency, with its code."""
    return {word: code for word, row in _table()["ambiguous"].items() if code and code in row["codes"]}


def _pesos_told(context: Context) -> dict[str, str]:
    """What "pesos" are where only the places of one country with pesos, or its people, are named."""
    codes: list[str] = _table()["ambiguous"]["peso"]["codes"]
    countries = {c for e in context.entities if (n := _place_in(e)) and (c := _country_of(n))}
    told = {code for code in codes if code in map(legal_tender, countries)}
    people = _table()["peso_demonyms"].items()
    told = told or {code for code, word in people if re.search(rf"\b(?:{word})\b", context.text)}
    return {"peso": told.pop()} if len(told) == 1 else {}


def _country_named(context: Context) -> str | None:
    """The country of most of the places that a document names, if one leads."""
    named: Counter[str] = Counter()
    for entity in context.entities:
        if (name := _place_in(entity)) and (country := _country_of(name)):
            named[country] += len(entity.mentions)
    best = named.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _place_in(entity: EntityReading) -> str | None:
    """The place that an entity is or, for a public body, that its name ends in: "gouvernement du Québec"."""
    if entity.type is EntityType.PLACE:
        return entity.name
    if entity.type is EntityType.PUBLIC_BODY:
        return re.split(r"[ '’]", entity.name)[-1]
    return None


@cache
def _country_of(name: str) -> str | None:
    key = find_place(name)
    return places()[key].country if key else None
