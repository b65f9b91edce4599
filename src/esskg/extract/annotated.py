"""Annotated documents: the texts that annotators were given and what they marked in them."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from esskg.documents import read
from esskg.errors import ConfigError
from esskg.model import Document

FLOORS = "floors.json"
"""Beside the annotations: the figures that extraction must not fall below."""


def arguments(description: str | None, *more: str) -> argparse.Namespace:
    """What a command that learns from annotations is told: ``--gold``, ``--documents`` and more folders."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("gold", "documents", *more):
        parser.add_argument(f"--{name}", type=Path, required=True)
    return parser.parse_args()


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document and its annotation, in the format of the annotation guidelines."""

    name: str
    document: Document
    """With the date and language that its annotators were given."""
    gold: dict[str, Any]
    part: str
    """``tuning`` or ``testing``; empty where no ``split.csv`` says."""


def read_annotated(
    gold: Path, texts: Path, *, part: str | None = None, language: str | None = None
) -> list[Annotated]:
    """The annotated documents of a folder, by name.

    `part` keeps to the *tuning* or *testing* documents of ``split.csv`` in the gold folder, `language` to
    one language. Raises ConfigError where nothing is left or a text is missing.
    """
    found = list(_read(gold, texts, part, language))
    if not found:
        raise ConfigError(f"{gold} holds no annotated document that is asked for")
    return found


def annotation_files(gold: Path) -> list[Path]:
    """The annotations in a folder, by name."""
    return sorted(path for path in gold.glob("*.json") if path.name != FLOORS)


def _read(gold: Path, texts: Path, part: str | None, language: str | None) -> Iterator[Annotated]:
    parts = _parts(gold / "split.csv", needed=part is not None)
    for path in annotation_files(gold):
        name, own = path.stem, parts.get(path.stem, "")
        if part not in {None, own}:
            continue
        annotation = json.loads(path.read_text("utf-8"))
        if language in {None, annotation["lang"]}:
            yield Annotated(name, _document(texts / f"{name}.txt", annotation), annotation, own)


def _parts(path: Path, *, needed: bool) -> dict[str, str]:
    if not path.is_file():
        if needed:
            raise ConfigError(
                f"{path} is missing: it says which documents are tuning and which are testing ones"
            )
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["document"]: row["part"] for row in csv.DictReader(file)}


def _document(path: Path, annotation: dict[str, Any]) -> Document:
    if not path.is_file():
        raise ConfigError(
            f"{path} is missing: the text of an annotated document. Name the folder with --texts"
        )
    document = read(path, path.parent)
    metadata = replace(document.metadata, date=annotation["date"], language=annotation["lang"])
    return replace(document, metadata=metadata)
