"""Cores, holes, brokers, hubs and chance: equal to networkx and to what hand-made networks must give."""

from __future__ import annotations

import math
import random
from collections import Counter

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import network, networks, scale_free
from networkx.algorithms.link_analysis.hits_alg import _hits_python

from esskg.network import measures
from esskg.network.measures.brokerage import ROLES, roles_of
from esskg.network.measures.centrality import betweenness_fast, hits_of
from esskg.network.measures.cohesion import mixing_of, triangles
from esskg.network.measures.communities import rand_index
from esskg.network.measures.null import SAMPLES, samples
from esskg.network.projection import Graph
from esskg.network.simple import actors, directed, undirected
from esskg.network.table import Table

# Types go round: n0 Network, n1 PublicBody, n2 SocialEconomyEnterprise, n3 Person, n4 Network …


def row(table: Table, entity: str) -> dict[str, object]:
    return next(dict(record) for record in table.records() if record["entity"] == entity)


@settings(deadline=None)
@given(networks)
def test_cohesion_is_that_of_networkx(graph: Graph) -> None:
    simple = undirected(graph)
    expected = nx.triangles(simple), nx.clustering(simple), nx.core_number(simple)
    for found in measures.cohesion(graph).records():
        node = str(found["entity"])
        assert triangles(simple, node) == expected[0][node] == found["triangles"]
        assert found["clustering"] == pytest.approx(expected[1][node])
        assert found["core"] == expected[2][node]


@settings(deadline=None)
@given(networks)
def test_holes_are_those_of_networkx(graph: Graph) -> None:
    simple = undirected(graph)
    constraint, effective = nx.constraint(simple, weight="weight"), nx.effective_size(simple)
    for found in measures.holes(graph).records():
        assert found["constraint"] == pytest.approx(constraint[found["entity"]])
        assert found["effective"] == pytest.approx(effective[found["entity"]])


def test_who_links_strangers_is_least_constrained() -> None:
    star_and_triangle = network([(0, 1), (0, 2), (0, 3), (4, 5), (5, 6), (6, 4)])
    table = measures.holes(star_and_triangle)
    assert row(table, "n0")["constraint"] == pytest.approx(1 / 3)  # three contacts, (1/3)² each
    assert row(table, "n0")["effective"] == 3
    assert row(table, "n5")["constraint"] == pytest.approx(2 * (1 / 2 + 1 / 4) ** 2)


@settings(deadline=None)
@given(networks)
def test_mixing_is_newmans_coefficient(graph: Graph) -> None:
    simple = undirected(graph)
    kinds = {node: str(graph.nodes[node]["type"]) for node in simple}
    found = mixing_of(simple, kinds)
    if found is not None:
        nx.set_node_attributes(simple, kinds, "type")
        assert found == pytest.approx(nx.attribute_assortativity_coefficient(simple, "type"), abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rustworkx_gives_the_hubs_and_paths_of_networkx(seed: int) -> None:
    graph = scale_free(80, seed)
    simple = directed(actors(graph))
    for found, expected in zip(
        hits_of(simple), _hits_python(simple, max_iter=10_000, tol=1e-12), strict=True
    ):
        assert found == pytest.approx(expected, abs=1e-6)
    paths = undirected(graph)
    assert betweenness_fast(paths) == pytest.approx(nx.betweenness_centrality(paths), abs=1e-12)


BROKERS = [
    ([(0, 4), (4, 8)], "coordinator"),  # three networks
    ([(0, 1), (1, 4)], "itinerant"),  # network – public body – network
    ([(1, 0), (0, 4)], "gatekeeper"),  # public body – network – network
    ([(0, 4), (4, 1)], "representative"),  # network – network – public body
    ([(0, 1), (1, 2)], "liaison"),
]


@pytest.mark.parametrize(("edges", "role"), BROKERS, ids=[role for _, role in BROKERS])
def test_each_role_of_gould_and_fernandez(edges: list[tuple[int, int]], role: str) -> None:
    (found,) = measures.brokerage(network(edges)).records()
    assert (found["entity"], found["total"]) == (f"n{edges[0][1]}", 1)
    assert found[role] == 1


def test_nobody_is_a_broker_where_a_direct_link_leads_past() -> None:
    assert measures.brokerage(network([(0, 1), (1, 2), (0, 2)])).rows == ()


@settings(deadline=None)
@given(networks)
def test_roles_add_up_to_the_open_paths(graph: Graph) -> None:
    simple = directed(graph)
    kinds = {node: str(graph.nodes[node]["type"]) for node in simple}
    for node in simple:
        counts = roles_of(simple, kinds, node)
        paths = [
            (a, c) for a in simple.predecessors(node) for c in simple.successors(node)
            if a != c and not simple.has_edge(a, c)
        ]  # fmt: skip
        assert counts.total() == len(paths) and set(counts) <= set(ROLES)


@settings(max_examples=20, deadline=None)
@given(networks, st.integers(0, 1000))
def test_random_networks_keep_every_degree(graph: Graph, seed: int) -> None:
    simple = undirected(graph)
    found = list(samples(simple, seed))
    assert len(found) == SAMPLES
    for sample in found[:: SAMPLES // 5]:
        assert dict(sample.degree()) == dict(simple.degree())
        assert not list(nx.selfloop_edges(sample))


def test_random_networks_forget_where_links_were() -> None:
    ring = network([(n, (n + 1) % 12) for n in range(12)])
    seen = Counter(tuple(sorted(sample.edges())) for sample in samples(undirected(ring)))
    assert len(seen) > SAMPLES / 2


def test_two_cliques_are_beyond_chance_and_so_is_who_joins_them() -> None:
    cliques = [(a, b) for start in (0, 8) for a in range(start, start + 8) for b in range(a + 1, start + 8)]
    graph = network([*cliques, (0, 20), (20, 8)])
    chance = {str(each["measure"]): each for each in measures.beyond_chance(graph).records()}
    assert float(str(chance["transitivity"]["score"])) > 2
    assert chance["transitivity"]["share"] == pytest.approx(1 / (SAMPLES + 1))
    first, *_ = measures.beyond_degree(graph).records()
    assert first["entity"] == "n20" and float(str(first["score"])) > 2


def test_communities_that_nothing_blurs_are_stable() -> None:
    cliques = [(a, b) for start in (0, 6) for a in range(start, start + 6) for b in range(a + 1, start + 6)]
    whole, *each = measures.stability(network([*cliques, (0, 6)])).records()
    assert whole["together"] == 1 and [found["together"] for found in each] == [1, 1]
    assert float(str(whole["modularity"])) > 0.4


partitions = st.lists(st.integers(0, 3), min_size=2, max_size=20)


@settings(deadline=None)
@given(partitions, st.randoms())
def test_agreement_of_partitions(labels: list[int], chance: random.Random) -> None:
    def parts(labels: list[int]) -> list[list[str]]:
        return [[str(n) for n, each in enumerate(labels) if each == label] for label in sorted(set(labels))]

    shuffled = chance.sample(labels, len(labels))
    assert rand_index(parts(labels), parts(labels)) == 1
    one, other = (rand_index(*pair) for pair in (
        (parts(labels), parts(shuffled)), (parts(shuffled), parts(labels)))
    )  # fmt: skip
    assert math.isclose(one, other) and one <= 1 + 1e-12
