"""Quotations in the manners of newspapers, and what only looks like one."""

from __future__ import annotations

import pytest
from rule_examples import context

from esskg.extract.quotations import read_quotations


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("[Ana F. Lima](Person) juge que « nous devons saisir cette occasion ».", "fr"),
        ("L'argent manque. « Il y avait beaucoup de demandes », rapporte [Ana Lima](Person).", "fr"),
        ("Place à [Ana Lima](Person). Selon elle, « nous devons saisir cette occasion ».", "fr"),
        ("« Nous y croyons », a-t-elle dit. « Vraiment », ajoute [Ana Lima](Person).", "fr"),
        ("“We must not let this pass,” [Ana F. Lima](Person) cautioned.", "en"),
        ("[Ana Lima](Person) came. According to her, “we must not let this pass”.", "en"),
        ("[Ana Lima](Person) looks forward to “hundreds of new homes for us all”.", "en"),
        ("Habló [Ana Lima](Person). Según ella, «debemos aprovechar esta ocasión».", "es"),
    ],
)
def test_a_quotation_has_its_speaker(text: str, language: str) -> None:
    quotations = read_quotations(context(text, language))
    assert {quotation.speaker for quotation in quotations} == {"e1"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("« Les défis de demain » est un appel à projets, annonce [Alpha](Network).", "fr"),
        ("“Tomorrow's many challenges” is a call for projects, says [Alpha](Network).", "en"),
        ("«Los retos del mañana» es una convocatoria, anuncia [Alpha](Network).", "es"),
        ("Selon elle, « nous devons saisir cette occasion ».", "fr"),
    ],
)
def test_names_and_the_words_of_nobody_named_are_no_quotations(text: str, language: str) -> None:
    assert read_quotations(context(text, language)) == ()


def test_the_evidence_is_the_words_without_their_marks() -> None:
    given = context("« Nous avons tenu bon », dit [Ana Lima](Person).")
    (quotation,) = read_quotations(given)
    assert given.document.text[slice(*quotation.evidence)] == "Nous avons tenu bon"
