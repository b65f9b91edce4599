"""One interface, four places: on disk, in memory, at an endpoint, at one whose default graph is the union."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, RdfFormat

from esskg.config import StoreSettings
from esskg.errors import QueryError, StoreError
from esskg.graph.store import Store, memory_store, open_store

BASE = "https://example.org/kg"
FINANCES = NamedNode("https://w3id.org/esskg/ontology#finances")
ONE, TWO, THREE = (NamedNode(f"{BASE}/id/{name}") for name in ("one", "two", "three"))
DOCUMENT = NamedNode(f"{BASE}/graph/document/fr-1")
DATA = [
    Quad(ONE, FINANCES, TWO),
    Quad(
        ONE, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal("L'« Été »\n\\", language="fr")
    ),
    Quad(ONE, FINANCES, TWO, DOCUMENT),
    Quad(ONE, FINANCES, THREE, DOCUMENT),
]
PAIRS = "SELECT ?funder ?recipient WHERE { ?funder ess:finances ?recipient } ORDER BY ?recipient"
Open = Callable[..., Store]


@pytest.fixture(params=["embedded", "memory", "endpoint", "union_endpoint"])
def settings(request: pytest.FixtureRequest) -> StoreSettings:
    kind = request.param
    return request.getfixturevalue(kind) if "endpoint" in kind else StoreSettings(kind=kind)


@pytest.fixture
def opened(settings: StoreSettings, tmp_path: Path) -> Open:
    """Opens the store of the settings, in a folder of the test's own."""

    def open_(**options: bool) -> Store:
        return open_store(settings, tmp_path / "store", base=BASE, **options)

    return open_


@pytest.fixture
def filled(opened: Open) -> Store:
    with opened() as store:
        store.load(DATA)
    return opened(read_only=True)


def rows(store: Store, query: str, **options: object) -> list[tuple[str, ...]]:
    found = store.query(query, **options)
    assert isinstance(found, QuerySolutions)
    return [tuple(str(term) for term in row) for row in found]


def dump(store: Store, format: RdfFormat = RdfFormat.N_QUADS, **options: object) -> list[bytes]:
    output = io.BytesIO()
    store.dump(output, format, **options)
    return sorted(output.getvalue().splitlines())


def test_the_default_graph_is_the_merged_one_and_not_the_union(filled: Store) -> None:
    assert rows(filled, PAIRS) == [(str(ONE), str(TWO))]


def test_named_graphs_are_asked_by_their_names(filled: Store) -> None:
    query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ess:finances ?o } } GROUP BY ?g"
    assert rows(filled, query) == [(str(DOCUMENT), '"2"^^<http://www.w3.org/2001/XMLSchema#integer>')]


def test_a_query_may_name_its_own_dataset(filled: Store) -> None:
    assert len(rows(filled, PAIRS.replace("WHERE", f"FROM {DOCUMENT} WHERE"))) == 2
    assert len(rows(filled, PAIRS, default_graphs=[DOCUMENT.value])) == 2


def test_a_graph_whose_name_is_no_iri_is_refused() -> None:
    with pytest.raises(QueryError, match="'a b' is not an IRI"):
        memory_store(BASE).query(PAIRS, default_graphs=["a b"])


def test_both_graphs_join_in_one_query(filled: Store) -> None:
    query = f"SELECT ?o WHERE {{ ?s ess:finances {TWO} . GRAPH {DOCUMENT} {{ ?s ess:finances ?o }} }}"
    assert sorted(rows(filled, query)) == [(str(THREE),), (str(TWO),)]


def test_asking_and_constructing_give_the_same_types_everywhere(filled: Store) -> None:
    local = memory_store(BASE)
    for query in ("ASK { ?s ess:finances ?o }", "CONSTRUCT WHERE { ?s ess:finances ?o }", PAIRS):
        assert type(filled.query(query)) is type(local.query(query))
    assert bool(filled.query("ASK { ?s ess:finances ?o }"))
    assert [triple.object for triple in filled.query("CONSTRUCT WHERE { ?s ess:finances ?o }")] == [TWO]


def test_what_is_dumped_is_what_was_loaded(filled: Store) -> None:
    expected = memory_store(BASE)
    expected.load(DATA)
    assert dump(filled) == dump(expected)
    assert dump(filled, RdfFormat.N_TRIPLES) == dump(expected, RdfFormat.N_TRIPLES)
    assert len(dump(filled, RdfFormat.N_TRIPLES, graph=DOCUMENT)) == 2
    assert filled.graphs() == [DOCUMENT.value]


def test_a_new_dataset_takes_the_place_of_the_old(filled: Store, opened: Open) -> None:
    with opened() as store:
        store.clear()
        store.load([Quad(TWO, FINANCES, THREE)])
    again = opened(read_only=True)
    assert rows(again, PAIRS) == [(str(TWO), str(THREE))]
    assert again.graphs() == []


def test_a_syntax_error_has_its_line_and_column(filled: Store) -> None:
    with pytest.raises(QueryError) as refused:
        filled.query("SELECT ?a {\n  ?a nowhere:b ?c }")
    assert (refused.value.line, refused.value.column) == (2, 15)
    assert "Prefix not found near “nowhere:b ?c }”" in str(refused.value)


def test_reading_only_means_it(filled: Store) -> None:
    for write in (lambda: filled.load(DATA), filled.clear, lambda: filled.update("DROP ALL")):
        with pytest.raises(StoreError, match="reading only"):
            write()


@pytest.mark.parametrize("kind", ["memory", "endpoint", "union_endpoint"])
def test_a_failed_build_leaves_the_old_dataset(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    settings = request.getfixturevalue(kind) if kind != "memory" else StoreSettings(kind="memory")
    with open_store(settings, tmp_path / "store", base=BASE) as store:
        store.load(DATA)
    with pytest.raises(ZeroDivisionError), open_store(settings, tmp_path / "store", base=BASE) as store:
        store.clear()
        store.load([Quad(TWO, FINANCES, THREE)])
        raise ZeroDivisionError
    again = open_store(settings, tmp_path / "store", base=BASE, read_only=True)
    assert rows(again, PAIRS) == [(str(ONE), str(TWO))]


def test_a_replacement_that_was_cut_short_leaves_nothing_behind(
    union_endpoint: StoreSettings, tmp_path: Path
) -> None:
    from esskg.graph.remote import RemoteStore

    remote = RemoteStore(union_endpoint, BASE)
    remote.update(f"INSERT DATA {{ GRAPH <{BASE}/staging/7> {{ {ONE} ess:finances {THREE} }} }}")
    assert f"{BASE}/staging/7" not in remote.graphs()
    remote.replace(DATA)
    assert not remote.query(f"ASK {{ GRAPH <{BASE}/staging/7> {{ ?s ?p ?o }} }}", named_graphs=[])
    assert rows(remote, PAIRS) == [(str(ONE), str(TWO))]


def test_graphs_of_others_at_the_same_endpoint_stay(endpoint: StoreSettings) -> None:
    from esskg.graph.remote import RemoteStore

    remote = RemoteStore(endpoint, BASE)
    remote.update(
        "INSERT DATA { GRAPH <https://example.com/theirs> { <https://example.com/a> a ess:Event } }"
    )
    remote.replace(DATA)
    remote.clear()
    assert remote.graphs() == ["https://example.com/theirs"]
    remote.update("DROP GRAPH <https://example.com/theirs>")


def test_blank_nodes_stay_one_over_several_requests(
    endpoint: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from esskg.graph import remote

    monkeypatch.setattr(remote, "CHUNK", 1)
    store = remote.RemoteStore(endpoint, BASE)
    store.replace([Quad(BlankNode("x"), FINANCES, ONE), Quad(TWO, FINANCES, BlankNode("x"), DefaultGraph())])
    assert rows(store, f"SELECT ?end WHERE {{ {TWO} ess:finances/ess:finances ?end }}") == [(str(ONE),)]


def test_the_where_of_an_update_sees_the_merged_graph(union_endpoint: StoreSettings) -> None:
    from esskg.graph.remote import RemoteStore

    store = RemoteStore(union_endpoint, BASE)
    store.replace(DATA)
    target = f"{BASE}/graph/inferences"
    store.update(f"INSERT {{ GRAPH <{target}> {{ ?o ess:financedBy ?s }} }} WHERE {{ ?s ess:finances ?o }}")
    assert len(dump(store, RdfFormat.N_TRIPLES, graph=NamedNode(target))) == 1


def test_an_endpoint_that_is_away_is_named(tmp_path: Path) -> None:
    settings = StoreSettings(kind="remote", query="http://127.0.0.1:9/q", update="http://127.0.0.1:9/u")
    with pytest.raises(StoreError, match=r"http://127\.0\.0\.1:9/q doesn't answer"):
        open_store(settings, tmp_path, base=BASE, read_only=True).query("ASK {}")


def test_a_missing_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing here"):
        open_store(StoreSettings(), tmp_path / "nothing here", base=BASE, read_only=True)


def test_opening_and_asking_is_cheap(opened: Open, filled: Store) -> None:
    started = time.process_time()
    rows(opened(read_only=True), PAIRS)
    assert time.process_time() - started < 0.15


def test_a_blank_node_stays_one_however_the_quads_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("esskg.graph.local._CHUNK", 1)
    blank = BlankNode("same")
    with memory_store("https://example.org") as store:
        store.load([Quad(ONE, FINANCES, blank), Quad(TWO, FINANCES, THREE), Quad(blank, FINANCES, THREE)])
        found = store.query("SELECT ?x { ?x ess:finances/ess:finances ?y }")
        assert len(list(found)) == 1
