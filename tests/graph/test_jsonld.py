"""JSON-LD in the terms of the context says what the RDF says."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

import sample
from esskg.errors import EsskgError
from esskg.graph import context, jsonld
from esskg.graph.store import Store
from esskg.vocab import ESS, PREFIXES, VOCABULARY

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

IRIS = st.sampled_from(
    [ESS + name for name in ("Network", "finances", "confidence", "amount", "file")]
    + [VOCABULARY + "state/asserted", PREFIXES["rdfs"] + "label", "https://example.org/a/b", "urn:x:y"]
).map(NamedNode)
DATATYPES = st.sampled_from([PREFIXES["xsd"] + name for name in ("decimal", "integer", "gYear", "boolean")])
LITERALS = st.one_of(
    st.builds(Literal, st.text(max_size=12)),
    st.builds(Literal, st.text(max_size=5), language=st.sampled_from(["fr", "en-ca"])),
    st.builds(Literal, st.sampled_from(["1", "0.50", "true"]), datatype=DATATYPES.map(NamedNode)),
)
BLANKS = st.sampled_from("ab").map(BlankNode)
TRIPLES = st.builds(Triple, IRIS | BLANKS, IRIS | st.just(NamedNode(jsonld._A)), IRIS | BLANKS | LITERALS)


@given(st.lists(TRIPLES.filter(lambda triple: not isinstance(triple.subject, BlankNode)), max_size=8))
def test_a_document_means_the_triples_that_it_was_made_from(triples: list[Triple]) -> None:
    assert {quad.triple for quad in parse(jsonld.document(triples), RdfFormat.JSON_LD)} == set(triples)


def test_another_reader_understands_the_same(sample_store: Store) -> None:
    triples = list(sample_store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))
    plain = rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    found = rdflib.Graph().parse(data=jsonld.document(triples), format="json-ld")
    assert len(found) == len(plain) > 300
    assert {str(node) for triple in found for node in triple} == {str(n) for t in plain for n in t}


def test_it_reads_as_ordinary_json(sample_store: Store) -> None:
    iri = f"{sample.BASE}/id/fonds-du-fleuve"
    content = json.loads(
        jsonld.document(sample_store.query(f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}"))
    )
    (node,) = content["@graph"]
    assert (node["@id"], node["@type"]) == (iri, "FinancialInstitution")
    assert f"{sample.BASE}/id/forum-des-rives" in node["finances"]
    assert set(content["@context"]) >= {"ess", "finances", "rdfs"}
    assert "foaf" not in content["@context"]


def test_a_dataset_is_written_node_by_node_with_its_graphs() -> None:
    graph, node = NamedNode("https://example.org/g"), NamedNode("https://example.org/x")
    label = NamedNode(PREFIXES["rdfs"] + "label")
    quads = [Quad(node, label, Literal("a")), Quad(node, label, Literal("b", language="fr"), graph)]
    output = io.BytesIO()
    jsonld.write(quads, output)
    assert set(parse(output.getvalue(), RdfFormat.JSON_LD)) == set(quads)


def test_what_json_ld_cannot_say_is_refused() -> None:
    node = NamedNode("https://example.org/x")
    with pytest.raises(EsskgError, match="Turtle"):
        jsonld.document([Triple(node, node, Triple(node, node, node))])


def test_the_context_names_every_term_of_the_ontology() -> None:
    served: dict[str, Any] = context.document()["@context"]
    assert served["finances"] == {"@id": "ess:finances", "@type": "@id"}
    assert served["Network"] == "ess:Network"
    assert served["confidence"]["@type"] == "xsd:decimal"
