"""The W3C's SPARQL 1.1 syntax tests: our store accepts what is right and names the place of what is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from esskg.errors import QueryError
from esskg.graph.store import memory_store

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
GROUPS = "syntax-query", "syntax-update-1", "syntax-update-2"
KNOWN = {
    "syntax-update-54.ru": "Oxigraph lets two INSERT DATA of one request share a blank node label",
}
"""Tests that fail, each with its reason."""
SYNTAX_BASE = "http://www.w3.org/tests/"


def manifests() -> list[Path]:
    """Those of the suite in ESSKG_W3C_TESTS; none without it."""
    folder = os.environ.get("ESSKG_W3C_TESTS")
    root = Path(folder) if folder else None
    return (
        [path for name in GROUPS for path in sorted(root.rglob(f"sparql11/{name}/manifest.ttl"))]
        if root
        else []
    )


def listed(manifest: Path) -> Iterator[tuple[URIRef, Path]]:
    """Kind and query file of each test."""
    graph = Graph().parse(manifest, publicID=manifest.as_uri())
    for test, query in sorted(graph.subject_objects(MF.action)):
        for kind in graph.objects(test, RDF.type):
            yield URIRef(kind), manifest.parent / Path(str(query)).name


def refusal(kind: URIRef, text: str) -> QueryError | None:
    """What the store says against a query or update; None where it takes it."""
    with memory_store(SYNTAX_BASE) as store:
        try:
            if "Update" in kind:
                store.update(f"BASE <{SYNTAX_BASE}>\n{text}")
            else:
                store.query(f"BASE <{SYNTAX_BASE}>\n{text}")
        except QueryError as error:
            return (
                error if error.line else None
            )  # well-formed, but about a function or graph that isn't there


def is_misjudged(kind: URIRef, path: Path) -> bool:
    text = path.read_text("utf-8")
    if {"LOAD", "SERVICE"} & set(text.upper().split()):
        return False  # refused on purpose: it would fetch from elsewhere
    error = refusal(kind, text)
    return (error is None) if "Negative" in kind else (error is not None)


@pytest.mark.skipif(not manifests(), reason="ESSKG_W3C_TESTS names no folder with the W3C test suite")
@pytest.mark.parametrize("manifest", manifests(), ids=lambda path: path.parent.name)
def test_the_store_takes_what_is_sparql_and_nothing_else(manifest: Path) -> None:
    judged = [(kind, path) for kind, path in listed(manifest) if "Syntax" in kind]
    assert len(judged) > 0
    misjudged = {path.name for kind, path in judged if is_misjudged(kind, path)}
    assert misjudged == KNOWN.keys() & {path.name for _, path in judged}
