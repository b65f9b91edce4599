"""Asking the store for what a page shows."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from esskg.graph.rows import Row, rows
from esskg.graph.store import Store
from esskg.vocab import PREFIXES

PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def select(store: Store, query: str) -> list[Row]:
    """The rows of a SELECT, each with the variables that are bound."""
    return [*rows(store, PROLOGUE + query)]


def values(variable: str, iris: Iterable[str]) -> str:
    """A VALUES block that binds a variable to some IRIs, each once, in order."""
    listed = " ".join(str(NamedNode(iri)) for iri in dict.fromkeys(iris))
    return f"VALUES ?{variable} {{ {listed} }}"


def text(row: Row, name: str) -> str:
    """The value of a variable as text; empty where it is unbound."""
    node = row.get(name)
    return node.value if node is not None else ""


def language(row: Row, name: str) -> str:
    """The language of a variable's literal; empty where it has none."""
    node = row.get(name)
    return (node.language or "") if isinstance(node, Literal) else ""


def number(row: Row, name: str) -> float | None:
    """The value of a variable as a number; None where it is unbound."""
    return float(text(row, name)) if name in row else None
