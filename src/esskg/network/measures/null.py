"""What the degrees alone would bring about: the network held against random ones with the same degrees.

Samples come from swapping ends of pairs of links (Maslov & Sneppen, Specificity and stability in topology of
protein networks, Science 296, 2002), which keeps how many neighbours each actor has and nothing else.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator

import networkx as nx
import rustworkx as rx

from esskg.network.measures.centrality import betweenness_fast
from esskg.network.measures.cohesion import mixing_of
from esskg.network.measures.communities import SEED
from esskg.network.measures.rows import kind_of, rounded, who
from esskg.network.projection import Graph
from esskg.network.simple import Simple, actors, part, to_rustworkx, undirected
from esskg.network.table import Table, table

SAMPLES = 100
SWAPS = 10
"""Attempts for each link, enough to forget where it was."""
Pair = tuple[int, int]
"""A link, by the places of its ends."""


def beyond_degree(graph: Graph, *, seed: int = SEED) -> Table:
    """Actors' betweenness, and what actors with as many neighbours have in random networks."""
    simple = _linked(graph)
    if simple.number_of_edges() < 2:
        return table("beyond_degree", (), seed=seed, samples=SAMPLES)
    observed = betweenness_fast(simple)
    runs = [betweenness_fast(sample) for sample in samples(simple, seed)]
    rows = [
        (*who(graph, node), simple.degree[node], *_compared(observed[node], [run[node] for run in runs])[:4])
        for node in simple
        if simple.degree[node] > 1
    ]
    rows.sort(key=lambda row: (row[7] is None, -(row[7] or 0), row[1], row[0]))
    return table("beyond_degree", rows, seed=seed, samples=SAMPLES)


def beyond_chance(graph: Graph, *, seed: int = SEED) -> Table:
    """Clustering, mixing of types and size of the largest part, against random networks."""
    simple = _linked(graph)
    if simple.number_of_edges() < 2:
        return table("beyond_chance", (), seed=seed, samples=SAMPLES)
    kinds = {node: kind_of(graph, node) for node in simple}
    runs = [_figures(sample, kinds) for sample in samples(simple, seed)]
    observed = _figures(simple, kinds)
    rows = [(name, *_compared(observed[name], [run[name] for run in runs])) for name in observed]
    return table("beyond_chance", rows, seed=seed, samples=SAMPLES)


def _linked(graph: Graph) -> Simple:
    simple = undirected(actors(graph))
    return part(simple, (node for node in simple if simple.degree[node]))


_FIGURES: dict[str, Callable[[Simple, dict[str, str]], float | None]] = {
    "transitivity": lambda simple, _: rx.transitivity(to_rustworkx(simple)),
    "assortativity": mixing_of,
    "largest_part": lambda simple, _: max(map(len, nx.connected_components(simple))) / len(simple),
}


def _figures(simple: Simple, kinds: dict[str, str]) -> dict[str, float]:
    found = {name: figure(simple, kinds) for name, figure in _FIGURES.items()}
    return {name: value for name, value in found.items() if value is not None}


def _compared(observed: float, runs: list[float]) -> tuple[float, float, float, float | None, float]:
    """The value, mean and standard deviation of the samples, how many deviations lie between, and the share
    of samples as far from the mean (with the value itself counted in, so that it is never 0)."""
    mean = math.fsum(runs) / len(runs)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in runs) / (len(runs) - 1))
    score = None if deviation < 1e-12 else rounded((observed - mean) / deviation)
    far = sum(abs(value - mean) >= abs(observed - mean) - 1e-12 for value in runs)
    return rounded(observed), rounded(mean), rounded(deviation), score, rounded((far + 1) / (len(runs) + 1))


def samples(simple: Simple, seed: int = SEED) -> Iterator[Simple]:
    """Random networks with the degrees of a network whose nodes and edges stand in order."""
    chance, nodes = random.Random(seed), list(simple)
    place = {node: index for index, node in enumerate(nodes)}
    links = [(place[a], place[b]) for a, b in simple.edges()]
    for _ in range(SAMPLES):
        _swap(links, chance)
        sample: Simple = nx.Graph()
        sample.add_nodes_from(nodes)
        sample.add_weighted_edges_from((nodes[a], nodes[b], 1.0) for a, b in links)
        yield sample


def _swap(links: list[Pair], chance: random.Random) -> None:
    """Attempt many times to swap an end of two links, where that makes no loop and no double."""
    taken = {_either_way(*link) for link in links}
    for _ in range(SWAPS * len(links)):
        first, second = int(chance.random() * len(links)), int(chance.random() * len(links))
        (a, b), (c, d) = links[first], links[second]
        if chance.random() < 0.5:
            c, d = d, c
        one, other = _either_way(a, d), _either_way(c, b)
        if a != d and c != b and one != other and one not in taken and other not in taken:
            taken -= {_either_way(a, b), _either_way(c, d)}
            taken |= {one, other}
            links[first], links[second] = (a, d), (c, b)


def _either_way(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)
