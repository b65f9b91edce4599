"""The ontology's own hygiene, and that the program and the ontology speak of the same terms."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from esskg import shipped
from esskg.graph import ontology
from esskg.model import EntityType, Modality, Qualifier, RelationType, State
from esskg.vocab import ESS, RELATION_CLASSES, VOCABULARY

FOLDER = shipped.folder("ontology")
SOURCE = Path(ontology.__file__).parents[1]
ONTOLOGY = URIRef(ESS.removesuffix("#"))
TERM = Namespace(ESS)
LANGUAGES = {"fr", "en", "es"}


def read(*files: Path) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file)
    return graph


TERMS = read(*ontology.terms_files(FOLDER))
OWN = sorted({s for s in TERMS.subjects(RDFS.isDefinedBy, ONTOLOGY) if s.startswith(ESS)})
CONCEPTS = sorted(TERMS.subjects(RDF.type, SKOS.Concept))


@pytest.mark.parametrize("term", OWN, ids=lambda term: term.removeprefix(ESS))
def test_a_term_has_a_label_and_a_definition_in_three_languages(term: URIRef) -> None:
    for property_ in (RDFS.label, SKOS.definition):
        texts = list(TERMS.objects(term, property_))
        assert len(texts) == len(LANGUAGES)
        assert {text.language for text in texts} == LANGUAGES
    assert all(str(text).endswith(".") for text in TERMS.objects(term, SKOS.definition))


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.removeprefix(VOCABULARY))
def test_a_concept_has_a_scheme_a_notation_a_label_and_a_definition(concept: URIRef) -> None:
    for property_ in (SKOS.prefLabel, SKOS.definition):
        assert {text.language for text in TERMS.objects(concept, property_)} == LANGUAGES
    scheme, notation = TERMS.value(concept, SKOS.inScheme), TERMS.value(concept, SKOS.notation)
    assert str(concept) == f"{scheme}/{notation}"


def test_every_term_that_is_declared_says_which_ontology_defines_it() -> None:
    declared = {s for s in TERMS.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(ESS)}
    assert declared == set(OWN)
    assert {term.removeprefix(ESS) for term in OWN} == ontology.names(FOLDER)


def test_no_two_classes_have_the_same_label() -> None:
    seen: defaultdict[tuple[str, str], list[URIRef]] = defaultdict(list)
    for class_ in TERMS.subjects(RDF.type, OWL.Class):
        for label in TERMS.objects(class_, RDFS.label):
            seen[str(label), label.language].append(class_)
    assert {label: classes for label, classes in seen.items() if len(classes) > 1} == {}


def test_the_header_imports_each_module_and_each_is_small_and_versioned() -> None:
    modules = sorted(FOLDER.glob("modules/*.ttl"))
    assert {str(iri) for iri in TERMS.objects(ONTOLOGY, OWL.imports)} == {
        f"{ONTOLOGY}/{path.stem}" for path in modules
    }
    version = TERMS.value(ONTOLOGY, OWL.versionIRI)
    for path in modules:
        assert len(path.read_text("utf-8").splitlines()) < 300, path
        assert read(path).value(ONTOLOGY + f"/{path.stem}", OWL.versionIRI) == version + f"/{path.stem}"


# --- the program and the ontology ------------------------------------------------------------------------


def test_entity_types_relation_types_and_relation_resources_are_terms() -> None:
    assert all((TERM[type_], RDF.type, OWL.Class) in TERMS for type_ in EntityType)
    properties = {OWL.ObjectProperty, OWL.DatatypeProperty}
    assert all(set(TERMS.objects(TERM[type_], RDF.type)) & properties for type_ in RelationType)
    for class_ in RELATION_CLASSES.values():
        assert (TERM[class_.name], RDFS.subClassOf, TERM.Relation) in TERMS
        assert all((TERM[end], RDF.type, OWL.ObjectProperty) in TERMS for end in class_[1:])


@pytest.mark.parametrize(
    ("scheme", "notations"),
    [
        ("state", set(State) - {State.QUARANTINED}),
        ("modality", set(Modality)),
        ("qualifier", set(Qualifier)),
    ],
)
def test_a_vocabulary_holds_what_the_model_knows(scheme: str, notations: set[str]) -> None:
    assert _notations(scheme) == {str(notation) for notation in notations}


@pytest.mark.parametrize(
    ("scheme", "top"), [("event-kind", TERM.Event), ("policy-kind", TERM.PolicyInstrument)]
)
def test_a_kind_stands_for_each_class(scheme: str, top: URIRef) -> None:
    classes = set(TERMS.transitive_subjects(RDFS.subClassOf, top)) - {top}
    codes = {TERMS.value(node, OWL.hasValue): node for node in TERMS.subjects(OWL.onProperty, TERM.kind)}
    concepts = {*TERMS.subjects(SKOS.inScheme, URIRef(VOCABULARY + scheme))}
    followed = {TERMS.value(codes[concept], RDFS.subClassOf) for concept in concepts}
    assert followed == {class_ for class_ in classes if isinstance(class_, URIRef)}


def test_the_funding_instruments_are_those_of_the_reference() -> None:
    with (shipped.folder("reference") / "vocabularies.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["scheme"] == "funding-instrument"]
    assert _notations("funding-instrument") == {row["notation"] for row in rows}


def _notations(scheme: str) -> set[str]:
    concepts = TERMS.subjects(SKOS.inScheme, URIRef(VOCABULARY + scheme))
    return {str(TERMS.value(concept, SKOS.notation)) for concept in concepts}


def test_every_term_that_the_program_writes_is_declared() -> None:
    files = [*SOURCE.rglob("*.py"), *FOLDER.parent.glob("queries/*.rq"), *FOLDER.glob("shapes/*.ttl")]
    used = {name for file in files for name in re.findall(r"\bess:([A-Za-z]\w+)", file.read_text("utf-8"))}
    assert used - ontology.names(FOLDER) == set()


def test_every_subtype_in_the_rules_lies_below_its_type() -> None:
    for file in sorted(SOURCE.rglob("*.toml")):
        for type_, subtype in _subtypes(tomllib.loads(file.read_text("utf-8"))):
            assert (TERM[subtype], RDF.type, OWL.Class) in TERMS, f"{file}: {subtype}"
            assert not _disjoint(TERM[type_], TERM[subtype]), f"{file}: {subtype} of {type_}"


def _subtypes(content: Any) -> Iterator[tuple[str, str]]:
    """Pairs of type and subtype, wherever a table holds both."""
    if isinstance(content, dict):
        if {"type", "subtype"} <= content.keys():
            yield content["type"], content["subtype"]
        content = list(content.values())
    if isinstance(content, list):
        for value in content:
            yield from _subtypes(value)


def _disjoint(one: URIRef, other: URIRef) -> bool:
    above_one, above_other = (set(TERMS.transitive_objects(term, RDFS.subClassOf)) for term in (one, other))
    pairs = {frozenset(pair) for pair in TERMS.subject_objects(OWL.disjointWith)}
    groups = [set(TERMS.items(members)) for members in TERMS.objects(None, OWL.members)]
    return any(frozenset((a, b)) in pairs for a in above_one for b in above_other) or any(
        a != b and {a, b} <= group for group in groups for a in above_one for b in above_other
    )
