"""Metadata: what a sidecar, front matter or the file itself says about a document."""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from esskg.errors import DocumentError
from esskg.model import Metadata

SUFFIX = ".toml"
"""A sidecar's name is its document's whole name and this."""

_DATE = re.compile(r"\d{4}(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_FENCE = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of a document stands: ``NAME.EXT.toml`` beside ``NAME.EXT``."""
    return path.with_name(path.name + SUFFIX)


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


# --- what each key may hold --------------------------------------------------------------------------


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
    addresses = value if isinstance(value, list) else [value]
    texts = tuple(_text(address) for address in addresses)
    for text in texts:
        if not text.startswith(("https://", "http://")):
            raise ValueError(f"{text!r} is no web address; begin it with https://")
    return texts


_KEYS: dict[str, Callable[[object], str | tuple[str, ...]]] = {
    "title": _text,
    "date": _date,
    "language": _language,
    "country": _country,
    "publisher": _text,
    "author": _text,
    "licence": _text,
    "sources": _sources,
}


def _checked(rows: Mapping[str, object], path: Path, where: Callable[[str], str]) -> Metadata:
    values: dict[str, Any] = {}
    for key, value in rows.items():
        try:
            values[key] = _KEYS[key](value)
        except ValueError as error:
            raise DocumentError(path, f"{where(key)}{key}: {error}", "Correct it.") from None
    return Metadata(**values)


# --- sidecars ----------------------------------------------------------------------------------------


def read_sidecar(document: Path) -> Metadata:
    """What the sidecar of a document says; nothing where there is none.

    Raises DocumentError, naming the sidecar, the line and the key, where it is malformed.
    """
    path = sidecar_of(document)
    if not path.is_file():
        return Metadata()
    try:
        text = path.read_text("utf-8")
        rows = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DocumentError(path, f"not valid TOML: {error}", "Correct it or take it away.") from error
    for key in rows.keys() - _KEYS.keys():
        raise DocumentError(path, f"{_line(text, key)}there is no key {key!r}", _nearest(key))
    return _checked(rows, path, lambda key: _line(text, key))


def _line(text: str, key: str) -> str:
    number = next(
        (n for n, line in enumerate(text.splitlines(), 1) if line.lstrip("[ \"'").startswith(key)), None
    )
    return f"line {number}: " if number else ""


def _nearest(key: str) -> str:
    near = difflib.get_close_matches(key, _KEYS, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    return f"{hint}Known keys: {', '.join(_KEYS)}."


def write_sidecar(document: Path, metadata: Metadata) -> Path:
    """Write what is known about a document beside it; keys without a value are left out."""
    path = sidecar_of(document)
    known = {key: value for key, value in dataclasses.asdict(metadata).items() if value}
    path.write_text("".join(f"{key} = {_toml(value)}\n" for key, value in known.items()), "utf-8")
    return path


def _toml(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return "[\n" + "".join(f"  {_toml(one)},\n" for one in value) + "]" if value else "[]"


# --- front matter ------------------------------------------------------------------------------------


def split_front_matter(text: str, path: Path) -> tuple[Metadata, str]:
    """The front matter of a text that begins with a ``---`` fence, and the text after it.

    Keys that are not metadata of esskg are left alone: other tools write theirs there.
    Raises DocumentError, naming the line or key, where the front matter is malformed.
    """
    match = _FENCE.match(text)
    if not match:
        return Metadata(), text
    try:
        # The base loader reads every value as text: YAML's own guesses turn the country NO into False.
        rows = yaml.load(match["yaml"], Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise DocumentError(path, f"front matter{_place(error)} is not valid YAML", "Correct it.") from error
    if not isinstance(rows, dict):
        return Metadata(), text
    known = {key: value for key, value in rows.items() if key in _KEYS and value not in ("", [])}
    metadata = _checked(known, path, lambda key: f"front matter, {_line(text, key)}")
    return metadata, text[match.end() :].lstrip("\n")


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 2}," if mark else ""


def first_known(*candidates: Metadata) -> Metadata:
    """For each key the first value that is known."""
    names = [field.name for field in dataclasses.fields(Metadata)]
    values = {
        name: next((value for one in candidates if (value := getattr(one, name))), getattr(Metadata(), name))
        for name in names
    }
    return Metadata(**values)


def sane(**values: str | None) -> Metadata:
    """Metadata from a file's own properties, which nobody checked: what breaks a rule is left out."""
    good: dict[str, Any] = {}
    for key, value in values.items():
        try:
            good[key] = _KEYS[key](value)
        except ValueError:
            continue
    return Metadata(**good)
