"""HermiT's verdict, and whether a person can act on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

import sample
from esskg import shipped
from esskg.graph import build, consistency, reason
from esskg.graph.consistency import Consistency, consistent, domain_statements
from esskg.graph.store import memory_store
from esskg.vocab import ESS, PREFIXES

needs_java = pytest.mark.skipif(consistency._java() is None, reason="no Java: pip install 'esskg[java]'")


def turtle(text: str) -> list[Triple]:
    prefixes = f"@prefix ess: <{ESS}> . @prefix rdfs: <{PREFIXES['rdfs']}> . @prefix : <urn:> ."
    return [quad.triple for quad in parse(f"{prefixes}\n{text}", RdfFormat.TURTLE)]


@needs_java
def test_the_shipped_ontology_is_consistent_and_every_class_can_have_members() -> None:
    assert consistent() == Consistency(True)


@needs_java
def test_a_contradiction_is_named_in_words() -> None:
    found = consistent(
        turtle(':x rdfs:label "Le Fonds"@fr ; ess:locatedIn :x ; ess:finances :y .'), language="fr"
    )
    assert found.holds is False
    assert found.problems == (
        "Le Fonds (urn:x) est à la fois « agent » et « lieu », ce que rien ne peut être",
    )


@needs_java
def test_a_class_that_nothing_can_belong_to_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(shipped.folder("ontology"), folder)
    impossible = "ess:Impossible a owl:Class ; rdfs:subClassOf ess:Event , ess:Person ."
    with (folder / "modules" / "events.ttl").open("a", encoding="utf-8") as file:
        file.write(impossible)
    found = consistent(ontology_folder=folder)
    assert found.holds is False
    assert found.problems == (f"nothing can ever be of the class “{ESS}Impossible”, by its own definition",)


@needs_java
def test_the_statements_of_a_graph_are_asked_about_with_the_ontology() -> None:
    with memory_store(sample.BASE) as store:
        store.load(build.quads(sample.knowledge(), sample.BASE, run=build.Run("f", "1")))
        reason.entail(store, sample.BASE)
        found = consistent(domain_statements(store))
    assert found.holds is False  # the sample places a town in a university
    assert all("University of Port-Rive" in problem for problem in found.problems)


@needs_java
def test_what_follows_from_a_code_counts_as_well() -> None:
    code = "<https://w3id.org/esskg/vocabulary/legal-form/scop>"
    with memory_store("urn:base") as store:
        store.load(build.Quad(*triple) for triple in turtle(f":x ess:legalForm {code} ; a ess:Event ."))
        reason.entail(store, "urn:base")
        found = consistent(domain_statements(store))
    assert found.holds is False
    assert found.problems == ("urn:x (urn:x) is both “agent” and “event”, which nothing can be at once",)


def test_without_java_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consistency, "_java", lambda: None)
    found = consistent(language="fr")
    assert found.holds is None
    assert "pip install 'esskg[java]'" in found.text()
    assert found.to_json()["holds"] is None
