"""Extraction held against annotated documents."""

from __future__ import annotations

from pathlib import Path

from esskg.extract import Extractor, to_gold
from esskg.extract.annotated import read_annotated
from esskg.extract.scoring import Scores, score


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
    chosen = read_annotated(gold_folder, texts_folder, part=part, language=language)
    return score(
        {item.name: item.gold for item in chosen},
        {item.name: to_gold(extractor.read(item.document), item.document) for item in chosen},
        {item.name: item.document.text for item in chosen},
    )
