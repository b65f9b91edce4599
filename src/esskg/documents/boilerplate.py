"""Lines that are no part of what a document says (share links, contacts, page numbers) and captions."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from esskg.documents.characters import same_length

_CUT = re.compile(r"\s*[|·•›»>]\s*|\s+/\s+|\s{3,}")
_CRUMBS = re.compile(r"\s+[>»›/]\s+")
_LONGEST, _LONGEST_CRUMB = 200, 30
"""Boilerplate lines, and the steps of a breadcrumb, are short; longer ones are not even looked at."""


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    rows = tomllib.loads(files("esskg.documents").joinpath("data/layout.toml").read_text("utf-8"))[kind]
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows), re.IGNORECASE)


def is_boilerplate(line: str) -> bool:
    """Whether a line (or block) of text is navigation, sharing, contact or page furniture."""
    if len(line) > _LONGEST:
        return False
    if _matches("boilerplate", line) or _is_breadcrumb(line):
        return True
    parts = [part for part in _CUT.split(line) if part.strip()]
    return bool(parts) and all(_matches("boilerplate", part) for part in parts)


def _matches(kind: str, text: str) -> bool:
    return _pattern(kind).fullmatch(same_length(text).strip()) is not None


def _is_breadcrumb(line: str) -> bool:
    first, *others = _CRUMBS.split(line.strip())
    is_short = all(len(crumb) <= _LONGEST_CRUMB for crumb in others)
    return bool(others) and is_short and _matches("breadcrumb", first)


def is_caption(line: str) -> bool:
    """Whether a line says where a picture, table or figure is from or what it shows."""
    return _matches("caption", line)
