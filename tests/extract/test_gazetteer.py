"""The gazetteer: known names where they stand as words of their own."""

from __future__ import annotations

import pytest

from esskg.extract.gazetteer import Gazetteer
from esskg.model import EntityType, Slug
from esskg.reference import KnownName

TYPE = EntityType.NETWORK
NAMES = [
    KnownName("Chantier de l'économie sociale", TYPE, None, (Slug("chantier"),), "fr", "name"),
    KnownName("ACI", TYPE, None, (Slug("aci"),), "fr", "acronym"),
    KnownName("Forum", TYPE, None, (Slug("forum"),), "fr", "alias"),
    KnownName("CDEC", TYPE, None, (Slug("cdec-nord"), Slug("cdec-sud")), "fr", "acronym"),
]


def found(text: str) -> list[str]:
    return [text[candidate.start : candidate.end] for candidate in Gazetteer(NAMES).find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Le Chantier de l'économie sociale répond.", ["Chantier de l'économie sociale"]),
        ("LE CHANTIER DE L'ÉCONOMIE SOCIALE RÉPOND", ["CHANTIER DE L'ÉCONOMIE SOCIALE"]),
        ("le chantier de l'économie sociale reste ouvert", []),
        ("L'ACI se réunit.", ["ACI"]),
        ("Le mot aci ne dit rien, ni ACIER, ni ACI-X.", []),
        ("Le Forum ouvre.", []),
    ],
)
def test_a_known_name_is_found_by_its_words_and_case(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_an_ambiguous_name_names_all_that_it_may_mean() -> None:
    (candidate,) = Gazetteer(NAMES).find("La CDEC recrute.")
    assert candidate.keys == ("cdec-nord", "cdec-sud")


def test_an_empty_reference_finds_nothing() -> None:
    assert list(Gazetteer([]).find("La Ville de Montréal")) == []
