"""Calibration: what confidences promise beside what was right."""

from __future__ import annotations

import pytest
from test_scoring import GOLD

from esskg.extract.calibration import EDGES, Calibration
from esskg.extract.evaluation import ALL, Evaluation
from esskg.extract.scoring import Comparison


def read(*relations: tuple[str, str, float]) -> Comparison:
    """The gold entities, and finances relations with their confidences."""
    entities = [entity | {"confidence": [0.9] * len(entity["mentions"])} for entity in GOLD["entities"]]
    stated = [
        {"type": "finances", "subject": s, "object": o, "evidence": [0, 25], "confidence": c,
         "state": "asserted" if c >= 0.75 else "review"}
        for s, o, c in relations
    ]  # fmt: skip
    return Comparison(GOLD, {"entities": entities, "relations": stated})


def test_each_reading_counts_in_the_bin_of_its_confidence() -> None:
    held = Calibration.of([read(("e1", "e2", 0.8), ("e2", "e1", 0.76), ("e3", "e2", 0.5))])
    bins = held.bins["relations"]
    assert {name: (b.read, b.right) for name, b in bins.items()} == {"0.45–0.55": (1, 0), "0.75–0.85": (2, 1)}
    assert bins["0.75–0.85"].to_json() == {"read": 2, "right": 1, "confidence": 0.78, "precision": 0.5}
    assert (held.asserted["relations"].read, held.asserted["relations"].share) == (2, 0.5)


@pytest.mark.parametrize("confidence", [*EDGES, 0.3])
def test_every_confidence_has_one_bin(confidence: float) -> None:
    bins = Calibration.of([read(("e1", "e2", confidence))]).bins["relations"]
    assert [b.read for b in bins.values()] == [1]


def test_the_table_and_the_json_tell_the_same() -> None:
    held = Calibration.of([read(("e1", "e2", 0.8))])
    assert "relations asserted" in held.table("fr")
    assert held.to_json()["asserted"]["relations"]["precision"] == 1.0


@pytest.mark.slow
def test_all_readings_of_the_corpus_are_in_some_bin(evaluation: Evaluation) -> None:
    held = evaluation.calibration[ALL]
    for kind in ("relations", "statistics", "quotes"):
        assert sum(b.read for b in held.bins[kind].values()) == evaluation.scores.total[kind].predicted
