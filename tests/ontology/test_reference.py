"""What the documentation says of the ontology is so."""

from __future__ import annotations

import re
from pathlib import Path

from rdflib import OWL, RDF, SKOS, Graph, URIRef

from esskg import shipped
from esskg.graph import ontology
from esskg.vocab import ESS

FOLDER = shipped.folder("ontology")
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "ontology.md"


def terms(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


def test_the_counts_are_those_of_the_files() -> None:
    said = re.findall(r"^\| ([^|]+?) \| (\d+) \|$", PAGE.read_text("utf-8"), re.M)
    assert [int(number) for _, number in said] == list(counts())


def counts() -> tuple[int, ...]:
    graph = terms(*ontology.terms_files(FOLDER))
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    own = (sum(str(term).startswith(ESS) for term in graph.subjects(RDF.type, kind)) for kind in kinds)
    concepts = (len(set(graph.subjects(RDF.type, kind))) for kind in (SKOS.Concept, SKOS.ConceptScheme))
    mappings = terms(*FOLDER.glob("alignments/*.ttl")).subjects(RDF.type, OWL.Axiom)
    matches = [p for p in terms(*FOLDER.glob("crosswalks/*.ttl")).predicates() if p in matching()]
    questions = list(FOLDER.glob("competency/*/expected.csv"))
    return *own, *concepts, len(set(mappings)), len(matches), len(questions)


def matching() -> set[URIRef]:
    return {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch}
