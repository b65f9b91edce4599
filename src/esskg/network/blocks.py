"""Where a network would fall apart: its blocks, which no removal of one node cuts, and its hinges.

After Hopcroft & Tarjan, Algorithm 447, Communications of the ACM 16, 1973. A block of two nodes is a bridge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import networkx as nx

from esskg.network.simple import Simple

Tree: TypeAlias = "nx.Graph[str | int]"


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a network, each a sorted list of nodes, and how they hang together."""

    blocks: list[list[str]]
    of: dict[str, list[int]]
    """The blocks of each node; a hinge is in more than one."""
    total: dict[int, int]
    """How many nodes the component of each block has."""
    beyond: dict[tuple[str, int], int]
    """For a hinge and one of its blocks: how many nodes hang on that side of it."""

    @property
    def hinges(self) -> list[str]:
        """The nodes whose removal cuts their component (articulation points), sorted."""
        return sorted(node for node, blocks in self.of.items() if len(blocks) > 1)

    def bridges(self) -> Iterator[tuple[str, str, int]]:
        """The pairs whose link alone joins two parts, with the number of nodes in the smaller."""
        for index, block in enumerate(self.blocks):
            if len(block) == 2:
                sides = (self._side(node, index) for node in block)
                yield block[0], block[1], min(sides)

    def _side(self, node: str, bridge: int) -> int:
        return self.total[bridge] - self.beyond[node, bridge] if (node, bridge) in self.beyond else 1


def blocks_of(simple: Simple) -> Blocks:
    """The blocks of a network, in order; nodes without links are in none."""
    found: Iterable[Any] = nx.biconnected_components(simple)
    blocks: list[list[str]] = sorted(sorted(block) for block in found)
    of: defaultdict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        for node in block:
            of[node].append(index)
    tree: Tree = nx.Graph()
    tree.add_nodes_from(range(len(blocks)))
    tree.add_edges_from(
        (node, index) for node, indices in of.items() if len(indices) > 1 for index in indices
    )
    total, beyond = dict[int, int](), dict[tuple[str, int], int]()
    for part in nx.connected_components(tree):
        _weigh(tree, min(each for each in part if isinstance(each, int)), blocks, total, beyond)
    return Blocks(blocks, dict(of), total, beyond)


def _weigh(
    tree: Tree, root: int, blocks: list[list[str]], total: dict[int, int], beyond: dict[tuple[str, int], int]
) -> None:
    """Fills in, for one component, what hangs on either side of its hinges."""
    links = list(nx.bfs_edges(tree, root))
    below = {root: _own(tree, root, blocks), **{child: _own(tree, child, blocks) for _, child in links}}
    for parent, child in reversed(links):
        below[parent] += below[child]
    for each in below:
        if isinstance(each, int):
            total[each] = below[root]
    for parent, child in links:
        if isinstance(parent, str) and isinstance(child, int):
            beyond[parent, child] = below[child]
        elif isinstance(parent, int) and isinstance(child, str):
            beyond[child, parent] = below[root] - below[child]


def _own(tree: Tree, each: str | int, blocks: list[list[str]]) -> int:
    """One for a hinge; for a block its nodes that are no hinges."""
    return 1 if isinstance(each, str) else sum(node not in tree for node in blocks[each])
