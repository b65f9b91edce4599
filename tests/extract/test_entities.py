"""Entities as a reader of a document meets them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from entity_reading import context, entities, marked, named, reader, shipped
from hypothesis import given, settings
from hypothesis import strategies as st

from esskg.model import EntityType

CAISSE = (
    "La Fiducie du Bassin (FDB) prête aux coopératives. La Fiducie a vingt ans. "
    "Le conseil de la FDB salue cette fiducie."
)


def test_acronym_short_form_and_description_are_one_entity() -> None:
    trust = named(entities(CAISSE), "Fiducie du Bassin")
    assert trust.type is EntityType.FINANCIAL_INSTITUTION
    assert [CAISSE[m.start : m.end] for m in trust.mentions] == [
        *("Fiducie du Bassin", "FDB", "Fiducie", "FDB", "fiducie"),
    ]
    assert set(trust.aliases) == {"FDB", "Fiducie"}


def test_the_acronym_may_stand_before_the_name() -> None:
    text = "Le RCQ (Réseau des cuisines de quartier) recrute."
    (network,) = entities(text)
    assert (network.name, network.type) == ("Réseau des cuisines de quartier", EntityType.NETWORK)
    assert network.aliases == ("RCQ",)


def test_a_description_with_two_antecedents_stands_for_neither() -> None:
    text = "La Fondation Lemieux et la Fondation Tremblay ont signé. La fondation versera la somme."
    assert "La fondation versera" in marked(text, entities(text))


def test_a_surname_is_the_person_who_bears_it() -> None:
    text = "Claire Desrosiers préside la coopérative. Selon Desrosiers, la saison sera bonne."
    (person,) = (e for e in entities(text) if e.type is EntityType.PERSON)
    assert [text[m.start : m.end] for m in person.mentions] == ["Claire Desrosiers", "Desrosiers"]


def test_titles_and_articles_stay_outside() -> None:
    text = "Mme Nadia Belkacem dirige la Mutuelle du Littoral."
    assert marked(text, entities(text)) == (
        "Mme [Nadia Belkacem|Person] dirige la [Mutuelle du Littoral|SocialEconomyEnterprise]."
    )


def test_a_country_that_acts_is_a_government_and_elsewhere_a_place() -> None:
    text = "Le Sénégal a adopté une loi. Les coopératives au Sénégal s'en réjouissent."
    read = {(e.name, e.type): [text[: m.start].count(".") for m in e.mentions] for e in entities(text)}
    assert read == {("Sénégal", EntityType.PUBLIC_BODY): [0], ("Sénégal", EntityType.PLACE): [1]}


@pytest.mark.parametrize(
    ("text", "language", "type_"),
    [
        ("Le Sénégal se dote d'une loi d'orientation.", "fr", EntityType.PUBLIC_BODY),
        ("Le Sénégal a 17 millions de citoyens.", "fr", EntityType.PLACE),
        ("Yesterday Senegal ratified the convention.", "en", EntityType.PUBLIC_BODY),
        ("Cooperatives in Senegal ratified the plan.", "en", EntityType.PLACE),
    ],
)
def test_a_short_verb_of_acting_counts_an_auxiliary_alone_does_not(
    text: str, language: str, type_: EntityType
) -> None:
    assert {e.type for e in entities(text, language) if e.name in {"Sénégal", "Senegal"}} == {type_}


def test_generic_nouns_are_no_entities() -> None:
    text = "Des coopératives et des gouvernements discutent d'un fonds. Les mutuelles attendent une loi."
    assert entities(text) == ()


def test_a_known_name_carries_its_reference_key() -> None:
    read = entities("L'Organisation internationale du Travail publie un guide.")
    assert [(e.type, e.reference) for e in read] == [(EntityType.INTERGOVERNMENTAL_BODY, "ilo")]


def test_typographic_apostrophes_are_plain_ones() -> None:
    text = "La Caisse d'épargne du Nord prête. La Caisse d’épargne du Nord prête."
    (bank,) = entities(text)
    assert len(bank.mentions) == 2
    assert len({text[m.start : m.end] for m in bank.mentions}) == 2


def test_capitals_of_a_heading_make_no_names() -> None:
    text = "COMMENT NOUS CHOISISSONS\nLe Réseau des jardins décide. LE RÉSEAU DES JARDINS EN BREF"
    assert {e.name.casefold() for e in entities(text)} == {"réseau des jardins"}


def test_without_models_known_names_and_heads_are_still_read() -> None:
    text = "La Ville de Montréal soutient la Fédération des coopératives de taxi."
    types = [e.type for e in entities(text, models=False)]
    assert types == [EntityType.PUBLIC_BODY, EntityType.NETWORK]


@pytest.mark.parametrize("name", ["fr-01", "en-01", "es-02"])
def test_mentions_of_a_document_never_overlap_and_ids_count_up(name: str) -> None:
    read = reader().read(shipped(name))
    spans = sorted(mention.span for entity in read for mention in entity.mentions)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert [entity.id for entity in read] == [f"e{number}" for number in range(1, len(read) + 1)]


def test_reading_twice_gives_the_same() -> None:
    assert reader().read(context(CAISSE)) == reader().read(context(CAISSE))


SENTENCES = """Le la de du et , . ( ) " Fonds Ville Montréal ONU Marie Tremblay coopérative loi n° 2014 sur
pour résolution L'État deuxième congrès – a adopté Réseau des Caisse d'économie solidaire"""
WORDS = st.sampled_from(re.findall(r"\S+", SENTENCES))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_text_gives_mentions_inside_it_without_overlap(text: str) -> None:
    read = entities(text, models=False)
    spans = sorted(mention.span for entity in read for mention in entity.mentions)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(entity.name and entity.mentions for entity in read)


@pytest.mark.parametrize(
    ("language", "text", "name", "short"),
    [
        (
            "fr",
            "La Fédération des coopératives du Grand-Nord (le réseau) recrute. La FCGN a trente ans.",
            "Fédération des coopératives du Grand-Nord",
            "FCGN",
        ),
        (
            "en",
            "The Northern Housing Cooperative Federation is growing. The NHCF met in May.",
            "Northern Housing Cooperative Federation",
            "NHCF",
        ),
        (
            "fr",
            "La Fondation Rose et Paul Tremblay soutient le projet. La Fondation Tremblay a versé la somme.",
            "Fondation Rose et Paul Tremblay",
            "Fondation Tremblay",
        ),
    ],
)
def test_initials_and_first_with_last_word_stand_for_a_name(
    language: str, text: str, name: str, short: str
) -> None:
    assert short in named(entities(text, language), name).aliases


def test_initials_of_two_names_stand_for_neither() -> None:
    text = "La Caisse du Petit Nord et la Coopérative du Plateau Neuf ont signé. La CPN verse la somme."
    assert all("CPN" not in entity.aliases for entity in entities(text))


@pytest.mark.parametrize("task", ["chargée du logement", "déléguée à la jeunesse"])
def test_what_a_post_is_in_charge_of_is_no_part_of_the_body(task: str) -> None:
    found = entities(f"Claire Montagnac, vice-présidente de la Région {task}, a salué la coopérative.")
    assert [entity.name for entity in found][:2] == ["Claire Montagnac", "Région"]
