"""RDF about the project's resources and about the service itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, QueryTriples, Triple, serialize

from esskg.server.answers import GRAPHS
from esskg.server.rows import PROLOGUE
from esskg.server.snapshot import Snapshot
from esskg.vocab import PREFIXES

# A resource's description: its own properties; the statements, figures and quotations that are about it, with
# their relations, evidence and selectors; and the names of everything that is named on the way.
DESCRIPTION = """
CONSTRUCT {{ ?subject ?property ?value . ?value rdfs:label ?label }} WHERE {{
  {{ VALUES ?subject {{ <{iri}> }} }}
  UNION {{ <{iri}> ess:evidence|ess:relation ?subject }}
  UNION {{ <{iri}> ess:evidence/oa:hasSelector ?subject }}
  UNION {{ <{iri}> oa:hasSelector ?subject }}
  UNION {{ ?subject ess:relation <{iri}> }}
  UNION {{ ?subject ess:evidence <{iri}> }}
  UNION {{ {about} BIND (?said AS ?subject) }}
  UNION {{ {about} ?said ess:evidence|ess:relation ?subject }}
  UNION {{ {about} ?said ess:evidence/oa:hasSelector ?subject }}
  ?subject ?property ?value .
  OPTIONAL {{ ?value rdfs:label ?label }}
}}"""
ABOUT = "?said rdf:subject|rdf:object|ess:about|ess:place|ess:source|ess:speaker <{iri}> ."
ANYWHERE = "CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ GRAPH ?graph {{ <{iri}> ?p ?o }} }}"
GRAPH = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
TERM = "CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ GRAPH <{graph}> {{ <{iri}> ?p ?o }} }}"


def describe(snapshot: Snapshot, iri: str, format: str) -> bytes | None:
    """What the graph says about a resource, with statements and evidence; None where it says nothing.

    What the default graph doesn't know, such as runs, is looked for in the named graphs.
    """
    merged = DESCRIPTION.format(iri=iri, about=ABOUT.format(iri=iri))
    return _constructed(snapshot, merged, format) or _constructed(snapshot, ANYWHERE.format(iri=iri), format)


def whole_graph(snapshot: Snapshot, iri: str, format: str) -> bytes | None:
    """All of a named graph; None where there is none of that name."""
    return _constructed(snapshot, GRAPH.format(iri=iri), format)


def term(snapshot: Snapshot, iri: str, format: str) -> bytes | None:
    """What the ontology says about one of its terms; None where it says nothing."""
    return _constructed(snapshot, TERM.format(iri=iri, graph=f"{snapshot.base}/graph/ontology"), format)


def _constructed(snapshot: Snapshot, query: str, format: str) -> bytes | None:
    results = snapshot.project.store.query(PROLOGUE + query)
    assert isinstance(results, QueryTriples)
    triples = sorted(set(results), key=str)
    return write(triples, format, snapshot.base) if triples else None


def write(triples: Iterable[Triple], format: str, base: str) -> bytes:
    """Triples in one of the formats, with the project's prefixes."""
    prefixes = None if format == "nt" else {**PREFIXES, "id": f"{base}/id/"}
    return serialize(triples, format=GRAPHS[format], prefixes=prefixes) or b""


def service_description(snapshot: Snapshot, endpoint: str, format: str) -> bytes:
    """The endpoint in the vocabulary of SPARQL 1.1 Service Description."""
    return write(_service(snapshot, endpoint), format, snapshot.base)


SD = "http://www.w3.org/ns/sparql-service-description#"
FORMAT = "http://www.w3.org/ns/formats/"
RESULT_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


def _service(snapshot: Snapshot, endpoint: str) -> Iterator[Triple]:
    type_ = NamedNode(PREFIXES["rdf"] + "type")

    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    service, dataset, default = NamedNode(endpoint), BlankNode("dataset"), BlankNode("default")
    yield Triple(service, type_, sd("Service"))
    yield Triple(service, sd("endpoint"), service)
    yield Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    for name in RESULT_FORMATS:
        yield Triple(service, sd("resultFormat"), NamedNode(FORMAT + name))
    yield Triple(service, sd("defaultDataset"), dataset)
    yield Triple(dataset, type_, sd("Dataset"))
    yield Triple(dataset, sd("defaultGraph"), default)
    yield Triple(default, type_, sd("Graph"))
    yield Triple(dataset, NamedNode(PREFIXES["dcterms"] + "identifier"), Literal(snapshot.version.id))
    for name in ("reference", "ontology", "inferences", "runs"):
        graph, node = BlankNode(name), NamedNode(snapshot.iri("graph", name))
        yield Triple(dataset, sd("namedGraph"), graph)
        yield Triple(graph, type_, sd("NamedGraph"))
        yield Triple(graph, sd("name"), node)


def dataset(snapshot: Snapshot, format: str) -> bytes:
    """The dataset in the vocabularies of DCAT and VoID."""
    return write(snapshot.described, format, snapshot.base)
