"""From the graph to a network: what is asserted, with its evidence, around an entity or from a query."""

from __future__ import annotations

import networkx as nx
import pytest

from esskg.errors import EsskgError, QueryError
from esskg.graph.store import Store
from esskg.model import Modality, State
from esskg.network.projection import LINKED, links, project
from sample import BASE, knowledge, statements


def test_asserted_statements_between_entities_are_the_edges(sample_store: Store) -> None:
    graph = project(sample_store, base=BASE)
    expected = {
        (each.subject, each.object, each.id)
        for each in statements()
        if each.state is State.ASSERTED and each.modality is Modality.HOLDS and each.object
    }
    assert set(graph.edges(keys=True)) == expected


def test_the_bare_network_is_that_of_the_graph(sample_store: Store) -> None:
    graph, bare = project(sample_store, base=BASE), links(knowledge())
    assert set(bare) == set(graph)
    assert set(bare.edges(keys=True)) == set(graph.edges(keys=True))


def test_an_edge_carries_what_the_statement_says_and_every_sentence(sample_store: Store) -> None:
    graph = project(sample_store, base=BASE)
    (edge,) = (
        data for data in graph.get_edge_data("fonds-du-fleuve", "trois-ponts").values() if "amount" in data
    )
    assert (edge["relation"], edge["label_fr"], edge["label_en"]) == ("finances", "finance", "finances")
    assert (edge["amount"], edge["currency"], edge["qualifier"], edge["date"]) == (
        45000.0,
        "CAD",
        "exact",
        "2022",
    )
    assert [citation.text[:22] for citation in edge["evidence"]] == [
        "La Coopérative des Tro",
        "The Fleuve Fund financ",
    ]
    assert edge["evidence"][1].title == "Rives Forum: a report"


def test_evidence_of_tables_and_decisions_names_the_row(sample_store: Store) -> None:
    graph = project(sample_store, base=BASE)
    (cell,) = graph.edges["port-rive", "universite", next(iter(graph["port-rive"]["universite"]))]["evidence"]
    assert (cell.title, cell.iri) == (
        "reference/organizations.csv:12, place",
        "https://example.org/register",
    )
    _, decision = next(iter(graph["atelier-nord"]["imprimerie-sud"].values()))["evidence"]
    assert (decision.title, decision.text) == ("decisions/statements.csv:3, Une curatrice", "Acte du greffe")


@pytest.mark.parametrize(
    ("language", "label", "tag"),
    [
        ("fr", "Réseau Confluence", "fr"),
        ("en", "Confluence Network", "en"),
        ("es", "Confluence Network", "en"),
    ],
)
def test_labels_fall_back_to_english_then_any(
    sample_store: Store, language: str, label: str, tag: str
) -> None:
    nodes = project(sample_store, base=BASE, language=language).nodes
    assert (nodes["confluence"]["label"], nodes["confluence"]["label_language"]) == (label, tag)
    assert nodes["amarrage"]["label"] == "Mutuelle Amarrage"
    assert (nodes["confluence"]["type"], nodes["confluence"]["documents"]) == ("Network", 2)


def test_around_an_entity_are_its_neighbours_and_the_links_among_them(sample_store: Store) -> None:
    whole = project(sample_store, base=BASE)
    for depth in (0, 1, 2, 3):
        ego = project(sample_store, base=BASE, around=["fonds-du-fleuve"], depth=depth)
        expected = nx.ego_graph(whole, "fonds-du-fleuve", radius=depth, undirected=True)
        assert set(ego.edges(keys=True)) == set(expected.edges(keys=True))
        assert set(ego) == set(expected)


def test_a_merged_slug_leads_to_the_entity_that_stands_now(sample_store: Store) -> None:
    assert "fonds-du-fleuve" in project(sample_store, base=BASE, around=["fonds-fleuve"])


def test_an_iri_does_as_well_as_a_slug(sample_store: Store) -> None:
    assert "trois-ponts" in project(sample_store, base=BASE, around=[f"{BASE}/id/trois-ponts"])


def test_relations_and_types_narrow_the_view(sample_store: Store) -> None:
    money = project(sample_store, base=BASE, relations=["finances"])
    assert {relation for *_, relation in money.edges(data="relation")} == {"finances"}
    networks = project(sample_store, base=BASE, around=["trois-ponts"], depth=2, types=["Network"])
    assert set(networks) == {"trois-ponts", "confluence"}


def test_isolated_entities_come_on_demand(sample_store: Store) -> None:
    assert "isolee" not in project(sample_store, base=BASE)
    assert "isolee" in project(sample_store, base=BASE, isolated=True)


def test_a_select_of_two_entities_finds_the_statements_between_them(sample_store: Store) -> None:
    query = "SELECT ?to ?from { ?from ess:finances ?to }"
    graph = project(sample_store, base=BASE, query=query)
    relations = sorted(relation for *_, relation in graph.edges(data="relation"))
    assert relations == ["finances", "finances", "partnersWith", "supports"]


def test_a_row_that_no_statement_backs_is_a_bare_line(sample_store: Store) -> None:
    query = "SELECT ?a ?b { ?a ess:finances ?event . ?b ess:organizes ?event . ?b a ess:PublicBody }"
    ((*ends, data),) = project(sample_store, base=BASE, query=query).edges(data=True)
    assert ends == ["fonds-du-fleuve", "ministere"]
    assert data["relation"] == LINKED
    assert not data["evidence"]
    assert "confidence" not in data


def test_a_column_of_statements_names_the_edges(sample_store: Store) -> None:
    query = "SELECT ?s ?e { ?s a ess:Statement ; ess:confidence 0.76 ; ess:evidence ?e }"
    ((*_, relation),) = project(sample_store, base=BASE, query=query).edges(data="relation")
    assert relation == "partnersWith"


def test_a_construct_is_backed_by_the_statements_that_say_the_same(sample_store: Store) -> None:
    construct = "CONSTRUCT { ?a ess:organizes ?e . ?e ess:tookPlaceWith ?a . ?a ess:mentionedIn ?d }"
    query = construct + " WHERE { ?a ess:organizes ?e ; ess:mentionedIn ?d }"
    graph = project(sample_store, base=BASE, query=query)
    cited = {relation: bool(evidence) for _, _, relation, evidence in _with_evidence(graph)}
    assert cited == {"organizes": True, "tookPlaceWith": False, "mentionedIn": False}
    assert graph.nodes["document/rives-fr"]["label"] == "Le Forum des Rives"


def _with_evidence(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, str, object]]:
    return [(a, b, data["relation"], data["evidence"]) for a, b, data in graph.edges(data=True)]


@pytest.mark.parametrize("query", ["ASK {}", "SELECT ?label { ?x a ?label }"])
def test_a_query_without_entities_is_refused_with_a_reason(sample_store: Store, query: str) -> None:
    with pytest.raises(QueryError, match="network"):
        project(sample_store, base=BASE, query=query)


@pytest.mark.parametrize(
    ("name", "message"),
    [("nobody", "no entity nobody"), ("", "'' is neither"), ("x> } #", "'x> } #' is neither")],
)
def test_an_unknown_entity_is_named(sample_store: Store, name: str, message: str) -> None:
    with pytest.raises(EsskgError, match=message):
        project(sample_store, base=BASE, around=[name])


def test_a_query_and_a_centre_exclude_each_other(sample_store: Store) -> None:
    with pytest.raises(QueryError, match="not both"):
        project(sample_store, base=BASE, around=["confluence"], query="SELECT * {}")
