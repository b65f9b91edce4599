"""What a build writes, asked for in SPARQL as a user would."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

import sample
from esskg.graph import build, literals
from esskg.model import Amount, Extraction, Knowledge, LocalId, RelationType, Slug, StatementReading
from esskg.vocab import ESS, PREFIXES

PROLOGUE = "\n".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
PROLOGUE += f"\nPREFIX id: <{sample.BASE}/id/> PREFIX doc: <{sample.BASE}/document/>"
RUN = build.Run("extractor-1", "0.1.0")


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.extend(build.quads(sample.knowledge(), sample.BASE, run=RUN))
    return store


def rows(store: Store, where: str, wanted: str = "*") -> list[tuple[str | None, ...]]:
    found = store.query(f"{PROLOGUE}\nSELECT {wanted} WHERE {{ {where} }}")
    assert isinstance(found, QuerySolutions)
    return sorted(tuple(term and term.value for term in row) for row in found)


def test_one_query_without_graph_gives_an_edge_with_its_sentence(store: Store) -> None:
    [(exact, start)] = rows(
        store,
        """[] rdf:subject id:fonds-du-fleuve ; rdf:predicate ess:finances ; rdf:object id:forum-des-rives ;
        ess:evidence/oa:hasSelector [ oa:exact ?exact ] ; ess:evidence/oa:hasSelector [ oa:start ?start ]""",
    )
    assert exact and exact.startswith("Le Fonds du Fleuve finance le Forum")
    assert start == "0"


def test_what_is_asserted_and_holds_has_its_direct_property(store: Store) -> None:
    found = rows(store, "id:fonds-du-fleuve ess:finances ?whom")
    assert [whom for (whom,) in found] == [
        f"{sample.BASE}/id/{slug}" for slug in ("forum-des-rives", "trois-ponts")
    ]


@pytest.mark.parametrize(
    ("subject", "relation"), [("fonds-du-fleuve", "supports"), ("ministere", "finances")]
)
def test_what_is_negated_or_waits_for_review_counts_in_no_question(
    store: Store, subject: str, relation: str
) -> None:
    assert not rows(store, f"id:{subject} ess:{relation} id:amarrage")
    kinds = rows(
        store,
        f"[] rdf:subject id:{subject} ; rdf:predicate ess:{relation} ; rdf:object id:amarrage ;"
        "ess:relation [ a ?kind ]",
    )
    assert kinds == [(ESS + "Relation",), (ESS + "UnconfirmedRelation",)]


def test_a_funding_carries_its_amount_as_a_number_and_as_published(store: Store) -> None:
    found = rows(
        store,
        """[] a ess:Funding ; ess:recipient id:forum-des-rives ; ess:amount ?amount ; ess:currency ?currency ;
        ess:amountText ?text ; ess:qualifier/skos:prefLabel ?label FILTER(lang(?label) = "fr") """,
        "?amount ?currency ?text ?label",
    )
    assert found == [("300000", "CAD", "300 000 dollars canadiens", "plus de")]


def test_a_document_graph_holds_only_what_that_document_says(store: Store) -> None:
    graph = f"<{sample.BASE}/graph/document/{sample.ENGLISH}>"
    sources = rows(
        store, f"GRAPH {graph} {{ ?s ess:evidence ?e }} ?e oa:hasSource ?document", "DISTINCT ?document"
    )
    assert sources == [(f"{sample.BASE}/document/{sample.ENGLISH}",)]
    assert not rows(store, f"GRAPH {graph} {{ ?a ess:organizes ?b }}")
    assert len(rows(store, f"GRAPH {graph} {{ ?s a ess:Statement }}")) == 5


def test_a_document_is_never_given_the_amount_that_another_states() -> None:
    reading = StatementReading(
        type=RelationType.FINANCES,
        subject=LocalId("e1"),
        object=LocalId("e2"),
        evidence=(0, 1),
        rule="test",
        confidence=0.9,
        amount=Amount(12_000, "EUR"),
    )
    english, french = sample.ENGLISH, sample.FRENCH
    links = {(english, LocalId("e1")): Slug("fonds-du-fleuve"), (english, LocalId("e2")): Slug("trois-ponts")}
    knowledge = replace(
        sample.knowledge(),
        extractions=(Extraction(english, "", statements=(reading,)),),
        links=links,
    )
    store = Store()
    store.extend(build.quads(knowledge, sample.BASE, run=RUN))
    question = "?f ess:recipient id:trois-ponts ; ess:amount ?amount ; ess:currency ?currency"
    said = {
        slug: rows(
            store, f"GRAPH <{sample.BASE}/graph/document/{slug}> {{ {question} }}", "?amount ?currency"
        )
        for slug in (english, french)
    }
    assert said == {english: [("12000", "EUR")], french: []}


def test_what_only_the_reference_says_stands_in_its_own_graph() -> None:
    knowledge = sample.knowledge()
    [cell] = [each for each in knowledge.statements if each.subject == "port-rive"]
    rest = tuple(each for each in knowledge.statements if each is not cell)
    store = Store()
    apart = replace(knowledge, statements=rest, reference_statements=(cell,))
    store.extend(build.quads(apart, sample.BASE, run=RUN))
    question = "[] rdf:subject id:port-rive ; ess:evidence [ ess:file ?file ; ess:row ?row ]"
    assert not rows(store, question)
    found = rows(store, f"GRAPH <{sample.BASE}/graph/reference> {{ {question} }}", "?file ?row")
    assert found == [("reference/organizations.csv", "12")]


def test_a_merged_slug_leads_to_the_one_that_stands(store: Store) -> None:
    assert rows(store, "id:fonds-fleuve dcterms:isReplacedBy ?now") == [
        (f"{sample.BASE}/id/fonds-du-fleuve",)
    ]


def test_the_run_says_which_documents_it_read_and_no_clock(store: Store) -> None:
    graph = f"<{sample.BASE}/graph/runs>"
    read = rows(store, f"GRAPH {graph} {{ ?run a prov:Activity ; prov:used ?document }}")
    assert len(read) == 2
    assert not rows(store, f"GRAPH {graph} {{ ?run prov:endedAtTime ?time }}")


def test_labels_of_terms_stand_in_the_default_graph_and_definitions_in_the_ontology_graph(
    store: Store,
) -> None:
    assert rows(store, 'ess:finances rdfs:label ?label FILTER(lang(?label) = "es")') == [("financia",)]
    assert not rows(store, "ess:finances skos:definition ?text")
    assert rows(store, f"GRAPH <{sample.BASE}/graph/ontology> {{ ess:finances skos:definition ?text }}")


def test_each_evidence_has_one_rule_and_one_confidence(store: Store) -> None:
    counted = (
        "SELECT ?e (COUNT(*) AS ?n) { ?e a ess:TextEvidence ; ess:rule ?r ; ess:confidence ?c } GROUP BY ?e"
    )
    assert {n for (n,) in rows(store, f"{{ {counted} }}", "?n")} == {"1"}


def test_the_same_knowledge_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import hashlib, sample; from esskg.graph import build;"
        "quads = build.quads(sample.knowledge(), sample.BASE, run=build.Run('f', '1'));"
        "print(hashlib.sha256('\\n'.join(map(str, quads)).encode()).hexdigest())"
    )
    tests = Path(sample.__file__).parent
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(tests)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(digests) == 1


def test_an_interval_is_typed_by_its_start_and_end_beside_one_string() -> None:
    start, end = literals.period("2023-10-02/2023-10")
    assert start == Literal("2023-10-02", datatype=NamedNode(PREFIXES["xsd"] + "date"))
    assert end == Literal("2023-10", datatype=NamedNode(PREFIXES["xsd"] + "gYearMonth"))
    assert literals.edtf("2020/").value == "2020/.."


@pytest.mark.parametrize("text", ["", "soon", "2023-13", "2023-02-30", "20231", "2023-04-18T10:00"])
def test_what_is_no_date_is_never_typed_as_one(text: str) -> None:
    assert literals.day(text) is None


@given(st.floats(min_value=0, max_value=1e18, allow_nan=False))
def test_a_decimal_keeps_its_number_and_has_no_exponent(value: float) -> None:
    text = literals.decimal(value).value
    assert float(text) == value
    assert "e" not in text.lower()


def test_a_source_that_is_no_web_address_stays_in_words(store: Store) -> None:
    assert literals.iri_or_words("Archives, box 3") == Literal("Archives, box 3")
    assert literals.iri_or_words("https://example.org/a b") == Literal("https://example.org/a b")
    assert literals.iri_or_words("https://example.org/a") == NamedNode("https://example.org/a")


def test_a_statement_keeps_its_iri_when_a_second_document_says_it_too() -> None:
    knowledge = sample.knowledge()
    before = _statement_iris(knowledge)
    less = tuple(
        replace(each, evidence=each.evidence[:1]) if len(each.evidence) > 1 else each
        for each in knowledge.statements
    )
    assert _statement_iris(replace(knowledge, statements=less)) == before


def _statement_iris(knowledge: Knowledge) -> set[str]:
    writer = build.Writer(sample.BASE, RUN)
    triples = (triple for each in knowledge.statements for triple in writer.supported(each))
    return {subject.value for subject, _, object_ in triples if object_ == NamedNode(ESS + "Statement")}


def test_runs_of_the_same_extractor_are_one_run() -> None:
    assert build.Run("f", "1").id == build.Run("f", "1", ended="2024-01-01T00:00:00+00:00").id
    assert build.Run("f", "1").id != build.Run("g", "1").id
