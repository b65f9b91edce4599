"""The network as a whole: how large, in how many parts, from which types to which, since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import networkx as nx

from esskg.network.measures.rows import kind_of, label, rounded
from esskg.network.projection import Graph
from esskg.network.simple import actors, components, directed, undirected
from esskg.network.table import Table, table


def size(graph: Graph) -> Table:
    """Entities, statements, actors, density among actors, components of the whole."""
    between_actors = actors(graph)
    parts = components(undirected(graph))
    row = (
        graph.number_of_nodes(),
        graph.number_of_edges(),
        between_actors.number_of_nodes(),
        between_actors.number_of_edges(),
        rounded(nx.density(directed(between_actors))),
        len(parts),
        rounded(len(parts[0]) / len(graph)) if parts else None,
    )
    return table("size", [row])


def component_sizes(graph: Graph) -> Table:
    """The connected parts of the whole, each with the entity that has most neighbours in it."""
    simple = undirected(graph)
    rows = []
    for number, part in enumerate(components(simple), start=1):
        best = min(part, key=lambda node: (-simple.degree[node], node))
        rows.append((number, len(part), best, label(graph, best)))
    return table("components", rows)


def flows(graph: Graph) -> Table:
    """How many statements of each relation go from one type to another."""
    counts = Counter(
        (data["relation"], kind_of(graph, a), kind_of(graph, b)) for a, b, data in graph.edges(data=True)
    )
    return table("flows", ((*key, counts[key]) for key in sorted(counts)))


def growth(graph: Graph) -> Table:
    """In which year statements and entities stand in a dated document for the first time."""
    first: dict[str, str] = {}
    statements = Counter[str]()
    for a, b, data in graph.edges(data=True):
        year = min(_years(data), default="")
        statements[year] += 1
        for end in (a, b):
            first[end] = min(filter(None, (first.get(end), year)), default="")
    entities = Counter(first.values())
    return table("growth", _cumulated(statements, entities))


def _years(data: dict[str, Any]) -> Iterator[str]:
    """The years of the documents that make a statement."""
    return (citation.date[:4] for citation in data["evidence"] if citation.date[:4].isdecimal())


def _cumulated(
    statements: Counter[str], entities: Counter[str]
) -> Iterator[tuple[str | None, int, int, int, int]]:
    stated = known = 0
    for year in sorted(statements, key=lambda year: (not year, year)):
        stated, known = stated + statements[year], known + entities[year]
        yield year or None, statements[year], stated, entities[year], known
