"""Floors under the quality of entities, on the part of the corpus that rules may be tuned on."""

from __future__ import annotations

import csv
import json

import pytest
from entity_reading import DATA, reader, shipped

from esskg.extract import to_gold
from esskg.extract.scoring import score
from esskg.model import Extraction

FLOORS = {"fr": (0.88, 0.77, 0.76), "en": (0.87, 0.75, 0.70), "es": (0.78, 0.65, 0.66)}
"""F1 of mentions, typed mentions and entities, somewhat below what is reached."""


def tuning(language: str) -> list[str]:
    with (DATA / "gold" / "split.csv").open(encoding="utf-8") as file:
        rows = [row["document"] for row in csv.DictReader(file) if row["part"] == "tuning"]
    return [name for name in rows if name.startswith(language)]


@pytest.mark.slow
@pytest.mark.parametrize("language", FLOORS)
def test_entities_stay_above_their_floor(language: str) -> None:
    gold, predicted, texts = {}, {}, {}
    for name in tuning(language):
        read = shipped(name)
        gold[name] = json.loads((DATA / "gold" / f"{name}.json").read_text("utf-8"))
        extraction = Extraction(read.document.slug, read.document.sha256, reader().read(read))
        predicted[name], texts[name] = to_gold(extraction, read.document), read.document.text
    scores = score(gold, predicted, texts)
    reached = [scores.total[measure].f1 for measure in ("mentions", "mentions (typed)", "entities")]
    assert all(f1 >= floor for f1, floor in zip(reached, FLOORS[language], strict=True)), reached
    assert scores.ungrounded == 0
