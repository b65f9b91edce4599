"""Results compared with those expected: equal up to the names of blank nodes, numbers by value."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace
from rdflib.compare import isomorphic
from rdflib.query import Result
from rdflib.term import Node
from w3c import read

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
SLOT = Namespace("urn:slot:")
MEDIA_TYPES = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".ttl": "application/n-triples",
    ".rdf": "application/n-triples",
    ".nt": "application/n-triples",
}
PARSERS = {".srx": "xml", ".srj": "json", ".tsv": "tsv"}
FLOATS = {XSD.double, XSD.float}
NUMBERS = {XSD.integer, XSD.decimal, XSD.nonNegativeInteger, XSD.int, XSD.long, XSD.short, XSD.byte} | FLOATS


class Outcome(NamedTuple):
    """What a query gives, as a graph that holds a node for each row, or as a truth."""

    graph: Graph
    truth: bool | None = None

    def equals(self, other: Outcome) -> bool:
        """Whether it says the same."""
        return self.truth == other.truth and isomorphic(self.graph, other.graph)


def expected(path: Path) -> tuple[Outcome, str]:
    """What a file of the suite says comes out, and the media type to ask for."""
    if path.suffix not in {".ttl", ".rdf", ".nt"}:
        return parsed(path.read_bytes(), path.suffix), MEDIA_TYPES[path.suffix]
    graph = read(path)
    table = graph.value(predicate=RDF.type, object=RS.ResultSet)
    if table is None:
        return Outcome(by_value(graph)), MEDIA_TYPES[path.suffix]
    return Outcome(_rows_of(graph, table)), MEDIA_TYPES[".srx"]


def parsed(body: bytes, suffix: str) -> Outcome:
    """A result in one of the formats."""
    if suffix == ".csv":
        rows = list(csv.DictReader(io.StringIO(body.decode(), newline="")))
        return Outcome(_as_graph({name: _cell(cell) for name, cell in row.items() if cell} for row in rows))
    if suffix in PARSERS:
        result = Result.parse(io.BytesIO(body), format=PARSERS[suffix])
        if result.type == "ASK":
            return Outcome(Graph(), bool(result.askAnswer))
        return Outcome(_as_graph({str(name): term for name, term in row.items()} for row in result.bindings))
    return Outcome(by_value(Graph(bind_namespaces="none").parse(data=body, format="nt")))


def by_value(graph: Graph) -> Graph:
    """A graph in which equal numbers are written in one way."""
    written = Graph(bind_namespaces="none")
    for subject, predicate, object_ in graph:
        written.add((subject, predicate, _by_value(object_)))
    return written


def _rows_of(graph: Graph, table: Node) -> Graph:
    rows = []
    for solution in graph.objects(table, RS.solution):
        pairs = [*graph.objects(solution, RS.binding)]
        rows.append({str(graph.value(pair, RS.variable)): graph.value(pair, RS.value) for pair in pairs})
    return _as_graph(rows)


def _as_graph(rows: Iterable[Mapping[str, Node | None]]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for row in rows:
        node = BNode()
        graph.add((node, RDF.type, SLOT.row))
        for name, term in row.items():
            if term is not None:
                graph.add((node, SLOT[f"of-{name}"], _by_value(term)))
    return graph


def _cell(text: str) -> Node:
    return BNode(text[2:]) if text.startswith("_:") else Literal(text)


def _by_value(term: Node) -> Node:
    if not isinstance(term, Literal):
        return term
    if term.language:
        return Literal(str(term), lang=term.language.lower())
    try:
        return Literal(
            _value(str(term), term.datatype), datatype=SLOT[f"value-of-{term.datatype or XSD.string}"]
        )
    except (ValueError, InvalidOperation):
        return term


def _value(written: str, datatype: Node | None) -> str:
    if datatype == XSD.boolean:
        return {"1": "true", "0": "false"}.get(written, written)
    if datatype in FLOATS:
        return str(float(written))
    return str(Decimal(written).normalize()) if datatype in NUMBERS else written
