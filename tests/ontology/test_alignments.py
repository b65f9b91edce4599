"""Alignments and crosswalks: what they point to exists, why is said, and the ontology bears each of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, Graph, Literal, URIRef

from esskg import shipped
from esskg.graph import ontology
from esskg.vocab import ESS, RELATION_CLASSES, VOCABULARY

FOLDER = shipped.folder("ontology")
ALIGNMENTS = sorted(FOLDER.glob("alignments/*.ttl"))
CROSSWALKS = sorted(FOLDER.glob("crosswalks/*.ttl"))
MAPPINGS = {RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty}
READ = tomllib.loads(Path(__file__).with_name("namespaces.toml").read_text("utf-8"))
MATCHES = {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch}


def graph(path: Path) -> Graph:
    return Graph().parse(path)


def stem(path: Path) -> str:
    return path.stem


def terms() -> Graph:
    everything = Graph()
    for path in ontology.terms_files(FOLDER):
        everything.parse(path)
    return everything


def known() -> set[str]:
    """Every term of another vocabulary that was found in that vocabulary's own file."""
    names = {
        table["namespace"] + name
        for table in READ.values()
        for name in table["classes"] + table["properties"]
    }
    return names | {
        str(term) for namespace in (DCTERMS, FOAF, ORG, PROV, SDO, SKOS) for term in dir(namespace)
    }


def test_the_vocabularies_promised_are_aligned() -> None:
    assert {path.stem for path in ALIGNMENTS} == {
        *("cids", "cpov", "dcterms", "essglobal", "foaf", "followthemoney", "frapo", "org", "pair"),
        *("prov-o", "schema-org", "skos", "un-sdg"),
    }


@pytest.mark.parametrize("path", ALIGNMENTS, ids=stem)
def test_each_foreign_term_exists(path: Path) -> None:
    declared = {str(term) for term in graph(path).subjects(RDF.type) if isinstance(term, URIRef)}
    own = {term for term in declared if term.startswith((ESS.removesuffix("#"), VOCABULARY))}
    assert declared - own - known() == set()


@pytest.mark.parametrize("path", ALIGNMENTS, ids=stem)
def test_each_own_term_exists(path: Path) -> None:
    used = {str(node) for node in graph(path).all_nodes() if str(node).startswith(ESS)}
    assert {iri.removeprefix(ESS) for iri in used} <= ontology.names(FOLDER)


@pytest.mark.parametrize("path", ALIGNMENTS, ids=stem)
def test_each_mapping_has_its_reason_in_both_languages(path: Path) -> None:
    data = graph(path)
    reasoned = {
        tuple(
            data.value(axiom, part)
            for part in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
        )
        for axiom in data.subjects(RDF.type, OWL.Axiom)
        if {text.language for text in data.objects(axiom, RDFS.comment) if isinstance(text, Literal)}
        == {"en", "fr"}
    }
    own = [(s, p, o) for s, p, o in data if str(s).startswith(ESS) and p in MAPPINGS | {RDFS.range}]
    assert reasoned
    assert set(own) <= reasoned


@pytest.mark.parametrize("path", ALIGNMENTS, ids=stem)
def test_what_unconfirmed_relations_have_too_is_never_mapped(path: Path) -> None:
    ends = {URIRef(ESS + end) for class_ in RELATION_CLASSES.values() for end in class_[1:]}
    assert not {s for s, p, _ in graph(path) if p == RDFS.subPropertyOf} & ends


@pytest.mark.parametrize("path", [*ALIGNMENTS, *CROSSWALKS], ids=stem)
def test_a_file_says_what_it_was_made_from_and_imports_nothing(path: Path) -> None:
    data = graph(path)
    [header] = data.subjects(RDF.type, OWL.Ontology)
    assert data.value(header, DCTERMS.source)
    assert not list(data.objects(None, OWL.imports))


def test_the_core_takes_in_no_alignment() -> None:
    files = {path.parent.name for path in ontology.terms_files(FOLDER)}
    assert files == {FOLDER.name, "modules", "vocabularies"}


@pytest.mark.parametrize("path", CROSSWALKS, ids=stem)
def test_a_crosswalk_matches_concepts_that_exist(path: Path) -> None:
    concepts = set(terms().subjects(RDF.type, SKOS.Concept))
    matches = [(s, o) for s, p, o in graph(path) if p in MATCHES]
    assert matches
    assert {s for s, _ in matches} <= concepts
    assert all(isinstance(o, URIRef) and not o.startswith(VOCABULARY) for _, o in matches)


@pytest.mark.parametrize("path", CROSSWALKS, ids=stem)
def test_one_foreign_concept_is_the_exact_match_of_one_concept_of_a_scheme(path: Path) -> None:
    seen = [(o, s.rpartition("/")[0]) for s, o in graph(path).subject_objects(SKOS.exactMatch)]
    assert len(seen) == len(set(seen))


def test_essglobal_is_matched_under_all_three_bases() -> None:
    data = graph(FOLDER / "crosswalks" / "essglobal.ttl")
    codes: dict[str, set[str]] = {}
    for base in ("http://purl.org/", "https://lod.coop/", "https://dev.lod.coop/"):
        targets = (str(o) for _, p, o in data if p in MATCHES and str(o).startswith(base))
        codes[base] = {iri.partition("/standard/")[2] for iri in targets}
    assert len({frozenset(found) for found in codes.values()}) == 1
    assert len(codes["http://purl.org/"]) > 40
