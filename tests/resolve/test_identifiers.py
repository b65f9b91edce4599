"""A slug that was given out once keeps its meaning, whatever comes later."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notes import Note, are_one, slug_of, together

from esskg.errors import TablesError
from esskg.model import EntityType, Knowledge, Slug
from esskg.reference import Reference
from esskg.resolve import PublishedIds

NONE = PublishedIds({})
NAMES = [
    ("Network", "Réseau Mékinac"),
    ("SocialEconomyEnterprise", "Réseau Mékinac"),
    ("SocialEconomyEnterprise", "Railcoop"),
    ("Network", "RMEN"),
    ("Person", "Claire Bellerive"),
    ("PublicBody", "Québec"),
    ("Place", "Québec"),
    ("Network", "Conseil régional"),
    ("Event", "Forum mondial Mékinac"),
]
ALIASES = [(), ("RMEN",), ("Union des riverains de Mékinac",)]


def published(knowledge: Knowledge, ids: PublishedIds = NONE) -> PublishedIds:
    return PublishedIds.of(knowledge, ids)


@st.composite
def corpora(draw: st.DrawFn) -> list[Note]:
    chosen = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)
    notes = []
    for index, names in enumerate(draw(st.lists(chosen, min_size=1, max_size=5))):
        note = Note(f"d{index}", country=draw(st.sampled_from(["CA", "FR", None])))
        for type_, name in names:
            note.entity(
                type_, name, *draw(st.sampled_from([(), ("RMEN",), ("Union des riverains de Mékinac",)]))
            )
        notes.append(note)
    return draw(st.permutations(notes))


@settings(max_examples=60, deadline=None)
@given(corpora())
def test_adding_documents_in_any_order_keeps_every_published_slug(notes: list[Note]) -> None:
    ids = NONE
    for count in range(1, len(notes) + 1):
        knowledge = together(notes[:count], ids=ids)
        later = published(knowledge, ids)
        alive = {entity.slug for entity in knowledge.entities}
        for slug, row in ids.rows.items():
            assert later.rows[slug].anchor == row.anchor
            assert slug in alive or later.rows[slug].replaced_by in alive
            assert meant_at(knowledge, row.anchor.document, row.name, notes) in {
                slug,
                later.rows[slug].replaced_by,
            }
        ids = later


def meant_at(knowledge: Knowledge, document: str, name: str, notes: list[Note]) -> Slug:
    (note,) = [note for note in notes if note.slug == document]
    return slug_of(knowledge, note, name)


@settings(max_examples=30, deadline=None)
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_documents_makes_no_difference(notes: list[Note], random: object) -> None:
    ids = published(together(notes[:1]))
    assert together(notes, ids=ids) == together(list(reversed(notes)), ids=ids)


def test_a_rebuild_changes_nothing(tmp_path: Path) -> None:
    notes = [Note(slug).entity("Network", "Réseau Mékinac").entity("Place", "Québec") for slug in "ab"]
    knowledge = together(notes)
    published(knowledge).write(tmp_path / "ids.csv")
    first = (tmp_path / "ids.csv").read_bytes()
    ids = PublishedIds.read(tmp_path / "ids.csv")
    again = together(notes, ids=ids)
    published(again, ids).write(tmp_path / "ids.csv")
    assert again == knowledge and (tmp_path / "ids.csv").read_bytes() == first


def test_an_earlier_document_and_another_type_do_not_change_a_slug() -> None:
    note = Note("m").entity("Network", "Réseau Mékinac")
    ids = published(together([note]))
    earlier = Note("a").entity("SocialEconomyEnterprise", "Réseau Mékinac")
    retyped = Note("m").entity("Event", "Réseau Mékinac")
    (slug,) = ids.rows
    assert slug_of(together([earlier, note], ids=ids), earlier, "Réseau Mékinac") == slug
    assert slug_of(together([retyped], ids=ids), retyped, "Réseau Mékinac") == slug


def test_an_edited_document_keeps_its_slugs() -> None:
    before, after = Note("a"), Note("a")
    before.entity("Network", "Réseau Mékinac")
    after.line("Un nouveau premier paragraphe.")
    after.entity("Network", "Réseau Mékinac")
    ids = published(together([before]))
    knowledge = together([after], ids=ids)
    (slug,) = ids.rows
    assert slug_of(knowledge, after, "Réseau Mékinac") == slug
    assert published(knowledge, ids).rows[slug].anchor.start == len("Un nouveau premier paragraphe.\n")


def test_the_slug_survives_its_document() -> None:
    a, b = (Note(slug).entity("Network", "Réseau Mékinac") for slug in "ab")
    ids = published(together([a, b]))
    (slug,) = ids.rows
    assert slug_of(together([b], ids=ids), b, "Réseau Mékinac") == slug


def test_entities_that_turn_out_to_be_one_redirect() -> None:
    a = Note("a").entity("Network", "Réseau Mékinac")
    b = Note("b").entity("Network", "Union des riverains de Mékinac")
    ids = published(together([a, b]))
    bridge = Note("c").entity("Network", "Réseau Mékinac", "Union des riverains de Mékinac")
    knowledge = together([a, b, bridge], ids=ids)
    stays, gone = sorted(ids.rows)
    assert are_one(knowledge, a, b, "Réseau Mékinac", "Union des riverains de Mékinac")
    assert knowledge.redirects == {gone: stays}
    later = published(knowledge, ids)
    assert later.rows[gone].replaced_by == stays
    assert together([a, b, bridge], ids=later).redirects == {gone: stays}


def test_a_published_slug_wins_over_a_row_that_comes_later(reference: Reference) -> None:
    note = Note("a").entity("Network", "Chantier de l'économie sociale")
    ids = published(together([note]))
    (slug,) = ids.rows
    knowledge = together([note], reference, ids=ids)
    (entity,) = [entity for entity in knowledge.entities if entity.documents]
    assert (entity.slug, entity.reference) == (slug, "chantier-economie-sociale")
    ends = {end for s in knowledge.reference_statements for end in (s.subject, s.object)}
    assert slug in ends and "chantier-economie-sociale" not in ends


HEADER = "slug,type,name,document,sha256,start,end,replaced_by\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x,Network,X,a,ff,0,1", "7 cells where the header has 8"),
        ("x,Body,X,a,ff,0,1,", "type 'Body': not one of"),
        ("x,Network,X,a,ff,zero,1,", "whole numbers"),
        ("x,Network,,a,ff,0,1,", "empty: name"),
        ("x,Network,X,a,ff,0,1,y", "replaced_by 'y': no such slug"),
        ("w,Network,X,a,ff,0,1,", "stands already in line 2"),
    ],
)
def test_a_malformed_row_is_named_with_file_and_line(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "ids.csv"
    path.write_text(f"{HEADER}w,Network,W,a,ff,0,1,\n{row}\n", "utf-8")
    with pytest.raises(TablesError) as caught:
        PublishedIds.read(path)
    (error,) = caught.value.rows
    assert error.line == 3 and reason in error.reason


def test_no_file_means_no_identifiers(tmp_path: Path) -> None:
    assert PublishedIds.read(tmp_path / "ids.csv").rows == {}


def test_the_table_reads_back_as_written(tmp_path: Path) -> None:
    ids = published(together([Note("a").entity("Network", 'Réseau "Mékinac", le vrai')]))
    ids.write(tmp_path / "ids.csv")
    assert PublishedIds.read(tmp_path / "ids.csv") == ids
    (row,) = ids.rows.values()
    assert row.type is EntityType.NETWORK and replace(row, name="x") != row


def test_each_of_many_copies_of_a_text_can_name_somebody_else() -> None:
    notes = [Note(f"copy-{number}").entity("FinancialInstitution", "Caisse") for number in range(20)]
    knowledge = together(notes)
    assert len({slug_of(knowledge, note, "Caisse") for note in notes}) == 20
