"""Metadata: what each key may hold, whoever says it, and who is believed first."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

from esskg.errors import EsskgError
from esskg.model import Metadata

_DATE = re.compile(r"\d{4}(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_COUNTRY = re.compile(r"[A-Z]{2}")


def is_date(text: str) -> bool:
    """Whether a text is an ISO 8601 year, month or day that the calendar has."""
    match = _DATE.fullmatch(text)
    if not match:
        return False
    try:
        datetime.date(int(text[:4]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return False
    return True


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be text in quotes, not empty")
    return " ".join(value.split())


def _date(value: object) -> str:
    text = value.date().isoformat() if isinstance(value, datetime.datetime) else str(value)
    if not is_date(text):
        raise ValueError(f"{text!r} is no date; write 2023, 2023-04 or 2023-04-18")
    return text


def _language(value: object) -> str:
    text = _text(value)
    if not _LANGUAGE.fullmatch(text):
        raise ValueError(f"{text!r} is no language tag; write fr, en, es or the like")
    return text


def _country(value: object) -> str:
    text = _text(value)
    if not _COUNTRY.fullmatch(text):
        raise ValueError(f"{text!r} is no country code; write two capitals as in CA, FR, ES")
    return text


def _sources(value: object) -> tuple[str, ...]:
    texts = tuple(_text(address) for address in (value if isinstance(value, list) else [value]))
    for text in texts:
        if not text.startswith(("https://", "http://")):
            raise ValueError(f"{text!r} is no web address; begin it with https://")
    return tuple(dict.fromkeys(texts))


KEYS: dict[str, Callable[[object], str | tuple[str, ...]]] = {
    "title": _text,
    "date": _date,
    "language": _language,
    "country": _country,
    "publisher": _text,
    "author": _text,
    "licence": _text,
    "sources": _sources,
}
"""Each key of a sidecar or of front matter, with what makes its value good or raises ValueError."""


def checked(
    rows: Mapping[str, object],
    complain: Callable[[str, str], EsskgError] = lambda key, reason: EsskgError(f"{key}: {reason}"),
) -> Metadata:
    """Metadata from values that a person gave; ``complain`` makes the error of a key and a reason.

    Raises that error where a value breaks a rule.
    """
    values: dict[str, Any] = {}
    for key, value in rows.items():
        try:
            values[key] = KEYS[key](value)
        except ValueError as error:
            raise complain(key, str(error)) from None
    return Metadata(**values)


def sane(**values: str | None) -> Metadata:
    """Metadata from a file's own properties, which nobody checked: what breaks a rule is left out."""
    good: dict[str, Any] = {}
    for key, value in values.items():
        try:
            good[key] = KEYS[key](value)
        except ValueError:
            continue
    return Metadata(**good)


def first_known(*candidates: Metadata) -> Metadata:
    """For each key the first value that is known."""
    known: dict[str, Any] = {}
    for candidate in candidates:
        known = known_keys(candidate) | known
    return Metadata(**known)


def known_keys(metadata: Metadata) -> dict[str, str | tuple[str, ...]]:
    """The keys that have a value, in the order of the model."""
    return {key: value for key, value in dataclasses.asdict(metadata).items() if value}
