"""What documents say together: evidence united, confidence combined, contradictions kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notes import Note, slug_of, together

from esskg.config import Thresholds
from esskg.model import (
    Amount,
    FigureReading,
    Knowledge,
    LocalId,
    Modality,
    QuotationReading,
    RelationType,
    Slug,
    State,
    Statement,
    StatementReading,
    TextEvidence,
)
from esskg.reference import Reference
from esskg.resolve.weigh import Support, noisy_or, weigh

CITY, FUND = "Ville de Trois-Rivières", "Fonds Mékinac"


def note(slug: str, confidence: float = 0.8, **attributes: object) -> Note:
    found = Note(slug).entity("PublicBody", CITY).entity("FinancialInstitution", FUND)
    return found.says(CITY, "finances", FUND, confidence, **attributes)  # type: ignore[arg-type]


def only(knowledge: Knowledge) -> Statement:
    (statement,) = knowledge.statements
    return statement


def documents(statement: Statement) -> list[str]:
    return [found.document for found in statement.evidence if isinstance(found, TextEvidence)]


def test_one_statement_with_the_evidence_of_all_documents() -> None:
    statement = only(together([note("b"), note("a")]))
    assert documents(statement) == ["a", "b"]
    assert statement.confidence == pytest.approx(0.96)
    assert statement.state is State.ASSERTED


def test_evidence_is_the_words_with_what_stands_around() -> None:
    (found,) = only(together([note("a")])).evidence
    assert isinstance(found, TextEvidence)
    assert found.exact == f"{CITY} finances {FUND}."
    assert f"{CITY}\n{FUND}\n".endswith(found.prefix) and len(found.prefix) == 32 and found.suffix == ""


def test_copies_of_one_release_count_once() -> None:
    statement = only(together([note("a"), note("b", 0.6), note("c", 0.7)], copies={"b": "a", "c": "a"}))
    assert statement.confidence == 0.8 and documents(statement) == ["a", "b", "c"]


def test_two_doubtful_documents_make_a_statement_to_review() -> None:
    readings = [note("a", 0.3, state=State.QUARANTINED), note("b", 0.3, state=State.QUARANTINED)]
    assert together(readings[:1]).statements == ()
    assert only(together(readings)).state is State.REVIEW


def test_what_was_set_aside_for_a_reason_supports_nothing() -> None:
    aside = note("a", 0.9, state=State.QUARANTINED, reason="no anchor for the date")
    assert together([aside]).statements == ()
    assert documents(only(together([aside, note("b")]))) == ["b"]


def test_amount_and_date_come_from_the_reading_that_tells_most() -> None:
    amount = Amount(300e6, "CAD", text="300 M$")
    statement = only(together([note("a", 0.95), note("b", 0.8, amount=amount, date="2023")]))
    assert (statement.amount, statement.date) == (amount, "2023")


def test_contradicting_values_stay_side_by_side() -> None:
    a = Note("a").entity("FinancialInstitution", FUND).says(FUND, "foundedIn", "1996")
    b = Note("b").entity("FinancialInstitution", FUND).says(FUND, "foundedIn", "1997")
    assert {statement.date for statement in together([a, b]).statements} == {"1996", "1997"}


def test_what_is_denied_stands_apart_and_is_never_asserted() -> None:
    knowledge = together([note("a", 0.9), note("b", 0.9, modality="negated")])
    states = {statement.modality: statement.state for statement in knowledge.statements}
    assert states == {Modality.HOLDS: State.ASSERTED, Modality.NEGATED: State.REVIEW}


def test_a_partnership_has_no_direction() -> None:
    a = Note("a").entity("PublicBody", CITY).entity("FinancialInstitution", FUND)
    b = Note("b").entity("PublicBody", CITY).entity("FinancialInstitution", FUND)
    a.says(CITY, "partnersWith", FUND)
    b.says(FUND, "partnersWith", CITY)
    assert documents(only(together([a, b]))) == ["a", "b"]


def test_a_relation_of_a_thing_with_itself_is_dropped(reference: Reference) -> None:
    a = Note("a").entity("Network", "Alliance coopérative internationale")
    a.entity("Network", "International Cooperative Alliance")
    a.says(*["Alliance coopérative internationale", "partnersWith", "International Cooperative Alliance"])
    assert together([a], reference).statements == ()


def figure(note: Note, value: float, about: LocalId, indicator: str = "Emplois") -> None:
    span = note.line(f"{indicator}: {value}")
    note.figures.append(FigureReading(indicator, value, "count", span, "test.rule", 0.8, about=about))


def test_figures_are_merged_by_what_they_count() -> None:
    a, b = note("a"), note("b")
    for each, value in ((a, 500), (b, 500), (b, 600)):
        figure(each, value, each.entities[FUND].id, "emplois" if each is a else "Emplois")
    figures = {found.value: found for found in together([a, b]).figures}
    assert figures[500].confidence == pytest.approx(0.96) and len(figures[500].evidence) == 2
    assert figures[600].confidence == 0.8 and figures[600].language == "fr"
    assert figures[500].about == slug_of(together([a, b]), a, FUND)


def test_quotations_are_merged_by_speaker_and_words() -> None:
    notes = [Note(slug).entity("Person", "Claire Bellerive") for slug in ("a", "b")]
    for each, words in zip(notes, ("Nous y  sommes.", "Nous y sommes."), strict=True):
        speaker = each.entities["Claire Bellerive"].id
        each.quotations.append(QuotationReading(speaker, each.line(words), "test.rule", 0.8))
    (quotation,) = together(notes).quotations
    assert quotation.text == "Nous y sommes." and len(quotation.evidence) == 2


def support(confidence: float, document: str) -> Support[StatementReading]:
    reading = StatementReading(RelationType.FINANCES, LocalId("e1"), LocalId("e2"), (0, 1), "r", confidence)
    evidence = TextEvidence(Slug(document), 0, 1, "x", "", "", "r", confidence)
    return Support(reading, evidence, Slug(document))


CONFIDENCES = st.lists(st.floats(0, 1), min_size=1, max_size=6)


@given(CONFIDENCES, st.randoms(use_true_random=False))
def test_confidence_does_not_depend_on_order(confidences: list[float], random: object) -> None:
    supports = [support(confidence, f"d{index}") for index, confidence in enumerate(confidences)]
    assert noisy_or(supports) == noisy_or(reversed(supports))


@given(CONFIDENCES)
def test_another_document_never_lowers_confidence(confidences: list[float]) -> None:
    supports = [support(confidence, f"d{index}") for index, confidence in enumerate(confidences)]
    assert noisy_or(supports) >= round(max(confidences), 6) and noisy_or(supports) <= 1


@given(CONFIDENCES)
def test_copies_add_nothing(confidences: list[float]) -> None:
    assert noisy_or(support(confidence, "d") for confidence in confidences) == round(max(confidences), 6)


def test_too_little_is_not_shown() -> None:
    assert weigh([support(0.34, "a")], Thresholds()) is None
