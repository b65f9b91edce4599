"""What the structure of the network says, each measure a table with its definition and its caution.

Measures of actors look at the direct relations between organisations and people; flows and funding at all
entities. Numbers are rounded to 12 digits and ties are ordered by name, so that the same network gives the
same table in whatever order it was made and whichever library computed it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations, product

import networkx as nx
import rustworkx as rx

from esskg.model import Qualifier, RelationType
from esskg.network.blocks import Blocks, blocks_of
from esskg.network.projection import Graph
from esskg.network.simple import (
    Directed,
    Simple,
    actors,
    components,
    directed,
    to_rustworkx,
    to_rustworkx_directed,
    undirected,
)
from esskg.network.table import Cell, Table, table

SEED = 20230418
"""Of the communities, where none is given; the table records it."""
RESOLUTION = 1.0
DAMPING = 0.85
RUSTWORKX_ABOVE = 800
"""Nodes beyond which exact betweenness takes networkx more than a few seconds."""
_DIGITS = 12


def tables(graph: Graph, *, seed: int = SEED) -> list[Table]:
    """All measures of a network."""
    return [
        size(graph),
        component_sizes(graph),
        degree(graph),
        betweenness(graph),
        pagerank(graph),
        communities(graph, seed=seed),
        articulation(graph),
        bridges(graph),
        assortativity(graph),
        flows(graph),
        funding(graph),
    ]


# --- the whole ---------------------------------------------------------------------------------------


def size(graph: Graph) -> Table:
    """Entities, statements, actors, density among actors, components of the whole."""
    between_actors = actors(graph)
    parts = components(undirected(graph))
    row = (
        graph.number_of_nodes(),
        graph.number_of_edges(),
        between_actors.number_of_nodes(),
        between_actors.number_of_edges(),
        _rounded(nx.density(directed(between_actors))),
        len(parts),
        _rounded(len(parts[0]) / len(graph)) if parts else None,
    )
    return table("size", [row])


def component_sizes(graph: Graph) -> Table:
    """The connected parts of the whole, each with the entity that has most neighbours in it."""
    simple = undirected(graph)
    rows = []
    for number, part in enumerate(components(simple), start=1):
        best = min(part, key=lambda node: (-simple.degree[node], node))
        rows.append((number, len(part), best, _label(graph, best)))
    return table("components", rows)


# --- actors ------------------------------------------------------------------------------------------


def degree(graph: Graph) -> Table:
    """Neighbours and statements of each actor; a loop counts as a statement but makes no neighbour."""
    between = actors(graph)
    simple = undirected(between)
    outgoing, incoming = Counter(a for a, _ in between.edges()), Counter(b for _, b in between.edges())
    scores = {node: (simple.degree[node], outgoing[node] + incoming[node]) for node in simple}
    ranked = sorted(simple, key=lambda node: (*(-score for score in scores[node]), _label(graph, node), node))
    return table(
        "degree", ((*_who(graph, node), *scores[node], outgoing[node], incoming[node]) for node in ranked)
    )


def betweenness(graph: Graph) -> Table:
    """Exact betweenness centrality of actors, normalised."""
    return table("betweenness", _ranked(graph, betweenness_of(undirected(actors(graph)))))


def betweenness_of(simple: Simple) -> dict[str, float]:
    """By networkx, or for large networks by rustworkx on one thread, whose sums have a fixed order."""
    if len(simple) <= RUSTWORKX_ABOVE:
        return dict(nx.betweenness_centrality(simple))
    scores = rx.graph_betweenness_centrality(to_rustworkx(simple), parallel_threshold=len(simple) + 1)
    return {node: scores[index] for index, node in enumerate(simple)}


def pagerank(graph: Graph) -> Table:
    """PageRank of actors on directed, weighted statements."""
    return table("pagerank", _ranked(graph, pagerank_of(directed(actors(graph)))), damping=DAMPING)


def pagerank_of(simple: Directed) -> dict[str, float]:
    """By rustworkx at any size: networkx needs SciPy for it, and the results are the same."""
    if not simple:
        return {}
    scores = rx.pagerank(
        to_rustworkx_directed(simple), alpha=DAMPING, weight_fn=float, tol=1e-12, max_iter=1000
    )
    return {node: scores[index] for index, node in enumerate(simple)}


def communities(graph: Graph, *, seed: int = SEED) -> Table:
    """Louvain communities of the actors that have a link, the largest first, members by weighted degree."""
    simple = undirected(actors(graph))
    rows = (
        (number, len(members), *_who(graph, node))
        for number, members in enumerate(communities_of(simple, seed), start=1)
        for node in members
    )
    return table("communities", rows, seed=seed, resolution=RESOLUTION)


def communities_of(simple: Simple, seed: int = SEED) -> list[list[str]]:
    """The communities of a graph whose nodes and edges stand in order."""
    linked: Simple = nx.Graph(simple)
    linked.remove_nodes_from(list(nx.isolates(simple)))
    if not linked:
        return []
    found = nx.community.louvain_communities(linked, weight="weight", resolution=RESOLUTION, seed=seed)
    strength = linked.degree(weight="weight")
    members = [sorted(each, key=lambda node: (-strength[node], node)) for each in found]
    return sorted(members, key=lambda each: (-len(each), each))


# --- actors between worlds ---------------------------------------------------------------------------


def articulation(graph: Graph) -> Table:
    """Actors without whom their component would fall apart, and the types they link."""
    simple = undirected(actors(graph))
    blocks = blocks_of(simple)
    rows = [_hinge(graph, simple, blocks, node) for node in blocks.hinges]
    rows.sort(key=lambda row: (-row[4], -row[3], row[1], row[0]))
    return table("articulation", rows)


def _hinge(graph: Graph, simple: Simple, blocks: Blocks, node: str) -> tuple[str, str, str, int, int, str]:
    """The row of one hinge: without it, each of its blocks is in a part of its own."""
    sizes = [blocks.beyond[node, block] for block in blocks.of[node]]
    neighbours = [
        [each for each in blocks.blocks[block] if each in simple[node]] for block in blocks.of[node]
    ]
    kinds = [{_type(graph, each) for each in part} for part in neighbours]
    pairs = {tuple(sorted(pair)) for a, b in combinations(kinds, 2) for pair in product(a, b)}
    worlds = ", ".join(f"{a} – {b}" for a, b in sorted(pairs) if a != b)
    return (*_who(graph, node), len(sizes), sum(sizes) - max(sizes), worlds)


def bridges(graph: Graph) -> Table:
    """Pairs of actors whose link alone joins two parts of more than one actor."""
    found = blocks_of(undirected(actors(graph))).bridges()
    rows = [(*_who(graph, a), *_who(graph, b), side) for a, b, side in found if side > 1]
    rows.sort(key=lambda row: (-row[6], row[1], row[4], row[0], row[3]))
    return table("bridges", rows)


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
    nx.set_node_attributes(simple, {node: _type(graph, node) for node in simple}, "type")
    linked_types = {_type(graph, node) for node in simple if simple.degree[node]}
    if len(linked_types) < 2:
        return relation, simple.number_of_edges(), None
    coefficient = nx.attribute_assortativity_coefficient(simple, "type")
    return relation, simple.number_of_edges(), _rounded(float(coefficient))


# --- flows -------------------------------------------------------------------------------------------


def flows(graph: Graph) -> Table:
    """How many statements of each relation go from one type to another."""
    counts = Counter(
        (data["relation"], _type(graph, a), _type(graph, b)) for a, b, data in graph.edges(data=True)
    )
    return table("flows", ((*key, counts[key]) for key in sorted(counts)))


def funding(graph: Graph) -> Table:
    """What each funder gives, by currency, largest number of fundings first."""
    given: defaultdict[tuple[str, str], list[tuple[str, float, bool]]] = defaultdict(list)
    for funder, recipient, data in graph.edges(data=True):
        if data["relation"] == RelationType.FINANCES:
            exact = data.get("qualifier", Qualifier.EXACT) == Qualifier.EXACT
            given[funder, data.get("currency", "")].append((recipient, data.get("amount", 0.0), exact))
    rows = [_given(graph, funder, currency, gifts) for (funder, currency), gifts in given.items()]
    rows.sort(key=lambda row: (row[3] or "~", -(row[6] or 0), row[1], row[0]))
    return table("funding", rows)


def _given(
    graph: Graph, funder: str, currency: str, gifts: list[tuple[str, float, bool]]
) -> tuple[str, str, str, str | None, int, int, float | None, int]:
    recipients = {recipient for recipient, _, _ in gifts}
    total = math.fsum(amount for _, amount, _ in gifts) if currency else None
    inexact = sum(not exact for _, _, exact in gifts)
    return (*_who(graph, funder), currency or None, len(gifts), len(recipients), total, inexact)


# --- rows --------------------------------------------------------------------------------------------


def _who(graph: Graph, node: str) -> tuple[str, str, str]:
    return node, _label(graph, node), _type(graph, node)


def _label(graph: Graph, node: str) -> str:
    return str(graph.nodes[node]["label"])


def _type(graph: Graph, node: str) -> str:
    return str(graph.nodes[node]["type"])


def _rounded(value: float) -> float:
    return round(value, _DIGITS)


def _ranked(graph: Graph, scores: dict[str, float]) -> Iterable[tuple[Cell, ...]]:
    """Actors by falling score."""
    rows = [(*_who(graph, node), _rounded(score)) for node, score in scores.items()]
    return sorted(rows, key=lambda row: (-row[3], row[1], row[0]))
