"""Every IRI that the shipped graph mints answers, with RDF that speaks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import serving
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from esskg.project import Project

HTML = {"Accept": "text/html", "Accept-Language": "fr"}
TURTLE = {"Accept": "text/turtle"}
EVERYTHING = ("SELECT DISTINCT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }", "SELECT * WHERE { ?s ?p ?o }")


@pytest.fixture(scope="module")
def minted(built: Project) -> dict[str, list[str]]:
    """The IRIs below the base, by the first part of their address."""
    base = built.built().manifest.base
    nodes = {node for query in EVERYTHING for row in built.store.query(query) for node in row}
    found = defaultdict(list)
    for iri in sorted(node.value for node in nodes if isinstance(node, NamedNode)):
        if iri.startswith(f"{base}/"):
            found[iri.removeprefix(f"{base}/").split("/")[0].split("#")[0]].append(iri)
    return dict(found)


@pytest.fixture(scope="module")
def shipped(corpus: Path) -> Iterator[httpx.Client]:
    with serving.served(corpus) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def test_all_kinds_of_the_design_are_minted(minted: dict[str, list[str]]) -> None:
    kinds = {"id", "document", "statement", "relation", "evidence", "figure", "quotation", "graph", "run"}
    assert minted.keys() >= kinds | {"agent", "ontology", "vocabulary"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_iri_answers_people_and_programs(
    data: st.DataObject, minted: dict[str, list[str]], shipped: httpx.Client, built: Project
) -> None:
    kind = data.draw(st.sampled_from(sorted(minted)))
    iri = data.draw(st.sampled_from(minted[kind]))
    address = iri.removeprefix(built.built().manifest.base).split("#")[0]
    page = shipped.get(address, headers=HTML, follow_redirects=True)
    assert (page.status_code, page.headers["content-type"][:9]) == (200, "text/html"), iri
    first = shipped.get(address, headers=TURTLE)
    assert first.status_code in {200, 301, 303}, iri
    rdf = shipped.get(address, headers=TURTLE, follow_redirects=True)
    mentioned = {node for quad in parse(rdf.content, RdfFormat.TURTLE) for node in quad.triple}
    assert (rdf.status_code, NamedNode(iri) in mentioned or kind == "graph") == (200, True), iri
