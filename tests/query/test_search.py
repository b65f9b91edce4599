"""Finding entities and documents by their words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from esskg.errors import QueryError, StoreError
from esskg.model import Entity, EntityReading, EntityType, Extraction, LocalId, Mention, Name, Slug
from esskg.query.search import Index, build_index, fold
from sample import FRENCH, TEXTS, knowledge


def made(folder: Path, *entities: Entity) -> Index:
    build_index(folder / "search.sqlite", replace(knowledge(), entities=entities))
    return Index(folder / "search.sqlite")


def entity(slug: str, *names: str, type_: EntityType = EntityType.NETWORK, documents: int = 1) -> Entity:
    first, *aliases = (Name(name, "fr") for name in names)
    mentioned = tuple(Slug(f"d{number}") for number in range(documents))
    return Entity(Slug(slug), type_, (first,), tuple(aliases), documents=mentioned)


def slugs(index: Index, text: str, **options: object) -> list[str]:
    return [hit.slug for hit in index.search(text, **options)]


def test_names_are_found_without_accents_and_case(index: Index) -> None:
    assert slugs(index, "RESEAU confluence")[0] == "confluence"
    assert slugs(index, "économie sociale")[0] == "ministere"


def test_names_in_any_language_and_beginnings_are_found(index: Index) -> None:
    assert slugs(index, "Confluence Netw")[0] == "confluence"


def test_whole_names_come_first_then_beginnings_then_the_often_mentioned(tmp_path: Path) -> None:
    index = made(
        tmp_path,
        entity("inside", "La grande Caisse", documents=9),
        entity("beginning", "Caisse solidaire", documents=1),
        entity("often", "Caisse populaire", documents=5),
        entity("alias", "Coopérative du coin", "Caisse", documents=3),
        entity("exact", "caisse"),
    )
    assert slugs(index, "Caisse") == ["exact", "alias", "often", "beginning", "inside"]


def test_documents_are_found_by_their_words_with_a_snippet(index: Index) -> None:
    (hit,) = index.search("bought imprimerie", types={"Document"})
    assert (hit.label, hit.type) == ("Rives Forum: a report", "Document")
    assert "bought Imprimerie Sud" in hit.snippet


def test_types_narrow_the_search(index: Index) -> None:
    assert slugs(index, "rives", types={EntityType.POLICY_INSTRUMENT}) == ["strategie"]


@pytest.mark.parametrize("text", ["", "  ", "…", '"', "a AND OR (", "l'*", "NEAR(", "名"])
def test_no_text_breaks_the_search(index: Index, text: str) -> None:
    assert isinstance(index.search(text), list)


def test_completion_offers_entities_only(index: Index) -> None:
    assert {hit.slug for hit in index.complete("fo")} == {"fonds-du-fleuve", "forum-des-rives"}


@pytest.mark.parametrize(
    "name",
    ["Réseau Confluence", "reseau confluence", "Confluence Network", "confluence", "https://x/id/confluence"],
)
def test_an_entity_is_known_by_name_slug_and_iri(index: Index, name: str) -> None:
    assert index.slug(name) == "confluence"


def test_a_merged_slug_leads_to_the_one_that_stands(index: Index) -> None:
    assert index.slug("fonds-fleuve") == "fonds-du-fleuve"


def test_a_name_of_several_is_answered_with_them(tmp_path: Path) -> None:
    place = entity("quebec", "Québec", type_=EntityType.PLACE, documents=4)
    government = entity("quebec-government", "Québec", type_=EntityType.PUBLIC_BODY)
    index = made(tmp_path, place, government)
    with pytest.raises(QueryError, match=r"quebec \(Québec, Place, 4 documents\) or quebec-government"):
        index.slug("QUÉBEC ")
    assert index.slug("Québec", types=["PublicBody"]) == "quebec-government"


def test_a_preferred_name_wins_over_an_alias(tmp_path: Path) -> None:
    index = made(tmp_path, entity("one", "Caisse"), entity("two", "Caisse solidaire", "Caisse", documents=9))
    assert index.slug("caisse") == "one"


def test_an_unknown_name_is_answered_with_near_ones(index: Index) -> None:
    with pytest.raises(QueryError, match=r"no entity is called 'Confl'\. Is it confluence"):
        index.slug("Confl")
    with pytest.raises(QueryError, match=r"no entity is called 'Nowhere'\.$"):
        index.slug("Nowhere")


def test_a_document_is_kept_with_text_blocks_and_mentions(tmp_path: Path) -> None:
    reading = EntityReading(LocalId("e1"), EntityType.FINANCIAL_INSTITUTION, "Fonds", (Mention(3, 18),))
    extraction = Extraction(FRENCH, "", (reading,))
    links = {(FRENCH, LocalId("e1")): Slug("fonds-du-fleuve")}
    build_index(tmp_path / "i", replace(knowledge(), extractions=(extraction,), links=links))
    stored = Index(tmp_path / "i").document(FRENCH)
    assert stored.text == TEXTS[FRENCH]
    assert stored.blocks == knowledge().documents[0].blocks
    ((start, end, slug),) = stored.mentions
    assert (stored.text[start:end], slug) == ("Fonds du Fleuve", "fonds-du-fleuve")


def test_what_is_not_there_is_named(index: Index, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no document 'x'"):
        index.document("x")
    with pytest.raises(StoreError, match="can't be opened"):
        Index(tmp_path / "missing")
    (tmp_path / "broken").write_text("no database")
    with pytest.raises(StoreError, match="esskg build"):
        Index(tmp_path / "broken").search("x")


def test_the_index_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build_index(tmp_path / name, knowledge())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_folding() -> None:
    assert fold("  L’Économie—Sociale, S.A. ") == "l economie sociale s a"
