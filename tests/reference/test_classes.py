import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from esskg import shipped
from esskg.model import EntityType
from esskg.reference import Reference
from esskg.reference.classes import ontology_classes
from esskg.vocab import ess


@pytest.fixture(scope="module")
def ontology() -> Graph:
    graph = Graph()
    for file in sorted((shipped.folder("ontology") / "modules").glob("*.ttl")):
        graph.parse(file)
    return graph


def test_every_kind_that_has_a_class_occurs_in_the_tables(reference: Reference) -> None:
    kinds = {(row.type.value, row.subtype) for row in reference.organizations}
    kinds |= {("PolicyInstrument", row.kind) for row in reference.policies}
    kinds |= {("Event", row.notation) for row in reference.vocabularies if row.scheme == "event-kind"}
    assert {(type_, kind) for type_, classes in ontology_classes().items() for kind in classes} <= kinds


def test_every_class_is_in_the_ontology_and_under_no_other_type(ontology: Graph) -> None:
    types = {URIRef(ess(type_)) for type_ in EntityType}
    for type_, classes in ontology_classes().items():
        for class_ in map(URIRef, map(ess, classes.values())):
            assert (class_, RDF.type, OWL.Class) in ontology, class_
            above = types & set(ontology.transitive_objects(class_, RDFS.subClassOf))
            assert not above or URIRef(ess(type_)) in above, class_
