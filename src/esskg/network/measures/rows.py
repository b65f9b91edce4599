"""What rows of measures are made of: who is meant, and numbers that every library rounds to alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from esskg.network.projection import Graph
from esskg.network.table import Cell

_DIGITS = 12
Who = tuple[str, str, str]
"""Slug, name and type of an entity."""


def who(graph: Graph, node: str) -> Who:
    """The cells that name an entity."""
    return node, label(graph, node), kind_of(graph, node)


def label(graph: Graph, node: str) -> str:
    """The name of an entity in the network's language."""
    return str(graph.nodes[node]["label"])


def kind_of(graph: Graph, node: str) -> str:
    """The type of an entity."""
    return str(graph.nodes[node]["type"])


def rounded(value: float) -> float:
    """A number of 12 digits after the point, which hides in what order it was summed; never minus zero."""
    return round(float(value), _DIGITS) + 0.0


def ordered(
    rows: Iterable[tuple[Cell, ...]], *falling: int, rising: Sequence[int] = ()
) -> list[tuple[Cell, ...]]:
    """Rows by the numbers of some columns, then by the name in the second, then by all words in them."""

    def key(row: tuple[Cell, ...]) -> tuple[object, ...]:
        numbers = (*(_number(row[at]) for at in rising), *(-_number(row[at]) for at in falling))
        return *numbers, str(row[1]), [cell for cell in row if isinstance(cell, str)]

    return sorted(rows, key=key)


def _number(cell: Cell) -> float:
    return float(cell or 0)


def ranked(graph: Graph, scores: Mapping[str, float]) -> list[tuple[Cell, ...]]:
    """Entities by falling score, those of one score by name."""
    return ordered(((*who(graph, node), rounded(score)) for node, score in scores.items()), 3)
