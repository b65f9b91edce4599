"""What entities are called and what they are."""

from notes import Note, together

from esskg.model import Entity, EntityType, Knowledge, Name
from esskg.reference import Reference


def entity(knowledge: Knowledge) -> Entity:
    (found,) = [entity for entity in knowledge.entities if entity.documents]
    return found


def test_the_row_gives_names_type_and_country(reference: Reference) -> None:
    note = Note("a").entity("SocialEconomyEnterprise", "Caisse d'économie solidaire", "la Caisse", "CECOSOL")
    found = entity(together([note], reference))
    assert (found.slug, found.type, found.subtype, found.country) == (
        "caisse-economie-solidaire",
        EntityType.FINANCIAL_INSTITUTION,
        "CreditUnion",
        "CA",
    )
    assert found.names == (Name("Caisse d'économie solidaire Desjardins", "fr"),)
    assert Name("CECOSOL", "fr") in found.aliases
    assert "la Caisse" not in {name.text for name in found.aliases}


def test_without_a_row_most_documents_say() -> None:
    types = ["Network", "SocialEconomyEnterprise", "SocialEconomyEnterprise"]
    notes = [Note(f"d{i}").entity(type_, "Coopérative Mékinac") for i, type_ in enumerate(types)]
    assert entity(together(notes)).type is EntityType.SOCIAL_ECONOMY_ENTERPRISE


def test_the_subtype_is_one_of_the_type() -> None:
    a = Note("a").entity("Network", "Coopérative Mékinac", subtype="Federation")
    rest = [
        Note(s).entity("SocialEconomyEnterprise", "Coopérative Mékinac", subtype="Cooperative") for s in "bc"
    ]
    assert entity(together([a, *rest])).subtype == "Cooperative"


def test_one_name_a_language_capitals_last() -> None:
    notes = [
        Note("a").entity("SocialEconomyEnterprise", "COOPÉRATIVE MÉKINAC"),
        Note("b").entity("SocialEconomyEnterprise", "Coopérative Mékinac"),
        Note("c", "en").entity("SocialEconomyEnterprise", "Coopérative Mékinac"),
    ]
    found = entity(together(notes))
    assert found.names == (Name("Coopérative Mékinac", "fr"),)
    assert found.aliases == () and found.documents == ("a", "b", "c")


def test_full_names_are_preferred_and_initials_kept() -> None:
    notes = [
        Note("a", country="CA").entity("Network", "Réseau Mékinac d'entraide", "RMEN"),
        Note("b", country="CA").entity("Network", "RMEN"),
    ]
    found = entity(together(notes))
    assert found.label == "Réseau Mékinac d'entraide" and found.aliases == (Name("RMEN", "fr"),)


def test_the_slug_is_the_first_name_and_a_hash_of_the_first_mention() -> None:
    assert entity(together([Note("a").entity("Network", "Réseau Mékinac")])).slug.startswith(
        "reseau-mekinac-"
    )


def test_rows_that_only_the_reference_speaks_of_are_there_without_documents(reference: Reference) -> None:
    knowledge = together([], reference)
    assert {entity.slug for entity in knowledge.entities} >= {"ilo", "untfsse", "gsef2023"}
    assert knowledge.statements == () and len(knowledge.reference_statements) > 700
