"""Who is one and who isn't, across documents."""

import random

import pytest
from notes import Note, are_one, slug_of, together

from esskg.config import Thresholds
from esskg.documents import copies
from esskg.model import Document, Extraction, Knowledge
from esskg.reference import Reference
from esskg.resolve import Decisions, PublishedIds, resolve


def fr(slug: str, **metadata: str) -> Note:
    return Note(slug, **metadata)  # type: ignore[arg-type]


def quebec(slug: str) -> Note:
    return Note(slug, country="CA")


def france(slug: str) -> Note:
    return Note(slug, country="FR")


# --- by reference ---


def test_the_row_that_extraction_found_is_meant(reference: Reference) -> None:
    a = fr("a").entity("Network", "le Chantier de l'ES", reference="chantier-economie-sociale")
    b = fr("b").entity("Network", "Chantier de l'économie sociale")
    assert slug_of(together([a, b], reference), a, "le Chantier de l'ES") == "chantier-economie-sociale"
    assert are_one(together([a, b], reference), a, b, "le Chantier de l'ES", "Chantier de l'économie sociale")


def test_a_row_of_another_kind_is_not_meant(reference: Reference) -> None:
    a = fr("a").entity("Place", "Bilbao", reference="bilbao").entity("PublicBody", "Bilbao City")
    knowledge = together([a], reference)
    assert slug_of(knowledge, a, "Bilbao") == "place-3128026"
    assert slug_of(knowledge, a, "Bilbao City") == "bilbao"


def test_names_in_other_languages_lead_to_the_same_row(reference: Reference) -> None:
    a = fr("a").entity("Network", "Alliance coopérative internationale")
    b = Note("b", "en").entity("Network", "International Cooperative Alliance")
    assert are_one(together([a, b], reference), a, b, *a.entities, *b.entities)


def test_a_public_body_called_like_a_place_is_its_government_and_not_the_place(reference: Reference) -> None:
    a = quebec("a").entity("PublicBody", "Québec")
    b = quebec("b").entity("Place", "Québec")
    knowledge = together([a, b], reference)
    assert slug_of(knowledge, a, "Québec") == "gouvernement-du-quebec"
    assert slug_of(knowledge, b, "Québec") == "place-ca-qc"


def test_of_one_bare_word_the_town_and_the_group_are_two(reference: Reference) -> None:
    a = fr("a").entity("PublicBody", "Mondragón")
    b = fr("b").entity("SocialEconomyEnterprise", "Mondragón")
    assert not are_one(together([a, b], reference), a, b, "Mondragón")


def test_the_city_is_meant_by_its_long_name_only(reference: Reference) -> None:
    a = fr("a").entity("Place", "ville de Québec").entity("Place", "Québec")
    knowledge = together([a], reference)
    assert slug_of(knowledge, a, "ville de Québec") == "place-6325494"
    assert slug_of(knowledge, a, "Québec") == "place-ca-qc"


def test_a_place_means_what_it_does_in_the_language(reference: Reference) -> None:
    a, b = fr("a").entity("Place", "Mexico"), Note("b", "en").entity("Place", "Mexico")
    knowledge = together([a, b], reference)
    assert slug_of(knowledge, b, "Mexico") == "place-mx" != slug_of(knowledge, a, "Mexico")


# --- by full name ---


@pytest.mark.parametrize(
    ("type_", "name", "other"),
    [
        (
            "SocialEconomyEnterprise",
            "Coopérative funéraire de l'Outaouais",
            "la Coopérative Funéraire de l’Outaouais",
        ),
        ("Person", "Béatrice Alain", "Beatrice Alain"),
        ("PolicyInstrument", "loi Hamon de 2014", "Loi Hamon de 2014"),
        ("SocialEconomyEnterprise", "Railcoop", "RAILCOOP"),
    ],
)
def test_spellings_of_one_name_are_one_entity(type_: str, name: str, other: str) -> None:
    a, b = fr("a").entity(type_, name), fr("b").entity(type_, other)
    assert are_one(together([a, b]), a, b, name, other)


@pytest.mark.parametrize(
    ("type_", "name", "other"),
    [
        ("PublicBody", "Ville de Montréal", "Ville de Québec"),
        ("Person", "Marc Picard", "Marc Picarde"),
        ("Network", "CRESS Bretagne", "CRESS Occitanie"),
        ("Event", "GSEF2018", "GSEF2023"),
        ("FinancialInstitution", "Caisse Desjardins du Chaînon", "Caisse Desjardins de Lévis"),
    ],
)
def test_similar_names_are_not(type_: str, name: str, other: str) -> None:
    a, b = fr("a").entity(type_, name), fr("b").entity(type_, other)
    assert not are_one(together([a, b]), a, b, name, other)


@pytest.mark.parametrize(
    "name", ["Ville", "la Caisse", "Coopérative d'habitation", "Conseil d'administration"]
)
def test_a_kind_of_thing_is_never_matched(name: str) -> None:
    a = quebec("a").entity("SocialEconomyEnterprise", name)
    b = quebec("b").entity("SocialEconomyEnterprise", name)
    assert not are_one(together([a, b]), a, b, name)


def test_a_ministry_is_one_within_its_country() -> None:
    name = "Ministère de l'Économie et des Finances"
    a, b, c = quebec("a"), france("b"), france("c")
    notes = [note.entity("PublicBody", name) for note in (a, b, c)]
    knowledge = together(notes)
    assert are_one(knowledge, b, c, name) and not are_one(knowledge, a, b, name)


def test_a_ministry_of_an_unknown_country_stays_alone() -> None:
    name = "Ministère de l'Économie et des Finances"
    a, b = france("a").entity("PublicBody", name), fr("b").entity("PublicBody", name)
    assert not are_one(together([a, b]), a, b, name)


def test_chambers_of_different_regions_share_a_name_and_are_two() -> None:
    name = "Chambre régionale de l'économie sociale et solidaire"
    a, b = france("a").entity("Network", name, "CRESS"), france("b").entity("Network", name, "CRESS")
    assert not are_one(together([a, b]), a, b, name)


def test_a_short_form_does_not_link_two_bodies_that_share_it() -> None:
    a = fr("a").entity("FinancialInstitution", "Caisse d'économie solidaire Desjardins", "Desjardins")
    b = fr("b").entity("FinancialInstitution", "Desjardins")
    assert not are_one(together([a, b]), a, b, *a.entities, "Desjardins")


def test_a_second_full_name_does() -> None:
    a = fr("a").entity("Network", "Mouvement Impact France", "Mouvement des entrepreneurs sociaux de France")
    b = fr("b").entity("Network", "Mouvement des entrepreneurs sociaux de France")
    assert are_one(together([a, b]), a, b, "Mouvement Impact France", *b.entities)


def test_a_surname_alone_is_nobody_in_particular() -> None:
    a, b = fr("a").entity("Person", "Tremblay"), fr("b").entity("Person", "Tremblay")
    assert not are_one(together([a, b]), a, b, "Tremblay")


def test_namesakes_with_posts_in_different_countries_are_two(reference: Reference) -> None:
    a = fr("a").entity("Person", "Jean Martin").entity("PublicBody", "Ville de Montréal")
    b = fr("b").entity("Person", "Jean Martin").entity("PublicBody", "Ville de Bordeaux")
    a.says("Jean Martin", "hasRole", "Ville de Montréal", role="maire")
    assert are_one(together([a, b], reference), a, b, "Jean Martin")
    b.says("Jean Martin", "hasRole", "Ville de Bordeaux", role="maire")
    assert not are_one(together([a, b], reference), a, b, "Jean Martin")


# --- events and texts ---

FORUM = "Forum mondial de l'économie sociale et solidaire"


def test_editions_of_a_forum_are_told_by_the_dates_of_documents() -> None:
    a = fr("a").entity("Event", FORUM).says(FORUM, "heldOn", "2018-10-01")
    b = fr("b").entity("Event", FORUM).says(FORUM, "heldOn", "2023-05")
    c = fr("c", date="2023-04-02").entity("Event", FORUM)
    d = fr("d").entity("Event", FORUM)
    knowledge = together([a, b, c, d])
    assert are_one(knowledge, b, c, FORUM)
    assert not are_one(knowledge, a, b, FORUM) and not are_one(knowledge, c, d, FORUM)


def test_an_edition_of_another_year_is_not_the_row(reference: Reference) -> None:
    a = fr("a").entity("Event", "GSEF 2023").says("GSEF 2023", "heldOn", "2018")
    b = fr("b").entity("Event", "GSEF 2023").says("GSEF 2023", "heldOn", "2023-05-03")
    knowledge = together([a, b], reference)
    assert slug_of(knowledge, b, "GSEF 2023") == "gsef2023" != slug_of(knowledge, a, "GSEF 2023")


def test_the_symbol_of_a_text_leads_to_its_row(reference: Reference) -> None:
    a = fr("a").entity("PolicyInstrument", "résolution sur la promotion de l'ESS", "A/RES/77/281")
    assert slug_of(together([a], reference), a, *a.entities) == "a-res-77-281"


# --- by initials ---


def test_initials_mean_the_only_body_that_bears_them() -> None:
    a = quebec("a").entity("Network", "Réseau des entreprises coopératives du Saguenay", "RECS")
    b = quebec("b").entity("Network", "RECS")
    assert are_one(together([a, b]), a, b, *a.entities, "RECS")


def test_initials_that_two_bodies_bear_mean_the_one_of_the_country() -> None:
    a = Note("a", country="AR").entity("PublicBody", "Instituto de Asociativismo de Córdoba", "INAES")
    b = Note("b", country="MX").entity("PublicBody", "Instituto de la Economía Social de Puebla", "INAES")
    c, d = Note("c", country="MX").entity("PublicBody", "INAES"), Note("d").entity("PublicBody", "INAES")
    knowledge = together([a, b, c, d])
    assert not are_one(knowledge, a, b, *a.entities, *b.entities)
    assert are_one(knowledge, b, c, *b.entities, "INAES")
    assert not are_one(knowledge, c, d, "INAES")


def test_initials_of_a_body_of_another_country_are_another_body() -> None:
    a = Note("a", country="AR").entity("PublicBody", "Instituto de Asociativismo de Córdoba", "INAES")
    b = Note("b", country="MX").entity("PublicBody", "INAES")
    assert not are_one(together([a, b]), a, b, *a.entities, "INAES")


def test_short_initials_do_not_cross_borders(reference: Reference) -> None:
    a = Note("a", country="SN").entity("Network", "SDA")
    b = Note("b", country="CA").entity("Network", "SDA")
    knowledge = together([a, b], reference)
    assert slug_of(knowledge, a, "SDA") != slug_of(knowledge, b, "SDA")


def test_a_word_in_capitals_takes_the_row_of_the_word(reference: Reference) -> None:
    a = quebec("a").entity("FinancialInstitution", "Mékinac", reference="desjardins")
    b = quebec("b").entity("FinancialInstitution", "MÉKINAC")
    assert slug_of(together([a, b], reference), b, "MÉKINAC") == "desjardins"


def test_ambiguous_initials_of_the_reference_mean_no_row(reference: Reference) -> None:
    a = france("a").entity("Network", "CRESS")
    assert slug_of(together([a], reference), a, "CRESS").startswith("cress-") is True
    assert slug_of(together([a], reference), a, "CRESS") not in reference.entities


def test_a_translated_full_name_is_told_by_official_initials(reference: Reference) -> None:
    name = "Équipe spéciale interinstitutions sur l'économie sociale"
    a = fr("a").entity("IntergovernmentalBody", name, "UNTFSSE")
    assert slug_of(together([a], reference), a, name) == "untfsse"


def test_another_full_name_is_another_body_though_initials_agree(reference: Reference) -> None:
    a = fr("a").entity("Network", "Union sportive des quartiers de Mulhouse", "CSN")
    b = fr("b").entity("Network", "Community Shares Unit", "CSU", reference="csu-concordia")
    knowledge = together([a, b], reference)
    assert slug_of(knowledge, a, *a.entities) != "csn"
    assert slug_of(knowledge, b, *b.entities) != "csu-concordia"


# --- the whole ---


def knowledge_of(
    corpus: tuple[list[Document], list[Extraction]], reference: Reference, seed: int | None = None
) -> Knowledge:
    documents, extractions = list(corpus[0]), list(corpus[1])
    if seed is not None:
        random.Random(seed).shuffle(documents)
        random.Random(seed + 1).shuffle(extractions)
    return resolve(
        documents,
        extractions,
        reference,
        ids=PublishedIds({}),
        decisions=Decisions(),
        copies=copies(documents),
        thresholds=Thresholds(),
    )


def test_the_order_of_documents_makes_no_difference(
    corpus: tuple[list[Document], list[Extraction]], reference: Reference
) -> None:
    expected = knowledge_of(corpus, reference)
    assert all(knowledge_of(corpus, reference, seed) == expected for seed in (1, 2))


def test_every_entity_of_every_document_is_an_entity_of_the_project(
    corpus: tuple[list[Document], list[Extraction]], reference: Reference
) -> None:
    knowledge = knowledge_of(corpus, reference)
    slugs = {entity.slug for entity in knowledge.entities}
    assert set(knowledge.links) == {(e.document, r.id) for e in corpus[1] for r in e.entities}
    assert slugs >= set(knowledge.links.values())
    ends = {end for s in knowledge.reference_statements for end in (s.subject, s.object) if end}
    assert slugs >= ends


def test_the_corpus_has_no_person_or_place_for_an_organisation(
    corpus: tuple[list[Document], list[Extraction]], reference: Reference
) -> None:
    knowledge = knowledge_of(corpus, reference)
    types = {entity.slug: entity.type for entity in knowledge.entities}
    for extraction in corpus[1]:
        for reading in extraction.entities:
            found = types[knowledge.links[extraction.document, reading.id]]
            assert (found == reading.type) or {found, reading.type}.isdisjoint({"Person", "Place", "Event"})
