"""Measures: equal to definitions and to networkx, the same in any order, explained in both languages."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import TYPES, network, networks, scale_free, shuffled
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

from esskg.graph.store import Store
from esskg.network import measures
from esskg.network.blocks import blocks_of
from esskg.network.measures import centrality
from esskg.network.measures.communities import SEED
from esskg.network.projection import Graph, project
from esskg.network.simple import actors, directed, undirected
from esskg.network.table import Table
from sample import BASE


@pytest.fixture(scope="module")
def sector(sample_store: Store) -> Graph:
    return project(sample_store, base=BASE, isolated=True)


def column(table: Table, name: str) -> dict[object, object]:
    return {record["entity"]: record[name] for record in table.records()}


def test_size_counts_entities_actors_and_parts(sector: Graph) -> None:
    (size,) = measures.size(sector).records()
    assert (size["entities"], size["statements"], size["components"]) == (14, 17, 3)
    assert (size["actors"], size["actor_statements"]) == (11, 10)
    assert size["density"] == pytest.approx(9 / (11 * 10))
    assert size["largest"] == pytest.approx(11 / 14)


def test_degree_counts_neighbours_once_and_statements_each(sector: Graph) -> None:
    best, *_ = measures.degree(sector).records()
    assert (best["entity"], best["degree"], best["outgoing"], best["incoming"]) == ("confluence", 5, 2, 3)
    assert column(measures.degree(sector), "degree")["trois-ponts"] == 2
    assert column(measures.degree(sector), "weighted")["trois-ponts"] == 4


def test_events_and_places_do_not_link_actors(sector: Graph) -> None:
    assert "forum-des-rives" not in column(measures.betweenness(sector), "betweenness")


def test_funding_is_summed_by_currency_and_says_what_is_not_exact(sector: Graph) -> None:
    (row,) = measures.funding(sector).records()
    assert (row["entity"], row["currency"], row["amount"]) == ("fonds-du-fleuve", "CAD", 345_000.0)
    assert (row["fundings"], row["recipients"], row["inexact"]) == (2, 2, 1)


def test_funding_keeps_currencies_and_unstated_amounts_apart() -> None:
    graph = network([(0, 1), (0, 1), (0, 2), (0, 3)])
    gifts: list[dict[str, object]] = [
        {"amount": 5.0, "currency": "EUR"},
        {"amount": 7.0, "currency": "CAD"},
        {},
        {"amount": 1.0, "currency": "EUR"},
    ]
    for (*_, data), gift in zip(graph.edges(data=True), gifts, strict=True):
        data.update(gift, relation="finances")
    rows = [(row["currency"], row["fundings"], row["amount"]) for row in measures.funding(graph).records()]
    assert rows == [("CAD", 1, 7.0), ("EUR", 2, 6.0), (None, 1, None)]


def test_flows_count_statements_from_type_to_type(sector: Graph) -> None:
    rows = {(r["relation"], r["from"], r["to"]): r["statements"] for r in measures.flows(sector).records()}
    assert rows["organizes", "Network", "Event"] == 1
    assert rows["memberOf", "SocialEconomyEnterprise", "Network"] == 2
    assert sum(map(int, map(str, rows.values()))) == sector.number_of_edges()


def test_a_hinge_links_the_worlds_on_its_sides() -> None:
    chain = network([(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5)])  # a triangle with a tail
    (hinge, *_) = (row for row in measures.articulation(chain).records() if row["entity"] == "n2")
    assert (hinge["parts"], hinge["separated"]) == (2, 2)
    assert hinge["worlds"] == "Network – Person, Person – PublicBody"
    bridges = [(row["entity"], row["other_entity"], row["side"]) for row in measures.bridges(chain).records()]
    assert bridges == [("n2", "n3", 3), ("n3", "n4", 2)]


@given(networks)
def test_hinges_and_bridges_are_what_removal_shows(graph: Graph) -> None:
    simple = undirected(graph)
    blocks = blocks_of(simple)
    assert set(blocks.hinges) == set(nx.articulation_points(simple))
    for hinge in blocks.hinges:
        rest = simple.subgraph(nx.node_connected_component(simple, hinge) - {hinge})
        parts = sorted(map(len, nx.connected_components(rest)))
        assert sorted(blocks.beyond[hinge, block] for block in blocks.of[hinge]) == parts
    assert {(a, b) for a, b, _ in blocks.bridges()} == {(min(e), max(e)) for e in nx.bridges(simple)}
    for a, b, side in blocks.bridges():
        cut = nx.restricted_view(simple, [], [(a, b)])
        assert side == min(len(nx.node_connected_component(cut, end)) for end in (a, b))


@settings(max_examples=25, deadline=None)
@given(networks, st.integers())
def test_every_table_is_the_same_in_any_order(graph: Graph, seed: int) -> None:
    assert measures.tables(shuffled(graph, seed)) == measures.tables(graph)


@pytest.mark.parametrize("seed", [1, 2])
def test_rustworkx_and_networkx_agree(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    graph = scale_free(120, seed)
    reference = measures.betweenness(graph)
    monkeypatch.setattr(centrality, "RUSTWORKX_ABOVE", 0)
    assert measures.betweenness(graph) == reference
    simple = directed(actors(graph))
    expected = _pagerank_python(simple, alpha=centrality.DAMPING, tol=1e-12, max_iter=1000)
    assert centrality.pagerank_of(simple) == pytest.approx(expected, abs=1e-9)


def test_communities_find_two_cliques_and_leave_the_isolated_out() -> None:
    def clique(members: range) -> list[tuple[int, int]]:
        return [(a, b) for a in members for b in members if a < b]

    graph = network([*clique(range(5)), *clique(range(5, 9)), (0, 5)], nodes=10)
    table = measures.communities(graph)
    assert sorted(column(table, "community").items(), key=str) == [
        (f"n{n}", 1 if n < 5 else 2) for n in range(9)
    ]
    assert table.parameters == {"seed": SEED, "resolution": 1.0}


def test_tables_do_not_depend_on_the_hash_seed() -> None:
    code = "from networks import scale_free; from esskg.network import measures; " \
        "print(measures.tables(scale_free(60)))"  # fmt: skip
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_assortativity_is_newmans() -> None:
    same = network([(0, 4), (1, 5), (2, 6)])
    (overall, *_) = measures.assortativity(same).records()
    assert overall["coefficient"] == pytest.approx(1.0)
    (one_type, *_) = measures.assortativity(network([(0, 4)])).records()
    assert one_type["coefficient"] is None
    assert len(TYPES) == 4


def test_an_empty_network_has_empty_tables() -> None:
    for table in measures.tables(nx.MultiDiGraph()):
        assert table.rows in {(), ((0, 0, 0, 0, 0, 0, None),), (("", 0, None),)}, table.name


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_table_is_explained(sector: Graph, language: str) -> None:
    for table in measures.tables(sector):
        assert len(table.headings(language)) == len(table.columns)
        assert all(len(row) == len(table.columns) for row in table.rows)
        for words in (table.title, table.definition, table.caution):
            assert len(words(language)) >= 5
        assert table.formula and table.source
        assert table.to_json()["rows"] == table.records()
    assert measures.size(sector).title("fr") != measures.size(sector).title("en")
