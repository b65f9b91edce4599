"""Structural holes: whose contacts don't know each other (Burt, Structural Holes, 1992)."""

from __future__ import annotations

import math

from esskg.network.measures.rows import ordered, rounded, who
from esskg.network.projection import Graph
from esskg.network.simple import Simple, actors, undirected
from esskg.network.table import Table, table


def holes(graph: Graph) -> Table:
    """Effective size, efficiency and constraint of actors with two neighbours, least constrained first."""
    simple = undirected(actors(graph))
    shares = _shares(simple)
    rows = [
        (*who(graph, node), simple.degree[node], effective, rounded(effective / simple.degree[node]), bound)
        for node in simple
        if simple.degree[node] > 1
        for effective, bound in [(rounded(effective_size(simple, node)), rounded(constraint(shares, node)))]
    ]
    return table("holes", ordered(rows, 4, rising=[6]))


def effective_size(simple: Simple, node: str) -> float:
    """Neighbours less the mean number of ties that each has to the others (Borgatti, Structural holes:
    unpacking Burt's redundancy measures, Connections 20, 1997)."""
    neighbours = set(simple[node])
    ties = sum(len(neighbours.intersection(simple[each])) for each in neighbours)
    return len(neighbours) - ties / len(neighbours)


def _shares(simple: Simple) -> dict[str, dict[str, float]]:
    """How much of what links an actor goes to each neighbour."""
    strength = dict(simple.degree(weight="weight"))
    return {
        node: {other: data["weight"] / strength[node] for other, data in simple[node].items()}
        for node in simple
    }


def constraint(shares: dict[str, dict[str, float]], node: str) -> float:
    """The sum over contacts of (direct share + shares by way of common contacts)², as networkx has it."""
    own = shares[node]
    return math.fsum(
        math.fsum([own.get(other, 0.0), *(own[via] * shares[via].get(other, 0.0) for via in own)]) ** 2
        for other in own
    )
