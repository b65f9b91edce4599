"""The ontology as it is published: the same in each format, the same every time, and readable by people."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import owlready2
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
from rdflib import OWL, RDF, Graph, Literal, URIRef

from esskg import shipped
from esskg.graph import ontology
from esskg.vocab import ESS, PREFIXES

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

SCRIPT = Path(__file__).parents[2] / "scripts" / "ontology_release.py"
FOLDER = shipped.folder("ontology")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("release"), seed="1")


def made(folder: Path, seed: str) -> Path:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)], check=True, env=environment, capture_output=True
    )
    return folder


def triples(path: Path, form: RdfFormat) -> set[str]:
    dataset = Dataset(parse(path=str(path), format=form))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))


def test_the_same_ontology_gives_the_same_bytes(release: Path, tmp_path: Path) -> None:
    again = made(tmp_path, seed="2")
    assert {path.name: path.read_bytes() for path in release.iterdir()} == {
        path.name: path.read_bytes() for path in again.iterdir()
    }


def test_the_checksums_are_those_of_the_files(release: Path) -> None:
    sums = dict(line.split("  ")[::-1] for line in (release / "SHA256SUMS").read_text().splitlines())
    assert sums == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in release.iterdir()
        if path.name != "SHA256SUMS"
    }


def test_each_format_says_the_same(release: Path) -> None:
    turtle = triples(release / "esskg.ttl", RdfFormat.TURTLE)
    assert turtle == triples(release / "esskg.rdf", RdfFormat.RDF_XML)
    assert turtle == triples(release / "esskg.jsonld", RdfFormat.JSON_LD)


def test_it_is_one_ontology_with_every_term_and_no_import(release: Path) -> None:
    graph = Graph().parse(release / "esskg.ttl")
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [URIRef(ESS.removesuffix("#"))]
    assert not list(graph.objects(None, OWL.imports))
    declared = {str(term).removeprefix(ESS) for term in graph.subjects(RDF.type) if str(term).startswith(ESS)}
    assert declared == ontology.names(FOLDER)


def test_owlready_loads_it(release: Path) -> None:
    loaded = owlready2.World().get_ontology((release / "esskg.rdf").as_uri()).load()
    assert "Funding" in {class_.name for class_ in loaded.classes()}


def test_plain_json_means_the_terms_by_the_context(release: Path) -> None:
    said = (
        '{"@id": "urn:f", "@type": "Funding", "funder": "urn:a", "recipient": "urn:b", "amount": "5", '
        '"currency": "CAD"}'
    )
    graph = Graph().parse(data=said, format="json-ld", context=(release / "context.jsonld").as_uri())
    funding = URIRef("urn:f")
    assert graph.value(funding, URIRef(ESS + "funder")) == URIRef("urn:a")
    assert graph.value(funding, URIRef(ESS + "amount")) == Literal(
        "5", datatype=URIRef(PREFIXES["xsd"] + "decimal")
    )
    assert (funding, RDF.type, URIRef(ESS + "Funding")) in graph


@pytest.mark.parametrize(
    ("name", "words"), [("index.html", "Questions that it"), ("index.fr.html", "Questions auxquelles")]
)
def test_a_page_shows_each_term_and_leads_nowhere_else(release: Path, name: str, words: str) -> None:
    page = (release / name).read_text("utf-8")
    places = set(re.findall(r'id="([^"]+)"', page))
    assert ontology.names(FOLDER) <= places
    assert set(re.findall(r'href="#([^"]+)"', page)) <= places
    assert set(re.findall(r'href="([^"#:]+)"', page)) <= {path.name for path in release.iterdir()}
    assert words in page
    assert page.count("<svg") == 4  # relations, and the classes below entity, relation and evidence
    assert ">organizes</text>" in page or ">organise</text>" in page
