"""Reviewing: the queue, decisions as rows, and what a build makes of them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import esskg
from esskg.cli import app
from esskg.errors import TablesError
from esskg.model import Slug
from esskg.project import Project
from esskg.resolve import DecisionKind
from esskg.resolve.verdicts import FILE, Reading, Verdicts

ACCEPT, REJECT = DecisionKind.ACCEPT, DecisionKind.REJECT


@pytest.fixture
def doubtful(small: Project) -> Project:
    """The small project, built so that everything waits for review."""
    settings = small.folder.root / "esskg.toml"
    settings.write_text(settings.read_text("utf-8").replace("asserted = 0.75", "asserted = 1.0"), "utf-8")
    project = esskg.open(small.folder.root)
    project.build()
    return project


def rows(project: Project) -> list[dict[str, str]]:
    with (project.folder.decisions / FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_decided_leaves_the_queue_and_comes_back_when_undone(doubtful: Project) -> None:
    review = doubtful.review()
    first, second, *_ = review.waiting()
    assert first.weight >= second.weight
    review.decide(first.id, ACCEPT, who="Claire Bellerive", why="so it says")
    assert next(review.waiting()).id == second.id
    assert (review.decided(), review.verdict(first.id)) == (1, ACCEPT)
    assert review.undo(first.id)
    assert next(review.waiting()).id == first.id
    assert rows(doubtful) == []


def test_a_build_applies_what_was_decided(doubtful: Project) -> None:
    review = doubtful.review()
    accepted, rejected, *_ = review.waiting()
    review.decide(accepted.id, ACCEPT, who="Claire Bellerive", why="so it says")
    review.decide(rejected.id, REJECT, who="Claire Bellerive", why="another one is meant")
    doubtful.build()
    asked = f"SELECT ?state {{ <{doubtful.settings.base}/statement/{accepted.id}> ess:state ?state }}"
    assert "state/asserted" in doubtful.query(asked).text("csv")
    again = doubtful.review()
    assert accepted.id not in again
    assert rejected.id not in again


def test_skipping_goes_on_behind_and_begins_again_at_the_end(doubtful: Project) -> None:
    review = doubtful.review()
    ids = [doubt.id for doubt in review.waiting()]
    assert [doubt.id for doubt in review.waiting(after=ids[0])] == [*ids[1:], ids[0]]


def test_the_terminal_takes_one_key_for_each_answer(doubtful: Project) -> None:
    root = str(doubtful.folder.root)
    result = CliRunner().invoke(app, ["review", "--project", root, "--who", "Ann"], input="a\ns\nr\nu\nq\n")
    assert result.exit_code == 0, result.output
    assert "1 decided" in result.output
    assert {row["kind"] for row in rows(doubtful)} == {"accept"}
    assert {row["who"] for row in rows(doubtful)} == {"Ann"}


def test_a_verdict_against_another_decision_writes_nothing(tmp_path: Path) -> None:
    verdicts = Verdicts(tmp_path / "decisions")
    (tmp_path / "build").mkdir()
    reading = Reading("finances", "a", "b", Slug("d"), "A finances B")
    verdicts.add(ACCEPT, [reading], who="Ann", when="2024-05-01", why="yes")
    before = (tmp_path / "decisions" / FILE).read_bytes()
    with pytest.raises(TablesError, match="contradicts"):
        verdicts.add(REJECT, [reading], who="Bob", when="2024-05-02", why="no")
    assert (tmp_path / "decisions" / FILE).read_bytes() == before


texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)


@given(quotes=st.lists(texts, min_size=1, max_size=5, unique=True))
def test_undoing_all_leaves_an_empty_table(
    tmp_path_factory: pytest.TempPathFactory, quotes: list[str]
) -> None:
    root = tmp_path_factory.mktemp("verdicts")
    (root / "build").mkdir()
    verdicts = Verdicts(root / "decisions")
    readings = [Reading("finances", "a", "b", Slug("d"), quote) for quote in quotes]
    verdicts.add(ACCEPT, readings, who="Ann", when="2024-05-01", why='yes, "so"; it is')
    assert len(verdicts.decisions().rows) == len(quotes)
    assert verdicts.undo(readings) == len(quotes)
    assert verdicts.decisions().rows == ()
