"""Groups of actors, and whether another run of the method would find the same ones."""

from __future__ import annotations

from collections import Counter
from math import comb

import networkx as nx

from esskg.network.measures.rows import rounded, who
from esskg.network.projection import Graph
from esskg.network.simple import Simple, actors, undirected
from esskg.network.table import Table, table

SEED = 20230418
"""Where none is given; tables record it."""
RESOLUTION = 1.0
RUNS = 20
"""Seeds tried to see how stable communities are: the given one and those that follow it."""

Communities = list[list[str]]


def communities(graph: Graph, *, seed: int = SEED) -> Table:
    """Louvain communities of the actors that have a link, the largest first, members by weighted degree."""
    simple = undirected(actors(graph))
    rows = (
        (number, len(members), *who(graph, node))
        for number, members in enumerate(communities_of(simple, seed), start=1)
        for node in members
    )
    return table("communities", rows, seed=seed, resolution=RESOLUTION)


def communities_of(simple: Simple, seed: int = SEED) -> Communities:
    """The communities of a graph whose nodes and edges stand in order."""
    linked: Simple = nx.Graph(simple)
    linked.remove_nodes_from(list(nx.isolates(simple)))
    if not linked:
        return []
    found = nx.community.louvain_communities(linked, weight="weight", resolution=RESOLUTION, seed=seed)
    strength = linked.degree(weight="weight")
    members = [sorted(each, key=lambda node: (-strength[node], node)) for each in found]
    return sorted(members, key=lambda each: (-len(each), each))


def stability(graph: Graph, *, seed: int = SEED) -> Table:
    """For each community, how often two of its members stay together under other seeds; then for the whole
    the mean adjusted Rand index."""
    simple = undirected(actors(graph))
    first, *others = (communities_of(simple, seed + run) for run in range(RUNS))
    if not first:
        return table("stability", (), seed=seed, runs=RUNS)
    agreement = sum(rand_index(first, other) for other in others) / len(others)
    modularity = nx.community.modularity(simple, _with_isolates(simple, first), weight="weight")
    rows = [
        (None, sum(map(len, first)), None, None, rounded(agreement), rounded(modularity)),
        *(
            (number, len(members), *who(graph, members[0])[:2], _together(members, others), None)
            for number, members in enumerate(first, start=1)
        ),
    ]
    return table("stability", rows, seed=seed, runs=RUNS, resolution=RESOLUTION)


def _with_isolates(simple: Simple, found: Communities) -> list[set[str]]:
    return [*map(set, found), *({node} for node in nx.isolates(simple))]


def _together(members: list[str], runs: list[Communities]) -> float:
    """The share of pairs of members that are in one community, over the runs."""
    pairs = comb(len(members), 2) * len(runs)
    chosen = set(members)
    kept = sum(comb(len(chosen.intersection(each)), 2) for run in runs for each in run)
    return rounded(kept / pairs)


def rand_index(one: Communities, other: Communities) -> float:
    """Agreement of two partitions of the same nodes: 1 where they are equal, about 0 where as by chance.

    The adjusted Rand index of Hubert & Arabie, Comparing partitions, Journal of Classification 2, 1985.
    """
    place = {node: number for number, members in enumerate(other) for node in members}
    cells = Counter((number, place[node]) for number, members in enumerate(one) for node in members)
    both = sum(comb(count, 2) for count in cells.values())
    in_one, in_other = (sum(comb(len(members), 2) for members in each) for each in (one, other))
    expected = in_one * in_other / max(comb(len(place), 2), 1)
    most = (in_one + in_other) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)
