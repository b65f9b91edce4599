"""The OWL API's own checker, which travels inside owlready2's HermiT, says whether this is OWL 2 DL."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import owlready2
import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from esskg import shipped
from esskg.graph import ontology
from esskg.vocab import ESS

HERMIT = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
CHECKER = Path(__file__).with_name("Profile.java")
ALIGNMENTS = sorted((shipped.folder("ontology") / "alignments").glob("*.ttl"))


def compiler() -> str | None:
    """A Java that can run a source file."""
    java = shutil.which("java")
    if java is None:
        return None
    modules = subprocess.run([java, "--list-modules"], capture_output=True, text=True, check=False)
    return java if "jdk.compiler" in modules.stdout else None


def check(graph: Graph, tmp_path: Path) -> str:
    java = compiler()
    if java is None:
        pytest.skip("no Java with a compiler: apt-get install default-jdk-headless")
    graph.remove((None, OWL.imports, None))
    graph.serialize(tmp_path / "merged.rdf", format="xml")
    command = [java, "-cp", str(HERMIT), str(CHECKER), str(tmp_path / "merged.rdf")]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def merged() -> Graph:
    graph = Graph()
    for file in ontology.terms_files(shipped.folder("ontology")):
        graph.parse(file)
    return graph


def test_the_ontology_is_owl_2_dl(tmp_path: Path) -> None:
    said = check(merged(), tmp_path)
    assert said.endswith("axioms checked\n")
    assert said.count("\n") == 1


def test_the_checker_sees_what_is_not_owl_2_dl(tmp_path: Path) -> None:
    graph = merged()
    graph.add((URIRef(ESS + "locatedIn"), RDF.type, OWL.AsymmetricProperty))  # it is transitive
    assert "locatedIn" in check(graph, tmp_path)


def test_the_core_bears_each_alignment_within_owl_2_dl(tmp_path: Path) -> None:
    java = compiler()
    if java is None:
        pytest.skip("no Java with a compiler: apt-get install default-jdk-headless")
    core = merged()
    core.remove((None, OWL.imports, None))
    core.serialize(tmp_path / "core.nt", format="nt", encoding="utf-8")
    command = [java, "-cp", str(HERMIT), str(Path(__file__).with_name("Alignments.java"))]
    files = [str(tmp_path / "core.nt"), *map(str, [*ALIGNMENTS, broken(tmp_path)])]
    said = subprocess.run([*command, *files], capture_output=True, text=True, check=True).stdout.splitlines()
    assert said[: len(ALIGNMENTS)] == [f"{path.name} consistent" for path in ALIGNMENTS]
    assert said[-1].startswith(f"broken.ttl empties [{ESS}")


def broken(folder: Path) -> Path:
    """An alignment that nothing could be under: people as events."""
    wrong = Graph()
    wrong.add((URIRef(ESS + "Person"), RDF.type, OWL.Class))
    wrong.add((URIRef(ESS + "Event"), RDF.type, OWL.Class))
    wrong.add((URIRef(ESS + "Person"), RDFS.subClassOf, URIRef(ESS + "Event")))
    wrong.serialize(folder / "broken.ttl")
    return folder / "broken.ttl"
