"""The gate: extraction of the shipped corpus may not fall below what it has reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from esskg.errors import ConfigError
from esskg.extract.evaluation import Evaluation
from esskg.extract.floors import drops, figures, inputs, read_floors, write_floors

DATA = Path(__file__).parents[2] / "data"
GOLD, REFERENCE = DATA / "gold", DATA / "reference"
REMEDY = "where this is meant: esskg evaluate --write-floors --project data"


@pytest.mark.slow
def test_no_figure_falls_below_its_floor(evaluation: Evaluation) -> None:
    fallen = list(drops(read_floors(GOLD)["f1"], figures(evaluation)))
    assert not fallen, "\n".join([*fallen, REMEDY])


@pytest.mark.slow
def test_nothing_that_was_read_hangs_in_the_air(evaluation: Evaluation) -> None:
    assert evaluation.scores.ungrounded == 0
    assert evaluation.scores.missing == []


def test_the_floors_are_of_these_annotations_and_this_reference() -> None:
    assert read_floors(GOLD)["inputs"] == inputs(GOLD, REFERENCE), REMEDY


def test_a_drop_beyond_the_tolerance_is_told_and_a_smaller_one_not() -> None:
    floors = {"in_sample": {"fr": {"mentions": 0.9, "quotes": 0.8}}}
    (told,) = drops(floors, {"in_sample": {"fr": {"mentions": 0.889, "quotes": 0.79}}})
    assert told == "mentions, fr, in_sample: 0.8890, the floor is 0.9000"


def test_floors_that_were_not_taken_anew_stay(tmp_path: Path) -> None:
    (tmp_path / "split.csv").write_text("document,part\n", "utf-8")
    write_floors(tmp_path, tmp_path, {"cross_validated": {"fr": {"mentions": 0.8}}})
    write_floors(tmp_path, tmp_path, {"in_sample": {"fr": {"mentions": 0.9}}})
    assert read_floors(tmp_path)["f1"].keys() == {"cross_validated", "in_sample"}


def test_a_folder_without_floors_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--write-floors"):
        read_floors(tmp_path)
