"""Actors and links between worlds: without them, parts of the network would fall away."""

from __future__ import annotations

from itertools import combinations, product

from esskg.network.blocks import Blocks, blocks_of
from esskg.network.measures.rows import kind_of, who
from esskg.network.projection import Graph
from esskg.network.simple import Simple, actors, undirected
from esskg.network.table import Table, table


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
    kinds = [{kind_of(graph, each) for each in part} for part in neighbours]
    pairs = {tuple(sorted(pair)) for a, b in combinations(kinds, 2) for pair in product(a, b)}
    worlds = ", ".join(f"{a} – {b}" for a, b in sorted(pairs) if a != b)
    return (*who(graph, node), len(sizes), sum(sizes) - max(sizes), worlds)


def bridges(graph: Graph) -> Table:
    """Pairs of actors whose link alone joins two parts of more than one actor."""
    found = blocks_of(undirected(actors(graph))).bridges()
    rows = [(*who(graph, a), *who(graph, b), side) for a, b, side in found if side > 1]
    rows.sort(key=lambda row: (-row[6], row[1], row[4], row[0], row[3]))
    return table("bridges", rows)
