"""Answers in every format, and as Python values."""

from __future__ import annotations

import datetime
import io
import json
import re
import sys

import pytest
import rdflib

from esskg.errors import EsskgError, QueryError
from esskg.graph.store import memory_store
from esskg.query.results import Result
from sample import BASE

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

TABLE = f"""SELECT ?a ?aLabel ?n ?d ?day ?year ?yes ?none {{
  VALUES (?a ?aLabel ?n ?d ?day ?year ?yes ?none) {{ (
  <{BASE}/id/x> "L'été, « là »\\n\\"ici\\""@fr 3 2.5 "2023-04-18"^^xsd:date "2023"^^xsd:gYear true UNDEF
) }} }}"""
GRAPH = f"CONSTRUCT {{ <{BASE}/id/x> a ess:Network ; rdfs:label 'été'@fr }} WHERE {{}}"


def result(query: str) -> Result:
    return Result(memory_store(BASE).query(query), BASE)


def test_rows_are_python_values() -> None:
    (row,) = result(TABLE).rows
    assert row == (
        f"{BASE}/id/x", "L'été, « là »\n\"ici\"", 3, 2.5, datetime.date(2023, 4, 18), "2023", True, None,
    )  # fmt: skip


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_a_table_in_every_format_is_read_again_by_rdflib(format: str) -> None:
    if format == "tsv":
        pytest.importorskip("pyparsing")
    parsed = rdflib.query.Result.parse(io.BytesIO(result(TABLE).bytes(format)), format=format)
    (row,) = list(parsed)
    assert str(row[0]) == f"{BASE}/id/x"
    assert str(row[1]) == 'L\'été, « là »\n"ici"'


@pytest.mark.parametrize(
    ("format", "name"),
    [("table", "turtle"), ("turtle", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")],
)
def test_a_graph_in_every_format_is_read_again_by_rdflib(format: str, name: str) -> None:
    graph = rdflib.Graph().parse(data=result(GRAPH).text(format), format=name)
    assert len(graph) == 2


def test_turtle_declares_the_prefixes_that_it_uses_and_no_others() -> None:
    declared = re.findall(r"@prefix (\w+):", result(GRAPH).text("turtle"))
    assert sorted(declared) == ["ess", "rdf", "rdfs"]


def test_yes_or_no() -> None:
    yes = result("ASK {}")
    assert (yes.boolean, yes.text(), yes.rows) == (True, "yes\n", [(True,)])
    assert json.loads(yes.text("json"))["boolean"] is True
    assert result("ASK { FILTER(false) }").text() == "no\n"


@pytest.mark.parametrize(("query", "format"), [(TABLE, "turtle"), (GRAPH, "csv"), ("ASK {}", "csv")])
def test_a_format_that_does_not_fit_is_refused_with_those_that_do(query: str, format: str) -> None:
    with pytest.raises(QueryError, match=f"can't be written as {format}, only as table"):
        result(query).text(format)


def test_the_table_shows_labels_for_iris_and_short_iris() -> None:
    shown = result(
        f"SELECT * {{ VALUES (?a ?aLabel ?b ?c) {{ (<{BASE}/id/x> 'X' ess:y <{BASE}/id/z>) }} }}"
    ).text()
    assert shown.splitlines()[0].split() == ["a", "b", "c"]
    assert shown.splitlines()[2].split() == ["X", "ess:y", "id/z"]


def test_writing_gives_the_same_bytes() -> None:
    output = io.BytesIO()
    result(TABLE).write(output, "csv")
    assert output.getvalue() == result(TABLE).bytes("csv")


def test_a_data_frame_has_the_columns_and_rows() -> None:
    pytest.importorskip("pandas")
    frame = result(TABLE).to_pandas()
    assert list(frame.columns[:3]) == ["a", "aLabel", "n"]
    assert frame.n.sum() == 3


def test_without_pandas_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(EsskgError, match=r"pip install 'esskg\[notebook\]'"):
        result(TABLE).to_pandas()
