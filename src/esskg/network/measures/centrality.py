"""How central actors are: by their neighbours, by the paths they stand on, by who leads to them."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import rustworkx as rx

from esskg.network.measures.rows import label, ordered, ranked, rounded, who
from esskg.network.projection import Graph
from esskg.network.simple import (
    Directed,
    Simple,
    actors,
    directed,
    to_rustworkx,
    to_rustworkx_directed,
    undirected,
)
from esskg.network.table import Table, table

DAMPING = 0.85
RUSTWORKX_ABOVE = 800
"""Nodes beyond which exact betweenness takes networkx more than a few seconds."""


def degree(graph: Graph) -> Table:
    """Neighbours and statements of each actor; a loop counts as a statement but makes no neighbour."""
    between = actors(graph)
    simple = undirected(between)
    outgoing, incoming = Counter(a for a, _ in between.edges()), Counter(b for _, b in between.edges())
    scores = {node: (simple.degree[node], outgoing[node] + incoming[node]) for node in simple}
    order = sorted(simple, key=lambda node: (*(-score for score in scores[node]), label(graph, node), node))
    return table(
        "degree", ((*who(graph, node), *scores[node], outgoing[node], incoming[node]) for node in order)
    )


def betweenness(graph: Graph) -> Table:
    """Exact betweenness centrality of actors, normalised."""
    return table("betweenness", ranked(graph, betweenness_of(undirected(actors(graph)))))


def betweenness_of(simple: Simple) -> dict[str, float]:
    """By networkx, or for large networks by rustworkx."""
    if len(simple) <= RUSTWORKX_ABOVE:
        return dict(nx.betweenness_centrality(simple))
    return betweenness_fast(simple)


def betweenness_fast(simple: Simple) -> dict[str, float]:
    """By rustworkx on one thread, whose sums have a fixed order."""
    scores = rx.graph_betweenness_centrality(to_rustworkx(simple), parallel_threshold=len(simple) + 1)
    return {node: scores[index] for index, node in enumerate(simple)}


def pagerank(graph: Graph) -> Table:
    """PageRank of actors on directed, weighted statements."""
    return table("pagerank", ranked(graph, pagerank_of(directed(actors(graph)))), damping=DAMPING)


def pagerank_of(simple: Directed) -> dict[str, float]:
    """By rustworkx at any size: networkx needs SciPy for it, and the results are the same."""
    if not simple:
        return {}
    scores = rx.pagerank(
        to_rustworkx_directed(simple), alpha=DAMPING, weight_fn=float, tol=1e-12, max_iter=1000
    )
    return {node: scores[index] for index, node in enumerate(simple)}


def hits(graph: Graph) -> Table:
    """Hubs and authorities of Kleinberg among actors, on directed, weighted statements."""
    hubs, authorities = hits_of(directed(actors(graph)))
    rows = [(*who(graph, node), rounded(hubs[node]), rounded(authorities[node])) for node in hubs]
    rows = [row for row in rows if row[3] or row[4]]
    return table("hits", ordered(rows, 3, 4))


def hits_of(simple: Directed) -> tuple[dict[str, float], dict[str, float]]:
    """Scores as hub and as authority, each summing to 1; by rustworkx for the reason of `pagerank_of`."""
    if not simple.number_of_edges():
        return {}, {}
    found = rx.hits(to_rustworkx_directed(simple), weight_fn=float, tol=1e-12, max_iter=10_000)
    hubs, authorities = ({node: scores[index] for index, node in enumerate(simple)} for scores in found)
    return hubs, authorities
