"""Each question that the ontology must be able to answer, on the smallest data that show it."""

from __future__ import annotations

import csv
import re
from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import Quad, QuerySolutions, parse

from esskg import shipped
from esskg.graph import ontology
from esskg.graph.reason import entail
from esskg.graph.store import memory_store

FOLDER = shipped.folder("ontology")
QUESTIONS = sorted(path.parent for path in FOLDER.glob("competency/*/question.rq"))


@pytest.mark.parametrize("folder", QUESTIONS, ids=lambda folder: folder.name)
def test_a_question_gets_the_expected_answer(folder: Path) -> None:
    with memory_store("") as store:
        said = chain(parse(path=str(folder / "data.ttl")), ontology.labels(FOLDER))
        store.load(Quad(each.subject, each.predicate, each.object) for each in said)
        entail(store, "urn:esskg")
        found = store.query((folder / "question.rq").read_text("utf-8"), prefixes={})
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        answer = [names, *([node.value if node else "" for node in row] for row in found)]
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
        assert answer == list(csv.reader(file))


@pytest.mark.parametrize("folder", QUESTIONS, ids=lambda folder: folder.name)
def test_a_question_is_asked_in_both_languages_with_declared_terms(folder: Path) -> None:
    text = (folder / "question.rq").read_text("utf-8")
    assert re.search(r"^#\+ question \(en\): .+\?$", text, re.M)
    assert re.search(r"^#\+ question \(fr\): .+\?$", text, re.M)
    used = set(re.findall(r"\bess:(\w+)", text + (folder / "data.ttl").read_text("utf-8")))
    assert used <= ontology.names(FOLDER)
