"""Every question of the catalogue: well formed, quick, and right where the answer is known."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from annex import SENTENCES, annex
from pyoxigraph import Store

from esskg import shipped
from esskg.project import Project
from esskg.query.catalogue import Catalogue, read
from esskg.query.parameters import Reader, places
from esskg.query.question import PAGING, Parameter, Query
from esskg.query.results import Result
from esskg.vocab import PREFIXES
from sample import BASE

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

QUESTIONS = read(shipped.folder("queries"))
every_question = pytest.mark.parametrize("name", QUESTIONS.names)
Ask = Callable[..., Result]

FORUM_DAY = datetime.date(2023, 5, 3)

ABOUT_THE_SECTOR = {
    "are-connected": {"start": "trois-ponts", "end": "groupe-rivieres"},
    "documents-mentioning": {"entity": "confluence"},
    "entity-card": {"entity": "confluence"},
    "evidence-of-statement": {"statement": annex()[0].id},
    "mentioned-together": {"entity": "confluence"},
    "neighbourhood": {"entity": "confluence"},
    "statements-of-document": {"document": "annexe"},
}
"""Values for what the examples of the shipped corpus stand for there."""

ANSWERS: list[tuple[str, dict[str, str], tuple[str, ...], set[tuple[object, ...]]]] = [
    (
        "who-finances-whom",
        {"recipient": "Atelier Nord"},
        ("funderLabel", "amount", "currency", "date", "sentence"),
        {(funder, 45000.0, "CAD", "2024", SENTENCES["prêt"])
         for funder in ("Fonds du Fleuve", "Ministère de l'Économie sociale")},
    ),
    ("who-finances-whom", {"funder": "Fonds du Fleuve"}, ("qualifier",), {("more_than",), ("exact",)}),
    (
        "co-financers-of-event",
        {"event": "Rives Forum", "lang": "en"},
        ("eventLabel", "funderLabel", "amount"),
        {("Rives Forum", "Fleuve Fund", 300000.0),
         ("Rives Forum", "Ministère de l'Économie sociale", 20000.0)},
    ),
    (
        "funding-totals",
        {},
        ("funderLabel", "currency", "total", "fundings", "largest"),
        {("Fonds du Fleuve", "CAD", 390000.0, 3, 300000.0),
         ("Ministère de l'Économie sociale", "CAD", 65000.0, 2, 45000.0)},
    ),
    ("fundings-by-instrument", {}, ("instrumentLabel", "fundings"), {("prêt", 3), ("subvention", 1)}),
    (
        "links-of-international-body",
        {"body": "groupe-rivieres"},
        ("direction", "relation", "otherLabel"),
        {("→", "participatesIn", "Forum des Rives"), ("→", "partnersWith", "Ministère de l'Économie sociale"),
         ("←", "partnersWith", "Réseau Confluence"), ("←", "memberOf", "Réseau Confluence")},
    ),
    (
        "who-sits-where",
        {"person": "Anne Lavigne"},
        ("role", "organizationLabel"),
        {("directrice générale", "Fonds du Fleuve")},
    ),
    (
        "policies-adopted",
        {"since": "2022", "until": "2022"},
        ("date", "adopterLabel", "policyLabel"),
        {("2022-03-04", "Ministère de l'Économie sociale", "Stratégie des Rives")},
    ),
    ("policies-adopted", {"since": "2023"}, ("date",), set()),
    (
        "membership-paths",
        {"start": "Coopérative des Trois-Ponts"},
        ("fromLabel", "toLabel"),
        {("Coopérative des Trois-Ponts", "Réseau Confluence"),
         ("Réseau Confluence", "Groupe interinstitutions sur les rivières")},
    ),
    (
        "figures-by-place",
        {"place": "Port-Rive"},
        ("indicator", "qualifier", "value", "unit", "aboutLabel", "sourceLabel"),
        {("nombre de membres", "more_than", 120.0, "count", "Réseau Confluence", None)},
    ),
    (
        "figures-by-indicator",
        {"notation": "members"},
        ("measured", "value", "aboutLabel"),
        {("members", 120.0, "Réseau Confluence")},
    ),
    ("figures-by-indicator", {"notation": "jobs"}, ("value",), set()),
    ("figures-about", {"about": "Réseau Confluence"}, ("value", "date"), {(120.0, "2023")}),
    (
        "documents-mentioning",
        {"entity": "Imprimerie Sud", "lang": "en"},
        ("documentLabel", "language", "entityLabel"),
        {("Rives Forum: a report", "en", "Imprimerie Sud")},
    ),
    (
        "statements-to-review",
        {"relation": "supports"},
        ("subjectLabel", "relation", "objectLabel", "confidence"),
        {("Fonds du Fleuve", "supports", "Mutuelle Amarrage", 0.5)},
    ),
    ("statements-to-review", {"relation": "finances"}, ("statement",), set()),
    (
        "event-organizers",
        {"event": "Forum des Rives"},
        ("organizerLabel", "date"),
        {("Réseau Confluence", FORUM_DAY), ("Ministère de l'Économie sociale", FORUM_DAY)},
    ),
    ("events-calendar", {"since": "2023-05"}, ("date", "placeLabel"), {("2023-05-03", "Port-Rive")}),
    ("events-calendar", {"until": "2022"}, ("eventLabel",), set()),
    (
        "partnerships",
        {"organization": "University of Port-Rive"},
        ("organizationLabel", "partnerLabel"),
        {("Université de Port-Rive", "Réseau Confluence")},
    ),
    (
        "network-members",
        {"network": "Réseau Confluence"},
        ("memberLabel",),
        {("Coopérative des Trois-Ponts",), ("Mutuelle Amarrage",)},
    ),
    (
        "public-chains",
        {},
        ("governmentLabel", "networkLabel", "enterpriseLabel"),
        {("Ministère de l'Économie sociale", "Réseau Confluence", enterprise)
         for enterprise in ("Coopérative des Trois-Ponts", "Mutuelle Amarrage")},
    ),
    ("founders", {}, ("founderLabel", "foundedLabel"), {("Atelier Nord", "Imprimerie Sud")}),
    (
        "founded-when",
        {"entity": "confluence"},
        ("date", "sentence"),
        {("1998", SENTENCES["founded-1"]), ("2001-05", SENTENCES["founded-2"])},
    ),
    (
        "organization-changes",
        {},
        ("organizationLabel", "change", "otherLabel", "date"),
        {("Imprimerie Sud", "mergedInto", "Atelier Nord", "2020"),
         ("Fonds du Fleuve", "subOrganizationOf", "Ministère de l'Économie sociale", None)},
    ),
    (
        "organizations-by-type",
        {"class": "Network"},
        ("organizationLabel", "documents"),
        {("Réseau Confluence", 2), ("Fédération isolée", 1)},
    ),
    ("located-in", {"place": "Port-Rive"}, ("entityLabel", "classLabel"), {("Forum des Rives", "événement")}),
    (
        "quotations",
        {"speaker": "Anne Lavigne"},
        ("text", "documentLabel"),
        {("Nos rives appartiennent à tous", "Le Forum des Rives")},
    ),
    (
        "entity-card",
        {"entity": "Mutuelle Amarrage"},
        ("direction", "relation", "otherLabel", "amount"),
        {("→", "memberOf", "Réseau Confluence", None), ("←", "finances", "Fonds du Fleuve", 45000.0),
         ("←", "supports", "Ministère de l'Économie sociale", None)},
    ),
    (
        "evidence-of-statement",
        {"statement": annex()[0].id},
        ("kind", "prefix", "sentence", "start", "end"),
        {("TextEvidence", "", SENTENCES["joined"], 0, len(SENTENCES["joined"]))},
    ),
    (
        "bridges",
        {},
        ("organizationLabel", "governments", "unBodies"),
        {("Réseau Confluence", 1, 1)},
    ),
    (
        "contradictions",
        {},
        ("subjectLabel", "relation", "first", "second"),
        {("Réseau Confluence", "foundedIn", "1998", "2001-05")},
    ),
    (
        "denied",
        {},
        ("relation", "objectLabel", "stated"),
        {("finances", "Mutuelle Amarrage", False), ("supports", "Mutuelle Amarrage", True)},
    ),
    (
        "supporters",
        {"supported": "Stratégie des Rives"},
        ("supporterLabel", "sentence"),
        {("Université de Port-Rive", SENTENCES["backs"])},
    ),
    (
        "policy-implementers",
        {},
        ("policyLabel", "implementerLabel", "adopterLabel"),
        {("Stratégie des Rives", "Réseau Confluence", "Ministère de l'Économie sociale")},
    ),
    (
        "decisions",
        {},
        ("subjectLabel", "who", "reason", "file", "row"),
        {("Atelier Nord", "Une curatrice", "Acte du greffe", "decisions/statements.csv", 3)},
    ),
    (
        "reference-confirmed",
        {},
        ("subjectLabel", "relation", "confirmed"),
        {("Réseau Confluence", "memberOf", 1), ("Fédération isolée", "memberOf", 0)},
    ),
    ("provenance-of-document", {"document": "annexe"}, ("program", "rule"), {("esskg 0", "test")}),
]  # fmt: skip


def short(value: object) -> object:
    """Terms of the ontology by their names."""
    return value.removeprefix(PREFIXES["ess"]) if isinstance(value, str) else value


def answers(result: Result, *columns: str) -> set[tuple[object, ...]]:
    positions = [result.variables.index(column) for column in columns]
    return {tuple(short(row[position]) for position in positions) for row in result.rows}


@pytest.mark.parametrize(("name", "parameters", "columns", "expected"), ANSWERS)
def test_the_answer_is_what_the_documents_say(
    answer: Ask,
    name: str,
    parameters: dict[str, str],
    columns: tuple[str, ...],
    expected: set[tuple[object, ...]],
) -> None:
    assert answers(answer(name, **parameters), *columns) == expected


@every_question
def test_every_question_has_an_answer(answer: Ask, name: str) -> None:
    assert answer(name, **ABOUT_THE_SECTOR.get(name, {})).boolean


def test_connected_means_by_a_path(answer: Ask) -> None:
    assert answer("are-connected", start="Mutuelle Amarrage", end="groupe-rivieres").boolean
    assert not answer("are-connected", start="groupe-rivieres", end="Mutuelle Amarrage").boolean


def test_the_neighbourhood_is_a_graph_of_the_entity_and_its_links(answer: Ask) -> None:
    found = answer("neighbourhood", entity="Mutuelle Amarrage")
    graph = rdflib.Graph().parse(data=found.text("turtle"), format="turtle")
    ess, amarrage = rdflib.Namespace(PREFIXES["ess"]), rdflib.URIRef(f"{BASE}/id/amarrage")
    assert set(graph.objects(amarrage, ess.memberOf)) == {rdflib.URIRef(f"{BASE}/id/confluence")}
    assert set(graph.subjects(ess.finances, amarrage)) == {rdflib.URIRef(f"{BASE}/id/fonds-du-fleuve")}


# --- the files ----------------------------------------------------------------------------------------


@every_question
def test_a_file_is_sparql_that_any_tool_can_run(name: str) -> None:
    query = QUESTIONS[name]
    result = Result(Store().query(query.sparql))
    assert set(result.variables) == set(query.columns) or result.form != "table"
    rdflib.Dataset().query(query.sparql)


@every_question
def test_names_and_words_are_in_order(name: str) -> None:
    query = QUESTIONS[name]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert query.question["fr"] != query.question["en"]
    assert all(words.strip() for said in (query.title, query.question) for words in said.values())
    assert query.question["en"].count("?") and query.question["fr"].count(" ?")


@every_question
def test_a_block_in_the_file_holds_the_default_of_its_parameter(name: str) -> None:
    query = QUESTIONS[name]
    for parameter in query.parameters:
        assert {block_value(query, parameter, *place) for place in places(query.sparql, parameter.name)} == {
            Reader("").term(parameter, parameter.default) if parameter.default else None
        }


def block_value(query: Query, parameter: Parameter, start: int, end: int) -> object:
    block = query.sparql[start:end]
    if parameter.name in PAGING:
        return Reader("").term(parameter, block.split()[1])
    (row,) = Store().query(f"SELECT ?{parameter.name} {{ {block} }}", prefixes=PREFIXES)
    return row[parameter.name]


@every_question
def test_the_terms_are_those_of_the_ontology(name: str) -> None:
    ontology = "".join(path.read_text("utf-8") for path in Path(shipped.folder("ontology")).rglob("*.ttl"))
    used = set(re.findall(r"\bess:\w+", QUESTIONS[name].sparql))
    assert used <= set(re.findall(r"\bess:\w+", ontology))


# --- the shipped corpus -------------------------------------------------------------------------------

SPARSE = {
    "co-financers-of-event",
    "contradictions",
    "decisions",
    "denied",
    "fundings-by-instrument",
    "public-chains",
    "supporters",
}
"""What the documents of the corpus may say nothing about."""


CITING = [question.name for question in QUESTIONS if {"sentence", "document"} <= question.columns.keys()]


def asked(built: Project, name: str) -> Result:
    examples = {each.name: each.example for each in QUESTIONS[name].parameters if each.example}
    return built.query(name, **examples)


@pytest.mark.slow
@every_question
def test_every_question_is_answered_quickly_from_the_corpus(built: Project, name: str) -> None:
    started = time.process_time()
    result = asked(built, name)
    assert time.process_time() - started < 0.5
    assert result.boolean or name in SPARSE


@pytest.mark.slow
@pytest.mark.parametrize("name", CITING)
def test_every_sentence_stands_in_its_document(built: Project, name: str) -> None:
    for sentence, document in answers(asked(built, name), "sentence", "document"):
        assert sentence in built.index.document(str(document).rsplit("/", 1)[-1]).text


def test_the_catalogue_holds_what_it_promises(catalogue: Catalogue) -> None:
    assert len(catalogue) >= 22
