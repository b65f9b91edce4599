"""An endpoint in the vocabulary of SPARQL 1.1 Service Description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from esskg.query.formats import Format, write_graph
from esskg.vocab import PREFIXES

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMAT = "http://www.w3.org/ns/formats/"
TYPE = NamedNode(PREFIXES["rdf"] + "type")
RESULT_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)
INPUT_FORMATS = ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD")


class Features(NamedTuple):
    """What an endpoint offers."""

    endpoint: str
    version: str
    graphs: tuple[str, ...] = ()
    """Named graphs worth telling of."""
    updates: bool = False
    federated: bool = False


def describe(features: Features, format: Format) -> bytes:
    """The description in one of the formats of graphs."""
    return write_graph(_service(features), format)


def _service(features: Features) -> Iterator[Triple]:
    service, dataset = NamedNode(features.endpoint), BlankNode("dataset")
    yield Triple(service, TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), service)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if features.federated:
        yield Triple(service, _sd("feature"), _sd("BasicFederatedQuery"))
    for name in RESULT_FORMATS:
        yield Triple(service, _sd("resultFormat"), NamedNode(FORMAT + name))
    if features.updates:
        yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Update"))
        for name in INPUT_FORMATS:
            yield Triple(service, _sd("inputFormat"), NamedNode(FORMAT + name))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield from _dataset(dataset, features)


def _dataset(dataset: BlankNode, features: Features) -> Iterator[Triple]:
    default = BlankNode("default")
    yield Triple(dataset, TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, TYPE, _sd("Graph"))
    yield Triple(dataset, NamedNode(PREFIXES["dcterms"] + "identifier"), Literal(features.version))
    for number, name in enumerate(features.graphs):
        graph = BlankNode(f"graph{number}")
        yield Triple(dataset, _sd("namedGraph"), graph)
        yield Triple(graph, TYPE, _sd("NamedGraph"))
        yield Triple(graph, _sd("name"), NamedNode(name))


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
