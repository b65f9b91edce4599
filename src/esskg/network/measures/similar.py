"""Who resembles whom by what both are linked to, and which funders that suggests.

Two actors share a tie where the same kind of relation leads both, in the same direction, to the same entity.
A tie that few have says more than one that many have: each weighs 1/ln(number of those who have it) (Adamic &
Adar, Friends and neighbors on the web, Social Networks 25, 2003).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from esskg.model import RelationType
from esskg.network.measures.rows import label, ordered, rounded, who
from esskg.network.projection import Graph
from esskg.network.simple import ACTORS
from esskg.network.table import Table, table

MOST_HOLDERS = 100
"""A tie that more actors have links nobody to anybody in particular."""
EXPLAINED = 3
"""Ties or paths named in a row."""


class Tie(NamedTuple):
    """One end of a relation: which, whether it leads there or from there, and to whom."""

    relation: str
    outgoing: bool
    other: str


class Likeness(NamedTuple):
    """The ties that two actors share, and how much that says."""

    shared: tuple[Tie, ...]
    jaccard: float
    weight: float


Pairs = dict[tuple[str, str], Likeness]


def similar(graph: Graph) -> Table:
    """Pairs of actors that share at least two ties, those who share the rarest first."""
    rows = [
        (
            *who(graph, a),
            *who(graph, b),
            len(each.shared),
            rounded(each.jaccard),
            rounded(each.weight),
            _ties(graph, each),
        )
        for (a, b), each in likenesses(graph).items()
        if len(each.shared) > 1
    ]
    return table("similar", ordered(rows, 8, 7))


def likenesses(graph: Graph) -> Pairs:
    """The pairs of actors that share a tie."""
    ties = _ties_of(graph)
    holders = defaultdict[Tie, list[str]](list)
    for node in sorted(ties):
        for tie in sorted(ties[node]):
            holders[tie].append(node)
    shared = defaultdict[tuple[str, str], list[Tie]](list)
    for tie in sorted(holders):
        if len(holders[tie]) <= MOST_HOLDERS:
            for pair in combinations(holders[tie], 2):
                shared[pair].append(tie)
    return {
        (a, b): Likeness(
            tuple(both),
            len(both) / len(ties[a] | ties[b]),
            math.fsum(1 / math.log(len(holders[tie])) for tie in both),
        )
        for (a, b), both in shared.items()
    }


def _ties_of(graph: Graph) -> dict[str, set[Tie]]:
    ties = defaultdict[str, set[Tie]](set)
    for a, b, data in graph.edges(data=True):
        symmetric = data["relation"] == RelationType.PARTNERS_WITH
        ties[a].add(Tie(data["relation"], outgoing=True, other=b))
        ties[b].add(Tie(data["relation"], outgoing=symmetric, other=a))
    return {node: each for node, each in ties.items() if graph.nodes[node]["type"] in ACTORS}


def _ties(graph: Graph, likeness: Likeness) -> str:
    """What two share, in words: "finances X; Y finances …"."""
    words = _words(graph)

    def phrase(tie: Tie) -> str:
        name, relation = label(graph, tie.other), words[tie.relation]
        return f"{relation} {name}" if tie.outgoing else f"{name} {relation} …"

    return _some(map(phrase, likeness.shared))


def _words(graph: Graph) -> dict[str, str]:
    """Each relation in the network's language."""
    language = graph.graph.get("language", "en")
    return {data["relation"]: data[f"label_{language}"] for *_, data in graph.edges(data=True)}


def _some(parts: Iterable[str]) -> str:
    given = list(parts)
    more = f" (+{len(given) - EXPLAINED})" if len(given) > EXPLAINED else ""
    return "; ".join(given[:EXPLAINED]) + more


# --- funders -----------------------------------------------------------------------------------------------


class Way(NamedTuple):
    """Why a funder may suit: it finances one that resembles the candidate."""

    weight: float
    by: str
    likeness: Likeness


def matches(graph: Graph) -> Table:
    """For each recipient of funding, funders it doesn't have yet of others that resemble it, best first."""
    funders = _funders(graph)
    rows = [
        (
            *who(graph, candidate),
            *who(graph, funder),
            rounded(math.fsum(way.weight for way in ways)),
            len(ways),
            _ways(graph, funder, ways),
        )
        for (candidate, funder), ways in _suggested(graph, funders).items()
    ]
    return table("matches", ordered(rows, 6, 7))


def _funders(graph: Graph) -> dict[str, set[str]]:
    found = defaultdict[str, set[str]](set)
    for funder, recipient, data in graph.edges(data=True):
        if data["relation"] == RelationType.FINANCES and graph.nodes[recipient]["type"] in ACTORS:
            found[recipient].add(funder)
    return dict(found)


def _suggested(graph: Graph, funders: dict[str, set[str]]) -> dict[tuple[str, str], list[Way]]:
    found = defaultdict[tuple[str, str], list[Way]](list)
    for pair, likeness in sorted(likenesses(graph).items()):
        for candidate, by in (pair, pair[::-1]):
            for funder in _new(funders, candidate, by):
                found[candidate, funder].append(Way(likeness.weight, by, likeness))
    return {key: sorted(ways, key=lambda way: (-way.weight, way.by)) for key, ways in found.items()}


def _new(funders: dict[str, set[str]], candidate: str, by: str) -> Iterator[str]:
    """The funders of the one that the other, who gets funding too, doesn't have."""
    if candidate in funders:
        yield from sorted(funders.get(by, set()) - funders[candidate] - {candidate})


def _ways(graph: Graph, funder: str, ways: list[Way]) -> str:
    """Paths from the funder to the candidate: whom it finances, and what these share with the candidate."""
    return _some(
        f"{label(graph, funder)} → {label(graph, way.by)} ({_ties(graph, way.likeness)})" for way in ways
    )
