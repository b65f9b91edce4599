"""The made-up sentences that the ranker learns from, and what was put right while they were written."""

from __future__ import annotations

import pytest
from rule_examples import context, pairs

from esskg.extract.relations import read_statements
from esskg.extract.relations.checks import ENDS
from esskg.extract.relations.lessons import LANGUAGES, lessons
from esskg.extract.relations.typed import CODE
from esskg.model import EntityType, RelationType


def test_lessons_state_relations_that_types_allow() -> None:
    for gold, _ in lessons():
        types = {entity["id"]: CODE[EntityType(entity["type"])] for entity in gold["entities"]}
        for relation in gold["relations"]:
            subjects, objects = ENDS[RelationType(relation["type"])]
            assert types[relation["subject"]] in subjects, relation
            assert "object" not in relation or types[relation["object"]] in objects, relation


def test_every_language_teaches_every_relation() -> None:
    taught = {(gold["id"].split()[1], r["type"]) for gold, _ in lessons() for r in gold["relations"]}
    assert taught == {(language, type_) for language in LANGUAGES for type_ in RelationType}


def test_who_pays_in_the_passive_is_paid_nothing() -> None:
    text = (
        "[Fund](SocialEconomyEnterprise) is funded by [Alpha](FinancialInstitution) and [Beta](PublicBody)."
    )
    read = context(text, "en")
    given = tuple(s for s in read_statements(read) if s.type == RelationType.FINANCES)
    assert pairs(read, given) == {"Alpha > Fund", "Beta > Fund"}


@pytest.mark.parametrize(
    "text",
    [
        "Le don de 50 000 € de la [Région](PublicBody) à [Scop](SocialEconomyEnterprise) a plu.",
        "Cadeau de la [Région](PublicBody) à la [Scop](SocialEconomyEnterprise) : 50 000 €",
    ],
)
def test_an_amount_beside_a_gift_is_the_gift(text: str) -> None:
    (gift,) = (s for s in read_statements(context(text)) if s.type == RelationType.FINANCES)
    assert gift.amount is not None
    assert gift.amount.value == 50_000
