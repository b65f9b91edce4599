"""Projections: made of catalogue questions, folded by what two share, never more than the graph says."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from networks import network, networks, shuffled

from esskg.errors import EsskgError
from esskg.network import measures
from esskg.network.fold import folded
from esskg.network.projection import Graph
from esskg.network.projections import projections
from esskg.project import Project

WORDS = {"fr": "partage avec", "en": "shares with"}


def test_those_who_share_become_linked_once_for_each_thing() -> None:
    graph = network([(0, 5), (1, 5), (0, 6), (1, 6), (2, 6), (3, 7)])
    found = folded(graph, "co", WORDS)
    assert sorted((a, b, data["via"]) for a, b, data in found.edges(data=True)) == [
        ("n0", "n1", "n5"), ("n0", "n1", "n6"), ("n0", "n2", "n6"), ("n1", "n2", "n6"),
    ]  # fmt: skip
    assert sorted(found) == ["n0", "n1", "n2", "n3"] and found.graph["folded"]
    other = folded(graph, "co", WORDS, onto_objects=True)
    assert sorted((a, b, data["via"]) for a, b, data in other.edges(data=True)) == [
        ("n5", "n6", "n0"), ("n5", "n6", "n1"),
    ]  # fmt: skip


@settings(deadline=None)
@given(networks)
def test_folding_is_networkxs_weighted_projection(graph: Graph) -> None:
    two: nx.Graph[tuple[str, str]] = nx.Graph()
    two.add_nodes_from([("holder", node) for node, _ in graph.edges()])
    two.add_node(("thing", "of nobody"))
    two.add_edges_from((("holder", a), ("thing", b)) for a, b in graph.edges() if a != b)
    holders = {node for node in two if node[0] == "holder"}
    expected = nx.bipartite.weighted_projected_graph(two, holders)
    found = folded(graph, "co", WORDS)
    for a, b in combinations(sorted(found), 2):
        weight = expected.get_edge_data(("holder", a), ("holder", b), {"weight": 0})["weight"]
        assert found.number_of_edges(a, b) == weight


@settings(deadline=None)
@given(networks)
def test_folding_does_not_depend_on_order(graph: Graph) -> None:
    one, other = (folded(each, "co", WORDS) for each in (graph, shuffled(graph, 3)))
    assert list(one.edges(data=True, keys=True)) == list(other.edges(data=True, keys=True))


@pytest.mark.parametrize("name", projections())
def test_every_projection_of_the_shipped_graph_can_be_measured(built: Project, name: str) -> None:
    graph = built.network(projection=name, language="en")
    for query in projections()[name].queries:
        assert query in built.catalogue
    for table in measures.tables(graph, ["size", "degree", "communities"]):
        assert table.parameters is not None
    for *_, data in graph.edges(data=True):
        assert data["evidence"], "every link, folded or not, leads to sentences"


def test_interlocks_share_people_that_sit_in_both(built: Project) -> None:
    seats, interlocks = (built.network(projection=name) for name in ("seats", "interlocks"))
    assert interlocks.number_of_edges() > 0
    for a, b, data in interlocks.edges(data=True):
        assert seats.has_edge(data["via"], a) and seats.has_edge(data["via"], b)


def test_measures_of_direction_do_not_fit_a_folded_network(built: Project) -> None:
    with pytest.raises(EsskgError, match="no measure 'pagerank'"):
        built.analyse(measures=["pagerank"], projection="co-funding")
    with pytest.raises(EsskgError, match="no projection 'interlock'"):
        built.analyse(projection="interlock")


def test_the_shipped_graph_gives_the_same_tables_in_any_order(built: Project) -> None:
    graph = built.network(language="en")
    names = ["beyond_degree", "stability", "matches", "rollup", "brokerage", "holes"]
    assert measures.tables(shuffled(graph, 7), names) == measures.tables(graph, names)
