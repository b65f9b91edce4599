"""How one entity is linked to another: shortest chains of statements, each with its evidence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from typing import Any

import networkx as nx

from esskg.errors import EsskgError
from esskg.network.projection import Graph
from esskg.network.simple import Simple, part, undirected
from esskg.network.source import Citation


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a chain, in its own direction."""

    id: str
    subject: str
    relation: str
    object: str
    label_fr: str
    label_en: str
    confidence: float | None
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """From one entity of a chain to the next, with all statements that link the two, the surest first."""

    start: str
    end: str
    statements: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A path between two entities."""

    steps: tuple[Step, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """The entities passed, ends included."""
        return (self.steps[0].start, *(step.end for step in self.steps))


def chains(  # noqa: PLR0913 (each is one limit of the search)
    graph: Graph,
    start: str,
    end: str,
    *,
    most: int = 5,
    longest: int = 6,
    without_types: Collection[str] = (),
    hub: int | None = None,
) -> list[Chain]:
    """The shortest paths between two entities, the direction of statements ignored, at most ``most`` of them.

    ``longest`` is the number of steps allowed. Entities of ``without_types``, and those with more than
    ``hub`` neighbours, aren't passed through. Paths come by length; of equal ones those that Yen's algorithm
    ("Finding the k shortest loopless paths", 1971) meets first, going through nodes in their order.

    Raises EsskgError for an entity that isn't in the network.
    """
    if missing := [name for name in (start, end) if name not in graph]:
        raise EsskgError(f"the network holds no entity {', '.join(missing)}; widen it or check the slug")
    simple = _passable(graph, {start, end}, without_types, hub)
    found = routes(simple, start, end, most=most, longest=longest)
    return [Chain(tuple(_step(graph, a, b) for a, b in pairwise(path))) for path in found]


def routes(simple: Simple, start: str, end: str, *, most: int = 5, longest: int = 6) -> list[list[str]]:
    """The nodes of the shortest paths, at most ``most`` of them and of ``longest`` steps; see `chains`."""
    if start == end or start not in simple or end not in simple or not nx.has_path(simple, start, end):
        return []
    found = takewhile(lambda path: len(path) <= longest + 1, nx.shortest_simple_paths(simple, start, end))
    return [*islice(found, most)]


def _passable(graph: Graph, ends: set[str], without_types: Collection[str], hub: int | None) -> Simple:
    simple = undirected(graph)
    passable = (
        node
        for node in simple
        if node in ends
        or (graph.nodes[node]["type"] not in without_types and (hub is None or simple.degree[node] <= hub))
    )
    return part(simple, passable)


def _step(graph: Graph, start: str, end: str) -> Step:
    statements = [
        _said(a, b, data)
        for a, b in ((start, end), (end, start))
        for data in (graph.get_edge_data(a, b) or {}).values()
    ]
    return Step(start, end, tuple(sorted(statements, key=lambda said: (-(said.confidence or 0), said.id))))


def _said(subject: str, object_: str, data: dict[str, Any]) -> Said:
    return Said(
        data["id"],
        subject,
        data["relation"],
        object_,
        data["label_fr"],
        data["label_en"],
        data.get("confidence"),
        data["evidence"],
    )
