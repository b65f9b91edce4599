"""Values of parameters become terms of their type, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from esskg.errors import QueryError
from esskg.query.catalogue import parse
from esskg.query.parameters import Reader, bind
from esskg.query.question import Parameter, Query
from esskg.query.search import Index
from sample import BASE

READER = Reader(BASE)
WORDS = {"fr": "x", "en": "x"}


def query(type_: str, body: str = "SELECT ?x WHERE { VALUES ?x { UNDEF } }", **more: Any) -> Query:
    return Query("q", body, parameters=(Parameter("x", type_, WORDS, **more),))


def value(type_: str, text: object, reader: Reader = READER) -> object:
    """What the parameter is bound to when the query runs."""
    (row,) = Store().query(bind(query(type_), {"x": text}, reader))
    return row["x"]


@pytest.mark.parametrize(
    ("type_", "text", "expected"),
    [
        ("string", 'a "quoted" \\ } ?y', Literal('a "quoted" \\ } ?y')),
        ("integer", 12, Literal(12)),
        ("decimal", "0.75", Literal("0.75", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))),
        ("date", "2023-04", Literal("2023-04")),
        ("language", "fr-CA", Literal("fr-CA")),
        ("class", "Network", NamedNode("https://w3id.org/esskg/ontology#Network")),
        ("property", "ess:finances", NamedNode("https://w3id.org/esskg/ontology#finances")),
        ("iri", "dcterms:title", NamedNode("http://purl.org/dc/terms/title")),
        ("document", "fr-1", NamedNode(f"{BASE}/document/fr-1")),
        ("statement", "0a1b", NamedNode(f"{BASE}/statement/0a1b")),
        ("entity", f"{BASE}/id/confluence", NamedNode(f"{BASE}/id/confluence")),
    ],
)
def test_a_value_becomes_a_term_of_its_type(type_: str, text: object, expected: object) -> None:
    assert value(type_, text) == expected


def test_an_entity_may_be_given_by_its_name(index: Index) -> None:
    assert value("entity", "réseau CONFLUENCE", Reader(BASE, index)) == NamedNode(f"{BASE}/id/confluence")


@settings(deadline=None)
@given(st.text())
def test_no_text_gets_out_of_its_literal(text: str) -> None:
    bound = value("string", text) if text else Literal("")
    assert bound == Literal(text)


@settings(deadline=None)
@given(st.text())
def test_no_text_gets_out_of_its_iri(text: str) -> None:
    try:
        bound = value("iri", "http://example.org/" + text)
    except QueryError:
        return
    assert isinstance(bound, NamedNode)


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("integer", "1.5"),
        ("integer", "1 } ?x"),
        ("decimal", "much"),
        ("date", "2023-13"),
        ("date", "last year"),
        ("language", "fr fr"),
        ("iri", "http://a b"),
        ("class", "<x>"),
    ],
)
def test_a_value_of_another_type_is_refused(type_: str, text: str) -> None:
    with pytest.raises(QueryError, match=r"x='.*' is not"):
        value(type_, text)


def test_without_a_value_nothing_is_restricted() -> None:
    assert "VALUES" not in bind(query("string"), {}, READER)
    assert "VALUES" not in bind(query("string", default="a"), {"x": ""}, READER)


def test_the_default_stands_where_nothing_is_given() -> None:
    assert 'VALUES ?x { "a" }' in bind(query("string", default="a"), {}, READER)


def test_a_value_reaches_into_sub_queries_and_keeps_out_of_texts() -> None:
    body = "SELECT ?x { VALUES ?x { 'a' 'b' } { SELECT ?x { VALUES ?x{UNDEF} } } } # VALUES ?x { 1 }"
    bound = bind(query("integer", body), {"x": "7"}, READER)
    assert bound.count("VALUES ?x { ") == 3
    assert bound.endswith("# VALUES ?x { 1 }")
    assert len(list(Store().query(bound))) == 1


def test_paging_stands_after_its_keyword() -> None:
    paged = Query("q", "SELECT * {} LIMIT 5", parameters=(Parameter("limit", "integer", WORDS, "50"),))
    assert bind(paged, {"limit": "7"}, READER).endswith("LIMIT 7")
    assert bind(paged, {}, READER).endswith("LIMIT 50")


def test_an_unknown_parameter_is_answered_with_the_known_ones() -> None:
    with pytest.raises(QueryError, match="q has no parameter 'y': it takes x"):
        bind(query("string"), {"y": "1"}, READER)
    with pytest.raises(QueryError, match="the query has no parameter 'y': it takes none"):
        bind(parse("ASK {}"), {"y": "1"}, READER)


def test_a_missing_value_is_asked_for_with_an_example() -> None:
    with pytest.raises(QueryError, match="q needs a value for 'x', for example x=confluence"):
        bind(query("entity", example="confluence"), {}, READER)
