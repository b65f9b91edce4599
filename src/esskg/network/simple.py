"""Plain graphs made of a projection, in an order that depends on the keys alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

import networkx as nx
import rustworkx as rx

from esskg.model import ORGANIZATION_TYPES, EntityType
from esskg.network.projection import Graph

Simple: TypeAlias = "nx.Graph[str]"
Directed: TypeAlias = "nx.DiGraph[str]"

ACTORS = frozenset({*ORGANIZATION_TYPES, EntityType.PERSON})


def undirected(graph: Graph) -> Simple:
    """One edge between any two linked entities, weighing as much as statements link them; no loops."""
    simple: Simple = nx.Graph()
    simple.add_nodes_from(sorted(graph))
    pairs = Counter((min(a, b), max(a, b)) for a, b in graph.edges() if a != b)
    simple.add_weighted_edges_from((a, b, float(pairs[a, b])) for a, b in sorted(pairs))
    return simple


def directed(graph: Graph) -> Directed:
    """One edge in each direction that statements go, weighing as much as they are; no loops."""
    simple: Directed = nx.DiGraph()
    simple.add_nodes_from(sorted(graph))
    pairs = Counter((a, b) for a, b in graph.edges() if a != b)
    simple.add_weighted_edges_from((a, b, float(pairs[a, b])) for a, b in sorted(pairs))
    return simple


def actors(graph: Graph) -> Graph:
    """The organisations and people, with the relations that link them directly."""
    return restricted(graph, (node for node in graph if graph.nodes[node]["type"] in ACTORS))


def restricted(graph: Graph, nodes: Iterable[str]) -> Graph:
    """A view of some nodes and the edges among them."""
    view: Graph = graph.subgraph(nodes)
    return view


def part(simple: Simple, nodes: Iterable[str]) -> Simple:
    """Some nodes and the edges among them as a graph of its own, in order."""
    ordered: Simple = nx.Graph()
    ordered.add_nodes_from(sorted(nodes))
    pairs = sorted((min(a, b), max(a, b)) for a, b in simple.subgraph(ordered).edges())
    ordered.add_weighted_edges_from((a, b, simple.edges[a, b]["weight"]) for a, b in pairs)
    return ordered


def components(simple: Simple) -> list[list[str]]:
    """The nodes of each connected part, sorted; the largest part first."""
    parts = [sorted(part) for part in nx.connected_components(simple)]
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def to_rustworkx(simple: Simple) -> rx.PyGraph[str, float]:
    """The same graph for rustworkx; its node indices follow the order of the nodes."""
    index = {node: position for position, node in enumerate(simple)}
    graph: rx.PyGraph[str, float] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(list(simple))
    graph.add_edges_from([(index[a], index[b], simple.edges[a, b]["weight"]) for a, b in simple.edges()])
    return graph


def to_rustworkx_directed(simple: Directed) -> rx.PyDiGraph[str, float]:
    """The same directed graph for rustworkx; its node indices follow the order of the nodes."""
    index = {node: position for position, node in enumerate(simple)}
    graph: rx.PyDiGraph[str, float] = rx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(list(simple))
    graph.add_edges_from([(index[a], index[b], simple.edges[a, b]["weight"]) for a, b in simple.edges()])
    return graph
