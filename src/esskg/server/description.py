"""RDF about the project's resources and about the service itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from esskg.query.formats import Format
from esskg.server.servicedescription import Features, describe
from esskg.server.snapshot import Snapshot

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
  UNION {{ ?subject dcterms:isReplacedBy <{iri}> }}
  UNION {{ {about} BIND (?said AS ?subject) }}
  UNION {{ {about} ?said ess:evidence|ess:relation ?subject }}
  UNION {{ {about} ?said ess:evidence/oa:hasSelector ?subject }}
  ?subject ?property ?value .
  OPTIONAL {{ ?value rdfs:label ?label }}
}}"""
ABOUT = "?said rdf:subject|rdf:object|ess:about|ess:place|ess:source|ess:speaker <{iri}> ."
ANYWHERE = "CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ GRAPH ?graph {{ <{iri}> ?p ?o }} }}"
TERM = """
CONSTRUCT {{ ?subject ?property ?value }} WHERE {{
  GRAPH ?graph {{
    {{ VALUES ?subject {{ <{iri}> }} }} UNION {{ ?subject !rdf:type <{iri}> }}
    ?subject ?property ?value
  }}
}}"""
GRAPH = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"


class Asked(NamedTuple):
    """A query, and the graphs that it sees as one; none stands for the merged one."""

    query: str
    graphs: tuple[str, ...] = ()


def descriptions(snapshot: Snapshot, iri: str) -> Iterator[Asked]:
    """Queries for what the graph says about a resource, each for where those before find nothing.

    With its statements and evidence in the merged graph, else in that of the reference, else its properties
    in any graph, as for runs.
    """
    query = DESCRIPTION.format(iri=iri, about=ABOUT.format(iri=iri))
    yield Asked(query)
    yield Asked(query, (snapshot.iri("graph", "reference"),))
    yield Asked(ANYWHERE.format(iri=iri))


def of_term(iri: str) -> Iterator[Asked]:
    """The query for what the ontology says about one of its terms, and what it says with it."""
    yield Asked(TERM.format(iri=iri))


def whole_graph(iri: str) -> Asked:
    """A query for all of a named graph."""
    return Asked(GRAPH.format(iri=iri))


def service_description(snapshot: Snapshot, endpoint: str, format: Format) -> bytes:
    """The endpoint in the vocabulary of SPARQL 1.1 Service Description."""
    names = ("reference", "ontology", "inferences", "runs")
    graphs = tuple(snapshot.iri("graph", name) for name in names)
    return describe(Features(endpoint, snapshot.version.id, graphs), format)
