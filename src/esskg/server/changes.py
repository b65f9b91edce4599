"""Changes to a dataset: SPARQL updates and the operations of the Graph Store Protocol."""

from __future__ import annotations

from typing import Any, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from esskg.errors import EsskgError, QueryError
from esskg.graph.local import LocalStore


class Change(NamedTuple):
    """What is to be done; its content, a SPARQL update or RDF, comes beside it."""

    kind: str
    """``update``, ``put``, ``post`` or ``delete``."""
    graph: str | None = None
    """Of a graph store operation; None for the default graph."""
    format: str | None = None
    """The media type of RDF."""
    whole: bool = False
    """Whether RDF with graphs of its own takes its place in the dataset, rather than in one graph."""
    timeout: float = 30.0
    """Seconds."""

    @property
    def has_graphs(self) -> bool:
        """Whether its content may name graphs of its own."""
        format = RdfFormat.from_media_type(self.format or "")
        return format is not None and format.supports_datasets

    @property
    def may_take_long(self) -> bool:
        """Whether the time depends on more than the size of the content: an update may look for things."""
        return self.kind == "update"


def outcome(store: LocalStore, change: Change, content: bytes) -> dict[str, Any]:
    """Make a change, wholly or not at all: whether a graph was there before, or why it can't be done."""
    try:
        if change.kind == "update":
            store.update(content.decode())
            return {"existed": True}
        return {"existed": _on_graph(store, change, content)}
    except QueryError as error:
        return {"error": "query", "reason": error.reason, "line": error.line, "column": error.column}
    except (EsskgError, OSError) as error:
        return {"error": "store", "reason": str(error)}


def _on_graph(store: LocalStore, change: Change, content: bytes) -> bool:
    graph = NamedNode(change.graph) if change.graph else DefaultGraph()
    if change.kind == "delete":
        return store.drop(graph)
    quads = read_rdf(content, change.format or "", change.graph or store.base)
    if not change.whole:
        quads = [Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads]
    elif change.kind == "put":
        store.clear()
    return store.add(quads, None if change.whole else graph, replace=change.kind == "put")


def read_rdf(content: bytes, media_type: str, base: str) -> list[Quad]:
    """What some RDF says. Raises QueryError, with its place, where it is malformed."""
    format = RdfFormat.from_media_type(media_type)
    if format is None:
        raise QueryError(f"{media_type!r} is not RDF that is read here")
    try:
        found = parse(content, format, base_iri=base, rename_blank_nodes=True)
        return [item if isinstance(item, Quad) else Quad(*item) for item in found]
    except SyntaxError as error:
        raise QueryError(f"not valid {format.name}: {error.msg}", error.lineno, error.offset) from error
    except ValueError as error:
        raise QueryError(f"not valid {format.name}: {error}") from error
