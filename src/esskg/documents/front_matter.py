"""Front matter: metadata in YAML between ``---`` fences at the top of a text."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from esskg.documents.metadata import KEYS, checked
from esskg.documents.sidecar import place_of
from esskg.errors import DocumentError
from esskg.model import Metadata

_FENCED = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def split_front_matter(text: str, path: Path) -> tuple[Metadata, str]:
    """The front matter of a text that begins with its fence, and the text after it.

    Keys that are not metadata of esskg are left alone: other tools write theirs there.
    Raises DocumentError, naming the line and the key, where the front matter is malformed.
    """
    match = _FENCED.match(text)
    rows = _rows(match["yaml"], path) if match else None
    if not match or not isinstance(rows, dict):
        return Metadata(), text
    known = {key: value for key, value in rows.items() if key in KEYS and value}
    return checked(known, lambda key, reason: _error(path, f"{place_of(key, text)}{key}: {reason}")), (
        text[match.end() :].lstrip("\n")
    )


def _rows(front: str, path: Path) -> object:
    try:
        # The base loader takes every value as text: YAML's own guesses turn the country NO into False.
        return yaml.load(front, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 2}: " if mark else ""
        raise _error(path, f"{line}not valid YAML") from error


def _error(path: Path, reason: str) -> DocumentError:
    return DocumentError(path, f"front matter, {reason}", "Correct it, or take the --- fence away.")
