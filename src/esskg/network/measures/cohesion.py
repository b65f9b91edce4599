"""How closely actors hold together, and whether they keep to their own kind."""

from __future__ import annotations

import math
from collections import Counter

import networkx as nx

from esskg.network.measures.rows import kind_of, ordered, rounded, who
from esskg.network.projection import Graph
from esskg.network.simple import Simple, actors, undirected
from esskg.network.table import Table, table


def cohesion(graph: Graph) -> Table:
    """Of each actor with two neighbours: the core it is in, its triangles, its clustering coefficient."""
    simple = undirected(actors(graph))
    cores = nx.core_number(simple)
    rows = [
        (*who(graph, node), cores[node], degree, found, rounded(2 * found / (degree * (degree - 1))))
        for node, degree in simple.degree()
        if degree > 1
        for found in [triangles(simple, node)]
    ]
    return table("cohesion", ordered(rows, 3, 5, 4))


def triangles(simple: Simple, node: str) -> int:
    """How many pairs of a node's neighbours are linked."""
    neighbours = set(simple[node])
    return sum(len(neighbours.intersection(simple[each])) for each in neighbours) // 2


def assortativity(graph: Graph) -> Table:
    """Whether actors are linked to their own type: over all relations, then each."""
    between = actors(graph)
    relations = sorted({str(data["relation"]) for *_, data in between.edges(data=True)})
    parts = [("", between), *((each, _of_relation(between, each)) for each in relations)]
    return table("assortativity", (_mixing(graph, relation, part) for relation, part in parts))


def _of_relation(graph: Graph, relation: str) -> Graph:
    chosen: Graph = nx.MultiDiGraph()
    chosen.add_edges_from((a, b) for a, b, data in graph.edges(data=True) if data["relation"] == relation)
    return chosen


def _mixing(graph: Graph, relation: str, part: Graph) -> tuple[str, int, float | None]:
    simple = undirected(part)
    kinds = {node: kind_of(graph, node) for node in simple}
    coefficient = mixing_of(simple, kinds)
    return relation, simple.number_of_edges(), None if coefficient is None else rounded(coefficient)


def mixing_of(simple: Simple, kinds: dict[str, str]) -> float | None:
    """Newman's assortativity coefficient by type; None where all linked nodes are of one."""
    ends = Counter(kinds[node] for link in simple.edges() for node in link)
    if len(ends) < 2:
        return None
    links = simple.number_of_edges()
    same = sum(kinds[a] == kinds[b] for a, b in simple.edges()) / links
    expected = math.fsum((count / (2 * links)) ** 2 for count in ends.values())
    return (same - expected) / (1 - expected)
