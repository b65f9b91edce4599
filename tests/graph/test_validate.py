"""The shapes as a curator meets them: what they let pass, what they catch, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import Quad, RdfFormat, parse, serialize
from rdflib import OWL, RDF, RDFS, SH, Graph

import sample
from esskg import shipped
from esskg.graph import build, ontology, shapes
from esskg.graph.reason import entail
from esskg.graph.store import Store, memory_store
from esskg.graph.validate import Severity, validate
from esskg.vocab import ESS, PREFIXES

FOLDER = shipped.folder("ontology")
VALID = sorted(FOLDER.glob("examples/valid/*.ttl"))
INVALID = sorted(FOLDER.glob("examples/invalid/*.ttl"))
FILES = ontology.shapes_files(FOLDER)


def stem(path: Path) -> str:
    return path.stem


@pytest.fixture(scope="module")
def checked() -> Iterator[Store]:
    """The sample sector, in which a town is said to be located in a university."""
    with memory_store(sample.BASE) as store:
        store.load(build.quads(sample.knowledge(), sample.BASE, run=build.Run("f", "1")))
        entail(store, sample.BASE)
        yield store


@pytest.mark.parametrize("path", VALID, ids=stem)
def test_a_valid_example_keeps_every_rule(path: Path) -> None:
    assert validate(path).violations == ()


@pytest.mark.parametrize("path", INVALID, ids=stem)
def test_an_invalid_example_breaks_the_rule_it_is_named_after_and_no_other(path: Path) -> None:
    found = validate(path, least=severity(path.stem)).violations
    assert {violation.rule for violation in found} == {path.stem}
    assert {violation.severity for violation in found} == {severity(path.stem)}


def severity(rule: str) -> Severity:
    """What the shape itself says, a violation where it says nothing."""
    [shape] = [each for each in _shapes().subjects(SH.message, unique=True) if str(each).endswith(f"#{rule}")]
    said = _shapes().value(shape, SH.severity)
    return cast(Severity, str(said or "#Violation").rpartition("#")[2].lower())


def test_warnings_and_advice_are_told_apart_from_what_is_broken() -> None:
    warned = validate(FOLDER / "examples" / "invalid" / "amount-plausible.ttl", "fr")
    assert warned.conforms
    assert warned.text().startswith("Sans doute erroné : 1\n- Fonds du Fleuve – finance – Coopérative des")
    advice = FOLDER / "examples" / "invalid" / "funding-dated.ttl"
    assert "keeps every rule" in validate(advice).text()
    assert "Worth completing: 1\n- Fonds du Fleuve – finances" in validate(advice, least="info").text()


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        ("2020", "2020", True),
        ("2020-03", "2020", True),
        ("2020", "2020-03-01", True),
        ("2021-01-01", "2020", False),
        ("2020-03-02", "2020-03-01", False),
        ("2020-04", "2020-03-31", False),
    ],
)
def test_an_interval_is_in_order_whatever_the_precision_of_its_ends(
    tmp_path: Path, start: str, end: str, fits: bool
) -> None:
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    ends = (f'ess:{name} "{at}"^^xsd:{kinds[len(at)]}' for name, at in (("start", start), ("end", end)))
    prefixes = f"@prefix ess: <{ESS}> . @prefix xsd: <{PREFIXES['xsd']}> ."
    data = tmp_path / "interval.ttl"
    data.write_text(f"{prefixes} <urn:it> ess:date '{start}/{end}' ; {' ; '.join(ends)} .")
    assert [each.rule for each in validate(data).violations] == ([] if fits else ["interval-order"])


def test_every_class_is_under_a_shape_of_its_own_or_of_a_class_above() -> None:
    terms, targets = Graph(), set(_shapes().objects(None, SH.targetClass))
    for file in ontology.terms_files(FOLDER):
        terms.parse(file)
    for class_ in terms.subjects(RDF.type, OWL.Class):
        if str(class_).startswith(ESS):
            above = set(terms.transitive_objects(class_, RDFS.subClassOf))
            defined = terms.value(class_, OWL.equivalentClass)  # a role: its members are agents already
            assert above & targets or defined, class_


def test_every_rule_has_an_example_that_breaks_it() -> None:
    rules = {str(shape).rpartition("#")[2] for shape in _shapes().subjects(SH.message)}
    assert rules == {path.stem for path in INVALID}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_rule_speaks(language: str) -> None:
    graph = _shapes()
    for shape in graph.subjects(SH.message, unique=True):
        assert [text for text in graph.objects(shape, SH.message) if text.language == language], shape


def _shapes() -> Graph:
    graph = Graph()
    for file in FILES:
        graph.parse(file)
    return graph


def test_both_engines_find_the_same(tmp_path: Path) -> None:
    everything = tmp_path / "all.nt"
    with memory_store("urn:esskg") as store:
        for path in (*VALID, *INVALID):
            store.load(Quad(each.subject, each.predicate, each.object) for each in parse(path=str(path)))
        entail(store, "urn:esskg")
        found = shapes.run(store, FILES)
        serialize(store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"), everything, RdfFormat.N_TRIPLES)
    assert {each.shape.rpartition("#")[2] for each in found} == {path.stem for path in INVALID}
    assert found == shapes.results(shapes.by_pyshacl(everything, FILES), FILES)


def test_a_violation_names_the_entity_the_document_and_the_sentence(checked: Store) -> None:
    [violation] = validate(checked, "fr").violations
    assert violation.name == "Université de Port-Rive"
    assert violation.message.startswith("Cette entité doit être une seule de ces choses")
    assert violation.document == f"{sample.BASE}/document/{sample.ENGLISH}"
    assert violation.sentence == "Confluence Network works with the University of Port-Rive."


def test_the_report_reads_well_in_both_languages(checked: Store) -> None:
    french, english = validate(checked, "fr").text(), validate(checked, "en").text()
    assert french.startswith("Règles enfreintes : 1\n- Université de Port-Rive : Cette entité")
    assert "« Confluence Network works" in french
    assert english.startswith("Rules broken: 1\n- University of Port-Rive: This entity")
    assert re.search(r"\[entity-one-kind\] https://example.org/kg/id/universite$", english)


def test_a_statement_is_named_by_its_ends() -> None:
    report = validate(FOLDER / "examples" / "invalid" / "amount-currency.ttl", "fr")
    [violation] = report.violations
    assert violation.name == "Fonds du Fleuve – finance – Coopérative des Trois-Ponts"
    assert violation.sentence == "Le Fonds du Fleuve finance la Coopérative des Trois-Ponts."


def test_a_graph_that_keeps_the_rules_is_said_to() -> None:
    report = validate(VALID[0], scope="domain")
    assert report.conforms
    assert "keep every rule" in report.text()
    assert report.to_json()["violations"] == ()


def test_the_domain_scope_leaves_evidence_to_the_whole_check() -> None:
    broken = FOLDER / "examples" / "invalid" / "text-rule.ttl"
    assert validate(broken, scope="domain").conforms
    assert not validate(broken).conforms
