"""Lines that are no part of what a document says (share links, contacts, page numbers) and captions."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from esskg.documents.characters import same_length

_CUT = re.compile(r"\s*[|·•›»>]\s*|\s+/\s+|\s{3,}")
_CRUMBS = re.compile(r"\s+[>»›/]\s+")
_LONGEST = 200
"""Boilerplate lines are short; longer ones are not even looked at."""


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    rows = tomllib.loads(files("esskg.documents").joinpath("data/layout.toml").read_text("utf-8"))[kind]
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows), re.IGNORECASE)


def is_boilerplate(line: str) -> bool:
    """Whether a line (or block) of text is navigation, sharing, contact or page furniture."""
    if len(line) > _LONGEST:
        return False
    line = same_length(line).strip()
    pattern = _pattern("boilerplate")
    if pattern.fullmatch(line) or _is_breadcrumb(line):
        return True
    parts = [part for part in _CUT.split(line) if part]
    return bool(parts) and all(pattern.fullmatch(part) for part in parts)


def _is_breadcrumb(line: str) -> bool:
    crumbs = _CRUMBS.split(line)
    return (
        len(crumbs) > 1
        and all(len(crumb) <= 40 for crumb in crumbs)
        and _pattern("breadcrumb").fullmatch(crumbs[0]) is not None
    )


def is_caption(line: str) -> bool:
    """Whether a line says where a picture, table or figure is from or what it shows."""
    return _pattern("caption").fullmatch(same_length(line).strip()) is not None
