"""The description of the dataset, read by rdflib and held against the store and the vocabularies."""

from __future__ import annotations

import io
from typing import Any

import pytest
import rdflib
from rdflib import DCAT, DCTERMS, RDF, VOID, URIRef

import sample
from esskg.export import FORMATS
from esskg.export.description import LICENCE, About, write_description
from esskg.graph.store import Store

DATASET = URIRef(f"{sample.BASE}/dataset")
VERSION = URIRef("http://www.w3.org/ns/dcat#version")  # of DCAT 3; rdflib knows DCAT 2


@pytest.fixture(scope="module")
def described(sample_store: Store) -> rdflib.Graph:
    output = io.BytesIO()
    about = About(
        "Les Rives",
        "2024-01-01T00",
        issued="2024-01-01",
        endpoint=f"{sample.BASE}/sparql",
        downloads={name: f"{sample.BASE}/data/graph{format.suffix}" for name, format in FORMATS.items()},
    )
    write_description(sample_store, about, output)
    return rdflib.Graph().parse(data=output.getvalue(), format="turtle")


def answer(store: Store, query: str) -> Any:
    (row,) = store.query(query)  # type: ignore[union-attr]
    return int(row[0].value)  # type: ignore[index]


def test_title_licence_version_and_endpoint_are_said(described: rdflib.Graph) -> None:
    assert described.value(DATASET, DCTERMS.license) == URIRef(LICENCE)
    assert str(described.value(DATASET, DCTERMS.title)) == "Les Rives"
    assert str(described.value(DATASET, VERSION)) == "2024-01-01T00"
    assert described.value(DATASET, VOID.sparqlEndpoint) == URIRef(f"{sample.BASE}/sparql")
    assert described.value(predicate=DCAT.dataset, object=DATASET)


def test_counts_are_those_of_the_default_graph(described: rdflib.Graph, sample_store: Store) -> None:
    triples = answer(sample_store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(str(described.value(DATASET, VOID.triples))) == triples
    assert int(str(described.value(DATASET, VOID.entities))) == len(sample.ENTITIES)
    parts = described.objects(DATASET, VOID.propertyPartition)
    assert sum(int(str(described.value(part, VOID.triples))) for part in parts) == triples


def test_each_class_is_counted(described: rdflib.Graph, sample_store: Store) -> None:
    statements = answer(sample_store, "SELECT (COUNT(*) AS ?n) { ?s a ess:Statement }")
    class_ = URIRef("https://w3id.org/esskg/ontology#Statement")
    part = described.value(predicate=VOID["class"], object=class_)
    assert int(str(described.value(part, VOID.entities))) == statements == len(sample.statements())


def test_examples_exist(described: rdflib.Graph, sample_store: Store) -> None:
    examples = list(described.objects(DATASET, VOID.exampleResource))
    assert len(examples) == 3
    for example in examples:
        assert answer(sample_store, f"SELECT (COUNT(*) AS ?n) {{ <{example}> rdfs:label ?l }}")


def test_every_download_has_its_media_type(described: rdflib.Graph) -> None:
    found = {
        str(described.value(each, DCAT.downloadURL))
        for each in described.subjects(RDF.type, DCAT.Distribution)
    }
    assert found == {f"{sample.BASE}/data/graph{format.suffix}" for format in FORMATS.values()}
    turtle = described.value(URIRef(f"{DATASET}#turtle"), DCAT.mediaType)
    assert str(turtle) == "https://www.iana.org/assignments/media-types/text/turtle"
    assert len(list(described.objects(DATASET, VOID.dataDump))) == 6


def test_terms_of_vocabularies_exist(described: rdflib.Graph) -> None:
    for predicate in set(described.predicates()) - {VERSION}:
        for namespace in (DCAT, DCTERMS, VOID):
            if str(predicate).startswith(str(namespace)):
                assert predicate in namespace, predicate


def test_each_licence_of_documents_is_carried_through(described: rdflib.Graph) -> None:
    (part,) = described.objects(DATASET, VOID.subset)
    assert str(described.value(part, DCTERMS.rights)) == "no licence stated"
    assert described.value(part, VOID.documents) == rdflib.Literal(2)
