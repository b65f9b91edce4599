"""Lists within a line, and labels: what stands before the colon states a relation for what stands behind."""

from __future__ import annotations

import pytest
from rule_examples import context, pairs

from esskg.extract.relations import read_statements

PARTNERS = (
    "Partenaires de la [Caisse](FinancialInstitution) : la [Ville](PublicBody), l'[Union](Network) (Lyon)."
)
SUBSIDIARIES = (
    "Subsidiaries of the [Bank](FinancialInstitution): [Alpha](FinancialInstitution) (100%); "
    "[Beta](SocialEconomyEnterprise) (60%)."
)
FRIENDS = "Amis de la [Caisse](FinancialInstitution) : la [Ville](PublicBody) et l'[Union](Network)."


def listed(text: str, language: str) -> set[str]:
    given = context(text, language)
    return pairs(given, tuple(s for s in read_statements(given) if s.rule.endswith(".inline")))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (PARTNERS, "fr", {"Caisse > Ville", "Caisse > Union"}),
        (SUBSIDIARIES, "en", {"Alpha > Bank", "Beta > Bank"}),
        (FRIENDS, "fr", set()),
    ],
)
def test_a_list_within_a_line(text: str, language: str, expected: set[str]) -> None:
    assert listed(text, language) == expected


def test_its_evidence_ends_with_the_name() -> None:
    given = context(SUBSIDIARIES, "en")
    found = [s for s in read_statements(given) if s.rule == "subOrganizationOf.inline"]
    assert [
        given.text[slice(*s.evidence)].endswith(name)
        for s, name in zip(found, ("Alpha", "Beta"), strict=True)
    ]
