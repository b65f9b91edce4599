"""Versions: listed, compared, told of in feeds, and asked for as long as they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
import rdflib
import serving

import sample
from esskg.graph.changes import changes
from esskg.graph.history import Entry, History
from esskg.model import RelationType
from esskg.project import open_project

ATOM = {"a": "http://www.w3.org/2005/Atom"}
NEW = sample.statement(
    "confluence",
    RelationType.FINANCES,
    "strategie",
    sample.words(sample.FRENCH, "Le Réseau Confluence compte"),
)


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Entry]]:
    """A project with two versions, noted as a build notes them, oldest first."""
    root, known = tmp_path_factory.mktemp("versions"), serving.knowledge()
    first = serving.publish(root, known)
    second = serving.publish(root, replace(known, statements=(*known.statements, NEW)), inputs="2")
    project, history = open_project(root), History(root / "build")
    with project.at(first.id) as before, project.at(second.id) as after:
        found = changes(before.store, after.store)
    return root, [history.add(first, None, None), history.add(second, first, found)]


@pytest.fixture(scope="module")
def client(entries: tuple[Path, list[Entry]]) -> Iterator[httpx.Client]:
    with serving.served(entries[0]) as address, httpx.Client(base_url=address, timeout=30) as opened:
        yield opened


@pytest.fixture(scope="module")
def first(entries: tuple[Path, list[Entry]]) -> Entry:
    return entries[1][0]


@pytest.fixture(scope="module")
def second(entries: tuple[Path, list[Entry]]) -> Entry:
    return entries[1][1]


ASKED = {"query": "ASK { ?s rdf:predicate ess:finances ; rdf:object/rdfs:label 'Stratégie des Rives'@fr }"}


def test_a_kept_version_is_asked_by_its_id(client: httpx.Client, first: Entry, second: Entry) -> None:
    assert client.get("/sparql", params=ASKED).json()["boolean"]
    assert client.get("/sparql", params=ASKED | {"version": second.id}).json()["boolean"]
    assert not client.get("/sparql", params=ASKED | {"version": first.id[:6]}).json()["boolean"]
    now = client.get("/api/entity/strategie").json()["statements"]
    then = client.get("/api/entity/strategie", params={"version": first.id}).json()["statements"]
    assert len(now) == len(then) + 1


def test_a_page_of_an_earlier_version_says_so(client: httpx.Client, first: Entry) -> None:
    then = client.get("/en/entity/strategie", params={"version": first.id}).text
    assert "earlier version" in then and "earlier version" not in client.get("/en/entity/strategie").text


@pytest.mark.parametrize("address", ["/sparql", "/api/query/who-finances-whom", "/en/entity/strategie"])
def test_a_version_that_is_not_kept_is_not_found(client: httpx.Client, address: str) -> None:
    answer = client.get(
        address, params=ASKED | {"version": "0000"} if "sparql" in address else {"version": "0000"}
    )
    assert answer.status_code == 404 and "is kept" in answer.json()["detail"]


def test_the_page_of_data_lists_versions_with_what_changed(client: httpx.Client, second: Entry) -> None:
    page = client.get("/en/data").text
    assert f"/en/version/{second.name}" in page
    assert "Statements: 1 added, 0 removed, 0 changed." in page


def test_the_page_of_a_version_quotes_what_is_new(client: httpx.Client, first: Entry, second: Entry) -> None:
    page = client.get(f"/fr/version/{second.name}").text
    assert "Le Réseau Confluence compte plus de 120 membres à Port-Rive." in page
    assert f"?since={first.id}" in page
    turned = client.get(f"/en/version/{first.name}.json", params={"since": second.id}).json()
    assert turned["counts"]["statements"]["removed"] == 1
    assert client.get("/en/version/nothing").status_code == 404


def test_a_version_is_a_thing_with_a_page_and_rdf(client: httpx.Client, first: Entry, second: Entry) -> None:
    iri = f"/version/{second.name}"
    assert client.get(iri, headers={"Accept": "text/html"}).headers["location"] == f"/en{iri}"
    turtle = client.get(iri, headers={"Accept": "text/turtle"}, follow_redirects=True)
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    graph = rdflib.Graph().parse(data=turtle.text, format="turtle")
    before = graph.value(rdflib.URIRef(sample.BASE + iri), dcat.previousVersion)
    assert str(before) == f"{sample.BASE}/version/{first.name}"


def read(client: httpx.Client, address: str) -> list[ElementTree.Element]:
    answer = client.get(address)
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = ElementTree.fromstring(answer.content)
    assert all(feed.find(f"a:{name}", ATOM) is not None for name in ("id", "title", "updated", "author"))
    return feed.findall("a:entry", ATOM)


def test_feeds_tell_what_changed_overall_and_about_an_entity(client: httpx.Client) -> None:
    newest, oldest = read(client, "/en/feed.atom")
    assert "1 added" in newest.findtext("a:content", "", ATOM)
    assert "first version" in oldest.findtext("a:content", "", ATOM)
    (entry,) = read(client, "/fr/entity/confluence.atom")
    assert "« " not in entry.findtext("a:id", "", ATOM)
    assert "Le Réseau Confluence compte plus de 120 membres" in entry.findtext("a:content", "", ATOM)
    assert read(client, "/fr/entity/anne-lavigne.atom") == []
    assert client.get("/fr/entity/nobody.atom").status_code == 404


def test_an_entity_names_its_feed(client: httpx.Client) -> None:
    assert (
        'type="application/atom+xml" href="/fr/entity/confluence.atom"'
        in client.get("/fr/entity/confluence").text
    )
