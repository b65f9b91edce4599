"""The rows of a SELECT by the names of their columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

from esskg.graph.store import Store

Node: TypeAlias = NamedNode | BlankNode | Literal
Row: TypeAlias = dict[str, Node]


def rows(store: Store, sparql: str) -> Iterator[Row]:
    """The rows of a SELECT, each with the variables that are bound. Raises QueryError for wrong syntax."""
    solutions = store.query(sparql)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: node for name in names if (node := solution[name]) is not None}
