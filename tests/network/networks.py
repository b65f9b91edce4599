"""Networks for laws: random ones with the attributes of a projection, and the same ones in another order."""

from __future__ import annotations

import random

import networkx as nx
from hypothesis import strategies as st

from esskg.network.projection import Graph

TYPES = ("Network", "PublicBody", "SocialEconomyEnterprise", "Person")


def network(edges: list[tuple[int, int]], nodes: int = 0) -> Graph:
    """Actors n0, n1 … of four types in turn, and a partnership for each pair."""
    graph: Graph = nx.MultiDiGraph()
    for number in range(max([nodes, *(max(edge) + 1 for edge in edges)])):
        type_ = TYPES[number % len(TYPES)]
        graph.add_node(f"n{number}", label=f"Actor {number}", label_language="en", type=type_, documents=1)
    for index, (a, b) in enumerate(edges):
        graph.add_edge(f"n{a}", f"n{b}", key=f"s{index}", **statement(f"s{index}"))
    return graph


def statement(id_: str) -> dict[str, object]:
    return {
        "id": id_,
        "relation": "partnersWith",
        "label_fr": "est partenaire de",
        "label_en": "is a partner of",
        "confidence": 0.9,
        "evidence": (),
    }


def shuffled(graph: Graph, seed: int) -> Graph:
    """The same nodes and edges, met in another order."""
    order = random.Random(seed)
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))
    order.shuffle(nodes)
    order.shuffle(edges)
    other: Graph = nx.MultiDiGraph()
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    return other


pairs = st.tuples(st.integers(0, 14), st.integers(0, 14))
networks = st.builds(network, st.lists(pairs, min_size=1, max_size=40))


def scale_free(nodes: int, seed: int = 1) -> Graph:
    """A network with hubs, as real ones have."""
    return network(list(nx.barabasi_albert_graph(nodes, 2, seed=seed).edges()))
