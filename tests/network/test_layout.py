"""Positions: one for each node, the same in any order, apart from each other."""

from __future__ import annotations

import math
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import network, networks, scale_free, shuffled

from esskg.network import layout
from esskg.network.layout import SPACING, completed, positions
from esskg.network.projection import Graph


def nearest(placed: layout.Positions) -> float:
    return min(math.dist(a, b) for a, b in combinations(placed.values(), 2))


@settings(max_examples=20, deadline=None)
@given(networks, st.integers())
def test_order_does_not_matter(graph: Graph, seed: int) -> None:
    assert positions(shuffled(graph, seed)) == positions(graph)


@pytest.mark.parametrize("nodes", [60, 600])
def test_either_library_gives_the_same_picture_again_with_nodes_apart(nodes: int) -> None:
    graph = scale_free(nodes)
    placed = positions(graph)
    assert placed == positions(shuffled(graph, 7))
    assert set(placed) == set(graph)
    assert nearest(placed) > SPACING / 3


def test_another_seed_gives_another_picture() -> None:
    graph = scale_free(20)
    assert positions(graph, seed=1) != positions(graph, seed=2)


def test_neighbours_are_nearer_than_strangers() -> None:
    path = network([(number, number + 1) for number in range(12)])
    placed = positions(path)
    assert math.dist(placed["n0"], placed["n1"]) < math.dist(placed["n0"], placed["n12"])


def test_parts_do_not_overlap() -> None:
    graph = network([(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (6, 7)], nodes=20)
    placed = positions(graph)
    assert nearest(placed) >= SPACING - 0.1
    width = max(x for x, _ in placed.values()) - min(x for x, _ in placed.values())
    height = max(y for _, y in placed.values()) - min(y for _, y in placed.values())
    assert width > height


def test_nodes_without_a_position_stand_below_those_that_have_one() -> None:
    graph = network([(0, 1)], nodes=4)
    given = {"n0": (5.0, 6.0), "n1": (7.0, 8.0), "elsewhere": (0.0, 900.0)}
    placed = completed(graph, given)
    assert (placed["n0"], placed["n1"]) == ((5.0, 6.0), (7.0, 8.0))
    assert set(placed) == set(graph)
    assert min(placed["n2"][1], placed["n3"][1]) > 8.0
    assert completed(graph, None) == positions(graph)


def test_an_empty_network_has_no_positions() -> None:
    assert positions(nx.MultiDiGraph()) == {}
