"""RDF literals for what the model holds as plain text and numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from esskg.vocab import PREFIXES

_XSD = PREFIXES["xsd"]
_DECIMAL = NamedNode(_XSD + "decimal")
_INTEGER = NamedNode(_XSD + "integer")
_DATE_TYPES = {4: NamedNode(_XSD + "gYear"), 7: NamedNode(_XSD + "gYearMonth"), 10: NamedNode(_XSD + "date")}
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def decimal(value: float) -> Literal:
    """An xsd:decimal without an exponent; whole numbers without a fraction."""
    plain = format(Decimal(repr(value)), "f")
    return Literal(plain.removesuffix(".0"), datatype=_DECIMAL)


@lru_cache(maxsize=128)
def confidence(value: float) -> Literal:
    """A confidence as an xsd:decimal with at most four places."""
    return decimal(round(float(value), 4))


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=_INTEGER)


def words(text: str, language: str | None) -> Literal:
    """A text in its language; plain where the language isn't known or isn't a BCP 47 tag."""
    if language is None or language == "und" or not _LANGUAGE.fullmatch(language):
        return Literal(text)
    return Literal(text, language=language)


@lru_cache(maxsize=4096)
def day(text: str) -> Literal | None:
    """A year, month or day as xsd:gYear, xsd:gYearMonth or xsd:date; None for anything else."""
    if not _DATE.fullmatch(text):
        return None
    if len(text) == 10 and not _exists(text):
        return None
    return Literal(text, datatype=_DATE_TYPES[len(text)])


def _exists(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def period(text: str) -> tuple[Literal | None, Literal | None]:
    """The typed start and end of an ISO 8601 date or interval; a single date has no end."""
    start, _, end = text.partition("/")
    return day(start), day(end)


def edtf(text: str) -> Literal:
    """The date as one EDTF string (ISO 8601-2): the same words, an open end written ``..``."""
    start, slash, end = text.partition("/")
    return Literal(f"{start or '..'}/{end or '..'}" if slash else text)


def iri_or_words(text: str) -> NamedNode | Literal:
    """The text as an IRI where it is a web address that is one, else as a literal."""
    if not text.startswith(("http://", "https://")):
        return Literal(text)
    try:
        return NamedNode(text)
    except ValueError:
        return Literal(text)
