"""Sidecars: what people write about a document in ``NAME.EXT.toml`` beside ``NAME.EXT``."""

from __future__ import annotations

import difflib
import json
import tomllib
from pathlib import Path

from esskg.documents.metadata import KEYS, checked, known_keys
from esskg.errors import DocumentError
from esskg.model import Metadata

SUFFIX = ".toml"


def sidecar_of(document: Path) -> Path:
    """Where the sidecar of a document stands."""
    return document.with_name(document.name + SUFFIX)


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
    for key in rows.keys() - KEYS.keys():
        raise DocumentError(path, f"{place_of(key, text)}there is no key {key!r}", _nearest(key))
    return checked(
        rows, lambda key, reason: DocumentError(path, f"{place_of(key, text)}{key}: {reason}", "Correct it.")
    )


def place_of(key: str, text: str) -> str:
    """``line N: `` for the line that sets a key, as the beginning of a message."""
    lines = (
        number for number, line in enumerate(text.splitlines(), 1) if line.lstrip("[ \"'").startswith(key)
    )
    number = next(lines, None)
    return f"line {number}: " if number else ""


def _nearest(key: str) -> str:
    near = difflib.get_close_matches(key, KEYS, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    return f"{hint}Known keys: {', '.join(KEYS)}."


def write_sidecar(document: Path, metadata: Metadata) -> Path:
    """Write what is known about a document beside it. What a sidecar says already stays as it stands,
    comments too: only keys that it lacks are added at its end."""
    path = sidecar_of(document)
    there = path.read_text("utf-8").rstrip("\n").splitlines() if path.exists() else []
    known = known_keys(read_sidecar(document))
    new = [f"{key} = {_toml(value)}" for key, value in known_keys(metadata).items() if key not in known]
    if new:
        path.write_text("\n".join(there + new) + "\n", "utf-8")
    return path


def _toml(value: str | tuple[str, ...]) -> str:
    """A TOML string (its escapes are JSON's) or array."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + "".join(f"  {_toml(one)},\n" for one in value) + "]"
