"""Each question that the ontology must be able to answer, on the smallest data that show it."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import Quad, QuerySolutions, parse

from esskg import shipped
from esskg.graph import ontology
from esskg.graph.reason import entail
from esskg.graph.store import Store, memory_store
from esskg.query.catalogue import read
from esskg.query.run import run

FOLDER = shipped.folder("ontology")
COMPETENCY = FOLDER / "competency"
CATALOGUE = read(shipped.folder("queries"))
QUESTIONS = sorted(path.parent for path in COMPETENCY.glob("*/question.rq"))
ASKED = sorted(path.parent for path in COMPETENCY.glob("*/question.toml"))
USERS = {"researcher", "analyst", "consumer", "curator"}
BASE = "https://example.org/kg"


def name(folder: Path) -> str:
    return folder.name


def text(folder: Path) -> str:
    return (folder / "question.rq").read_text("utf-8")


def catalogued(folder: Path) -> dict[str, str]:
    return tomllib.loads((folder / "question.toml").read_text("utf-8"))


def load(path: Path) -> Store:
    store = memory_store(BASE)
    store.load(parse(path=str(path)))
    store.load(Quad(*triple) for triple in ontology.labels(FOLDER))
    entail(store, BASE)
    return store


def expected(folder: Path) -> list[list[str]]:
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("folder", QUESTIONS, ids=name)
def test_a_question_gets_the_expected_answer(folder: Path) -> None:
    with load(folder / "data.ttl") as store:
        found = store.query(text(folder), prefixes={})
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        answer = [names, *([node.value if node else "" for node in row] for row in found)]
    assert answer == expected(folder)


@pytest.mark.parametrize("folder", QUESTIONS, ids=name)
def test_a_question_is_asked_in_both_languages_with_declared_terms(folder: Path) -> None:
    assert re.search(r"^#\+ question \(en\): .+\?$", text(folder), re.M)
    assert re.search(r"^#\+ question \(fr\): .+\?$", text(folder), re.M)
    assert terms(folder) <= ontology.names(FOLDER)


def terms(folder: Path) -> set[str]:
    """The terms of the ontology that a question of its own speaks of."""
    return set(re.findall(r"\bess:(\w+)", text(folder) + (folder / "data.ttl").read_text("utf-8")))


# --- questions of the catalogue -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def sector() -> Iterator[Store]:
    with load(COMPETENCY / "sector.trig") as store:
        yield store


@pytest.mark.parametrize("folder", ASKED, ids=name)
def test_a_question_of_the_catalogue_gets_the_expected_answer(sector: Store, folder: Path) -> None:
    about = catalogued(folder)
    result = run(
        sector, CATALOGUE[about.pop("catalogue")], {key: about[key] for key in about if key != "user"}
    )
    header, *rows = expected(folder)
    positions = [result.variables.index(column) for column in header]
    found = [["" if row[at] is None else str(row[at]) for at in positions] for row in result.rows]
    assert rows
    assert sorted(found) == sorted(rows)


def test_at_least_sixty_questions_half_of_them_in_the_catalogue_for_every_kind_of_user() -> None:
    assert len(QUESTIONS) + len(ASKED) >= 60
    assert len({catalogued(folder)["catalogue"] for folder in ASKED}) >= 30
    own = {found for folder in QUESTIONS for found in re.findall(r"^#\+ user: (\w+)$", text(folder), re.M)}
    assert own == {catalogued(folder)["user"] for folder in ASKED} == USERS


def test_questions_are_numbered_one_by_one() -> None:
    numbers = sorted(int(folder.name.partition("-")[0]) for folder in (*QUESTIONS, *ASKED))
    assert numbers == list(range(1, len(numbers) + 1))


# --- no question, no term -----------------------------------------------------------------------------


def test_every_term_is_used_in_a_question() -> None:
    queries = (CATALOGUE[catalogued(folder)["catalogue"]].sparql for folder in ASKED)
    in_catalogue = re.findall(r"\bess:(\w+)", "\n".join(queries))
    used = set(chain(in_catalogue, *(terms(folder) for folder in QUESTIONS)))
    assert ontology.names(FOLDER) - used == set()
