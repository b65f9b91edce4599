"""The formats of answers and of RDF: one table for commands, addresses, negotiation and downloads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, serialize

from esskg.graph import jsonld
from esskg.vocab import PREFIXES


class Format(NamedTuple):
    """A serialisation: its short name, which is also its file extension, its media types, the proper one
    first, and the other names that it goes by."""

    name: str
    media_types: tuple[str, ...]
    syntax: QueryResultsFormat | RdfFormat | None = None
    aliases: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """The proper media type."""
        return self.media_types[0]

    def answers_to(self, name: str) -> bool:
        """Whether it is called so; case is ignored."""
        return name.lower() in {self.name, *self.aliases, *self.media_types}


TABLES: tuple[Format, ...] = (
    Format(
        "json",
        ("application/sparql-results+json", "application/json", "text/json"),
        QueryResultsFormat.JSON,
    ),
    Format("xml", ("application/sparql-results+xml", "application/xml", "text/xml"), QueryResultsFormat.XML),
    Format("csv", ("text/csv",), QueryResultsFormat.CSV),
    Format("tsv", ("text/tab-separated-values",), QueryResultsFormat.TSV),
)
"""How the results of SELECT can be written."""

TRUTHS: tuple[Format, ...] = TABLES[:2]
"""How the result of ASK can be written."""

GRAPHS: tuple[Format, ...] = (
    Format("ttl", ("text/turtle", "application/x-turtle"), RdfFormat.TURTLE, ("turtle",)),
    Format("jsonld", ("application/ld+json", "application/json"), RdfFormat.JSON_LD, ("json-ld",)),
    Format("nt", ("application/n-triples", "text/plain"), RdfFormat.N_TRIPLES, ("ntriples", "n-triples")),
    Format("rdf", ("application/rdf+xml", "application/xml", "text/xml"), RdfFormat.RDF_XML, ("rdfxml",)),
)
"""How RDF can be written: results of CONSTRUCT and DESCRIBE, and descriptions of resources."""

DATASETS = (
    Format("nq", ("application/n-quads",), RdfFormat.N_QUADS, ("nquads", "n-quads")),
    Format("trig", ("application/trig",), RdfFormat.TRIG),
)
"""How RDF with named graphs can be written, beside JSON-LD."""


def find(name: str, formats: Iterable[Format]) -> Format | None:
    """The format of that name or media type, among some."""
    return next((format for format in formats if format.answers_to(name)), None)


def write_graph(triples: Iterable[Triple], format: Format) -> bytes:
    """Triples in one of GRAPHS; Turtle, RDF/XML and JSON-LD declare the prefixes that they use."""
    assert isinstance(format.syntax, RdfFormat)
    if format.syntax is RdfFormat.JSON_LD:
        return jsonld.document(triples)
    if format.syntax is RdfFormat.N_TRIPLES:
        return serialize(triples, format=format.syntax) or b""
    listed = list(triples)
    return serialize(listed, format=format.syntax, prefixes=_prefixes(listed)) or b""


def _prefixes(triples: list[Triple]) -> dict[str, str]:
    """The project's prefixes that some triples use."""
    text = " ".join(map(str, triples))
    return {prefix: iri for prefix, iri in PREFIXES.items() if f"<{iri}" in text}
