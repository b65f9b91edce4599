from pathlib import Path

import pytest

from esskg.model import EntityType, Slug
from esskg.reference import KnownName, Reference, is_acronym, load


def named(reference: Reference, text: str) -> list[KnownName]:
    return [name for name in reference.names() if name.text == text]


def test_every_form_of_every_row_is_a_name(reference: Reference) -> None:
    texts = {name.text for name in reference.names()}
    for row in (*reference.organizations, *reference.policies, *reference.events):
        assert texts.issuperset(name.text for name in row.names) and texts.issuperset(row.aliases)


def test_names_carry_type_class_language_and_kind(folder: Path) -> None:
    (city,) = named(load(folder), "Ville de Montréal")
    assert city == KnownName(
        "Ville de Montréal", EntityType.PUBLIC_BODY, "Municipality", (Slug("ville"),), "fr", "name"
    )
    (acronym,) = named(load(folder), "SDE")
    assert (acronym.kind, acronym.language, acronym.keys) == ("acronym", "und", ("service",))


def test_a_shared_name_means_any_of_its_rows(reference: Reference) -> None:
    (cress,) = named(reference, "CRESS")
    assert len(cress.keys) > 4 and cress.type is EntityType.NETWORK


def test_a_name_shared_across_types_stands_once_for_each(reference: Reference) -> None:
    types = {name.type for name in named(reference, "Forum mondial")}
    assert types == {EntityType.EVENT, EntityType.NETWORK}


@pytest.mark.parametrize("text", ["la Caisse", "le Fonds", "l'Alliance"])
def test_definite_short_forms_are_no_names(reference: Reference, text: str) -> None:
    assert not named(reference, text)


def test_no_text_has_two_meanings_of_one_type_and_language(reference: Reference) -> None:
    names = [(name.text, name.type, name.language) for name in reference.names()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("text", ["UNTFSSE", "CECOP-CICOPA", "CCEDNet", "C.I.T.I.E.S.", "A/RES/77/281"])
def test_initials_are_acronyms(text: str) -> None:
    assert is_acronym(text)


@pytest.mark.parametrize(
    "text", ["Boann", "La Nef", "Chantier de l'économie sociale", "Q", "GSEF Mexico 2021"]
)
def test_words_are_not(text: str) -> None:
    assert not is_acronym(text)
