"""Extraction held against annotated documents."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from esskg.documents import read
from esskg.errors import ConfigError
from esskg.extract import Extractor, to_gold
from esskg.extract.scoring import Scores, score
from esskg.model import Document


def evaluate(
    extractor: Extractor,
    gold_folder: Path,
    texts_folder: Path,
    *,
    part: str | None = None,
    language: str | None = None,
) -> Scores:
    """The figures of the guidelines over the annotated documents of a folder.

    `part` keeps to the *tuning* or *testing* documents of ``split.csv`` in the gold folder, `language` to
    one language. Raises ConfigError where nothing is left to score or a text is missing.
    """
    gold = dict(_annotations(gold_folder, part, language))
    if not gold:
        raise ConfigError(f"{gold_folder} holds no annotated document that is asked for")
    documents = {name: _document(texts_folder / f"{name}.txt", annotated) for name, annotated in gold.items()}
    predicted = {name: to_gold(extractor.read(document), document) for name, document in documents.items()}
    return score(gold, predicted, {name: document.text for name, document in documents.items()})


def _annotations(
    folder: Path, part: str | None, language: str | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    chosen = None if part is None else set(_part(folder / "split.csv", part))
    for path in sorted(folder.glob("*.json")):
        annotated = json.loads(path.read_text("utf-8"))
        if (chosen is None or path.stem in chosen) and language in {None, annotated["lang"]}:
            yield path.stem, annotated


def _part(path: Path, part: str) -> Iterator[str]:
    if not path.is_file():
        raise ConfigError(f"{path} is missing: it says which documents are tuning and which are testing ones")
    with path.open(encoding="utf-8", newline="") as file:
        yield from (row["document"] for row in csv.DictReader(file) if row["part"] == part)


def _document(path: Path, annotated: dict[str, Any]) -> Document:
    """The document with the date and language that its annotators were given."""
    if not path.is_file():
        raise ConfigError(
            f"{path} is missing: the text of an annotated document. Name the folder with --texts"
        )
    document = read(path, path.parent)
    metadata = replace(document.metadata, date=annotated["date"], language=annotated["lang"])
    return replace(document, metadata=metadata)
