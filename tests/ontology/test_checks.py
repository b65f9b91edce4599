"""The hygiene queries: each finds nothing in the ontology, and finds what its example gets wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Quad, QuerySolutions, Store

from esskg import shipped
from esskg.graph import ontology

FOLDER = shipped.folder("ontology")
CHECKS = sorted(FOLDER.glob("checks/*-violation.rq"))


def violations(check: Path, *extra: Path) -> list[str]:
    store = Store()
    triples = (*ontology.triples(FOLDER), *ontology.parse_files(extra))
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    found = store.query(check.read_text("utf-8"))
    assert isinstance(found, QuerySolutions)
    return sorted({str(row["term"]) for row in found})


def example(check: Path) -> Path:
    return check.with_name(check.name.replace("-violation.rq", "-example.ttl"))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
def test_the_ontology_keeps_the_rule(check: Path) -> None:
    assert violations(check) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
def test_the_example_breaks_the_rule(check: Path) -> None:
    assert violations(check, example(check))


def test_each_example_belongs_to_a_check_and_says_what_is_wrong() -> None:
    assert sorted(FOLDER.glob("checks/*-example.ttl")) == sorted(map(example, CHECKS))
    assert all(path.read_text("utf-8").startswith("# ") for path in FOLDER.glob("checks/*"))
