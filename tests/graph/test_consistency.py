"""HermiT's verdict, and whether a person can act on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Triple, parse

import sample
from esskg import shipped
from esskg.graph import build, consistency, ontology, reason
from esskg.graph.consistency import Consistency, consistent, smallest
from esskg.graph.store import Store, memory_store
from esskg.vocab import ESS, PREFIXES

FOLDER = shipped.folder("ontology")
needs_java = pytest.mark.skipif(consistency._java() is None, reason="no Java: pip install 'esskg[java]'")


def turtle(text: str) -> list[Triple]:
    prefixes = f"@prefix ess: <{ESS}> . @prefix rdfs: <{PREFIXES['rdfs']}> . @prefix : <urn:> ."
    return [quad.triple for quad in parse(f"{prefixes}\n{text}", RdfFormat.TURTLE)]


@needs_java
def test_the_shipped_ontology_is_consistent_and_every_class_can_have_members() -> None:
    assert consistent() == Consistency(True)


def reasoned(text: str, folder: Path | None = None) -> Store:
    store = memory_store("urn:base")
    store.load(build.Quad(*triple) for triple in (*turtle(text), *ontology.labels(folder or FOLDER)))
    reason.entail(store, "urn:base", ontology_folder=folder)
    return store


def test_a_contradiction_is_named_in_words_with_what_it_comes_from() -> None:
    with reasoned(':x rdfs:label "Le Fonds"@fr ; ess:locatedIn :x ; ess:finances :y .') as store:
        found = consistent(store, language="fr")
    assert found.holds is False
    [problem] = found.problems
    assert problem.text == "Le Fonds (urn:x) est à la fois « agent » et « lieu », ce que rien ne peut être"
    assert {said.name for said in problem.statements} == {
        "Le Fonds – finance – urn:y",
        "Le Fonds – situé à – Le Fonds",
    }


@needs_java
def test_what_only_hermit_finds_is_narrowed_down_to_the_statements_that_matter(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(FOLDER, folder)
    with (folder / "modules" / "events.ttl").open("a", encoding="utf-8") as file:
        file.write(ONLY_SOME)
    said = " ".join(f":n{number} a ess:Forum ; ess:locatedIn :city ." for number in range(20))
    with reasoned(f"{said} :x a ess:Festival , ess:Contest .", folder) as store:
        found = consistent(store, ontology_folder=folder)
    [problem] = found.problems
    assert problem.text == "these statements can't all be true under the ontology"
    assert [said.name for said in problem.statements] == [
        "urn:x – is of the class – contest",
        "urn:x – is of the class – festival or fair",
    ]


ONLY_SOME = """
ess:Festival rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ess:locatedIn ;
    owl:someValuesFrom ess:Yard ] .
ess:Contest rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ess:locatedIn ;
    owl:allValuesFrom ess:Hall ] .
ess:Yard a owl:Class ; owl:disjointWith ess:Hall . ess:Hall a owl:Class .
"""


@given(st.sets(st.integers(0, 40), min_size=1, max_size=4))
def test_the_smallest_conflict_is_found_among_many(wrong: set[int]) -> None:
    found = smallest(list(range(41)), lambda items: wrong <= set(items))
    assert set(found) == wrong


@needs_java
def test_a_class_that_nothing_can_belong_to_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(FOLDER, folder)
    impossible = "ess:Impossible a owl:Class ; rdfs:subClassOf ess:Event , ess:Person ."
    with (folder / "modules" / "events.ttl").open("a", encoding="utf-8") as file:
        file.write(impossible)
    found = consistent(ontology_folder=folder)
    assert found.holds is False
    [problem] = found.problems
    assert problem.text == f"nothing can ever be of the class “{ESS}Impossible”, by its own definition"


def test_the_statements_and_sentences_behind_a_contradiction_are_named() -> None:
    with memory_store(sample.BASE) as store:
        store.load(build.quads(sample.knowledge(), sample.BASE, run=build.Run("f", "1")))
        reason.entail(store, sample.BASE)
        found = consistent(store)
    assert found.holds is False  # the sample places a town in a university
    [problem] = found.problems
    assert problem.text.startswith("University of Port-Rive (https://example.org/kg/id/universite) is both")
    assert "Port-Rive – located in – University of Port-Rive" in {said.name for said in problem.statements}
    assert "read in https://example.org/kg/document/" in found.text()
    assert "University of Port-Rive.”" in found.text()


@needs_java
def test_what_agrees_is_said_to() -> None:
    with reasoned(":x a ess:Forum ; ess:locatedIn :y .") as store:
        assert consistent(store) == Consistency(True)


def test_what_follows_from_a_code_counts_as_well() -> None:
    code = "<https://w3id.org/esskg/vocabulary/legal-form/scop>"
    with reasoned(f":x ess:legalForm {code} ; a ess:Event .") as store:
        [problem] = consistent(store).problems
    assert problem.text == "urn:x (urn:x) is both “agent” and “event”, which nothing can be at once"
    assert [said.name for said in problem.statements] == [
        f"urn:x – legal form – {code.strip('<>')}",
        "urn:x – is of the class – event",
    ]


def test_without_java_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consistency, "_java", lambda: None)
    found = consistent(language="fr")
    assert found.holds is None
    assert "pip install 'esskg[java]'" in found.text()
    assert found.to_json()["holds"] is None
