"""What people decide comes out so, and contradictions are told."""

from pathlib import Path

import pytest
from notes import Note, are_one, slug_of, together

from esskg.errors import TablesError
from esskg.model import DecisionEvidence, EntityType, Name, State
from esskg.reference import Reference
from esskg.resolve import Decisions, PublishedIds

HEADER = "kind,subject,relation,object,document,quote,who,when,why,source"
BY = "Ada,2024-05-31,I know them,"


def decided(folder: Path, *rows: str, name: str = "decisions.csv") -> Decisions:
    """Rows as kind,subject,relation,object,document,quote."""
    path = folder / "decisions" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([HEADER, *(f"{row},{BY}" for row in rows)]) + "\n", "utf-8")
    return Decisions.read(path.parent)


def complaints(folder: Path, *rows: str) -> list[str]:
    with pytest.raises(TablesError) as caught:
        decided(folder, *rows)
    return [f"{error.line}: {error.reason}" for error in caught.value.rows]


def two() -> tuple[Note, Note]:
    a = Note("a").entity("Network", "Réseau Mékinac")
    return a, Note("b").entity("Network", "Union des riverains")


def slugs(*notes: Note) -> list[str]:
    knowledge = together(notes)
    return [slug_of(knowledge, note, next(iter(note.entities))) for note in notes]


def test_two_slugs_become_one_and_the_second_redirects(tmp_path: Path) -> None:
    a, b = two()
    first, second = slugs(a, b)
    for kept, gone in ((first, second), (second, first)):
        knowledge = together([a, b], decisions=decided(tmp_path, f"same,{kept},,{gone},,"))
        assert slug_of(knowledge, a, "Réseau Mékinac") == slug_of(knowledge, b, "Union des riverains") == kept
        assert knowledge.redirects == {gone: kept}


def test_a_merge_holds_over_rebuilds_and_can_be_taken_back(tmp_path: Path) -> None:
    a, b = two()
    first, second = slugs(a, b)
    ids = PublishedIds.of(together([a, b]), PublishedIds({}))
    decisions = decided(tmp_path, f"same,{second},,{first},,")
    merged = together([a, b], ids=ids, decisions=decisions)
    ids = PublishedIds.of(merged, ids)
    assert together([a, b], ids=ids, decisions=decisions) == merged
    apart = together([a, b], ids=ids)
    assert [slug_of(apart, a, "Réseau Mékinac"), slug_of(apart, b, "Union des riverains")] == [first, second]


def test_a_mention_is_put_where_it_belongs(tmp_path: Path, reference: Reference) -> None:
    a = Note("a").entity("Network", "le Regroupement", "CRESS")
    decisions = decided(tmp_path, "same,cress-paca,,,a,CRESS")
    assert slug_of(together([a], reference, decisions=decisions), a, "le Regroupement") != "cress-paca"
    b = Note("b").entity("Network", "CRESS Provence-Alpes-Côte d'Azur")
    knowledge = together([a, b], reference, decisions=decisions)
    assert slug_of(knowledge, a, "le Regroupement") == "cress-paca"


def test_a_mention_is_taken_out_of_what_it_is_not(tmp_path: Path) -> None:
    notes = [Note(slug).entity("Person", "Jean Tremblay") for slug in "abc"]
    slug = slugs(*notes)[0]
    knowledge = together(notes, decisions=decided(tmp_path, f"different,{slug},,,b,Jean Tremblay"))
    assert are_one(knowledge, notes[0], notes[2], "Jean Tremblay")
    assert not are_one(knowledge, notes[0], notes[1], "Jean Tremblay")


@pytest.mark.parametrize("document", ["a", "b", "c"])
def test_the_rest_keeps_the_slug_whichever_mention_is_taken_out(tmp_path: Path, document: str) -> None:
    notes = [Note(slug).entity("Person", "Jean Tremblay") for slug in "abc"]
    slug = slugs(*notes)[0]
    decisions = decided(tmp_path, f"different,{slug},,,{document},Jean Tremblay")
    first = together(notes, decisions=decisions)
    for ids in (PublishedIds({}), PublishedIds.of(together(notes), PublishedIds({}))):
        knowledge = together(notes, ids=ids, decisions=decisions)
        found = {note.slug: slug_of(knowledge, note, "Jean Tremblay") for note in notes}
        assert [name for name, meant in found.items() if meant != slug] == [document]
        assert knowledge.links == first.links


def test_two_published_ones_stay_two_though_a_document_joins_them(tmp_path: Path) -> None:
    a, b = two()
    first, second = slugs(a, b)
    b = Note("b").entity("Network", "Union des riverains de Mékinac")
    ids = PublishedIds.of(together([a, b]), PublishedIds({}))
    first, second = slugs(a, b)
    bridge = Note("c").entity("Network", "Réseau Mékinac", "Union des riverains de Mékinac")
    assert are_one(together([a, b, bridge], ids=ids), a, b, "Réseau Mékinac", *b.entities)
    decisions = decided(tmp_path, f"different,{min(first, second)},,{max(first, second)},,")
    knowledge = together([a, b, bridge], ids=ids, decisions=decisions)
    assert slug_of(knowledge, a, "Réseau Mékinac") == first
    assert slug_of(knowledge, b, *b.entities) == second


def test_a_name_and_a_type_are_as_decided(tmp_path: Path) -> None:
    a, b = two()
    slug, _ = slugs(a, b)
    rows = [f"rename,{slug},,Mékinac Network@en,,", f"rename,{slug},,Le Réseau Mékinac@fr,,"]
    knowledge = together([a], decisions=decided(tmp_path, *rows, f"retype,{slug},,OtherOrganization,,"))
    (entity,) = knowledge.entities
    assert set(entity.names) == {Name("Mékinac Network", "en"), Name("Le Réseau Mékinac", "fr")}
    assert Name("Réseau Mékinac", "fr") in entity.aliases
    assert (entity.type, entity.slug) == (EntityType.OTHER_ORGANIZATION, slug)


def saying(slug: str, confidence: float) -> Note:
    note = Note(slug).entity("Network", "Réseau Mékinac").entity("Place", "Mékinac")
    return note.says("Réseau Mékinac", "locatedIn", "Mékinac", confidence)


QUOTE = "Réseau Mékinac locatedIn Mékinac."


def test_a_rejected_reading_is_kept_as_rejected_with_the_decision(tmp_path: Path) -> None:
    decisions = decided(tmp_path, f"reject,,locatedIn,,a,{QUOTE}")
    (statement,) = together([saying("a", 0.9)], decisions=decisions).statements
    assert statement.state is State.REJECTED
    decision = statement.evidence[-1]
    assert isinstance(decision, DecisionEvidence)
    assert (decision.file, decision.line, decision.who) == ("decisions/decisions.csv", 2, "Ada")


def test_other_documents_go_on_supporting_what_one_does_not(tmp_path: Path) -> None:
    decisions = decided(tmp_path, f"reject,,locatedIn,,a,{QUOTE}")
    (statement,) = together([saying("a", 0.9), saying("b", 0.6)], decisions=decisions).statements
    assert (statement.state, statement.confidence, len(statement.evidence)) == (State.REVIEW, 0.6, 1)


def test_an_accepted_reading_is_asserted_for_certain(tmp_path: Path) -> None:
    decisions = decided(tmp_path, f"accept,,locatedIn,,a,{QUOTE}")
    (statement,) = together([saying("a", 0.2)], decisions=decisions).statements
    assert (statement.state, statement.confidence) == (State.ASSERTED, 1.0)
    assert isinstance(statement.evidence[-1], DecisionEvidence)


def test_the_order_of_rows_and_files_makes_no_difference(tmp_path: Path) -> None:
    a, b = two()
    c = Note("c").entity("Network", "Cercle des amis de Batiscan")
    one, other, third = slugs(a, b, c)
    rows = [f"same,{one},,{other},,", f"same,{other},,{third},,", f"different,{one},,,c,Cercle"]
    forth = together([a, b, c], decisions=decided(tmp_path, *rows))
    back = together([a, b, c], decisions=decided(tmp_path, *reversed(rows)))
    assert forth.links == back.links and forth.entities == back.entities


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("join,x,,y,,", "kind 'join': not one of"),
        ("same,,,y,,", "same needs: subject"),
        ("same,x,,,,", "either an object or a document with a quote"),
        ("same,x,,y,a,words", "either an object or a document with a quote"),
        ("reject,,likes,,a,words", "relation 'likes': not one of"),
        ("reject,,finances,,a,", "reject needs: quote"),
        ("retype,x,,Thing,,", "object 'Thing': not one of"),
        ("rename,x,,,,", "rename needs: object"),
    ],
)
def test_a_malformed_row_is_named_with_its_line(tmp_path: Path, row: str, reason: str) -> None:
    (found,) = complaints(tmp_path, row)
    assert found.startswith("2: ") and reason in found


def test_nobody_decides_without_name_day_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(f"{HEADER}\nsame,x,,y,,,,yesterday,,\n", "utf-8")
    with pytest.raises(TablesError, match=r"needs: who, why[\s\S]*not a day"):
        Decisions.read(tmp_path)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["same,x,,y,,", "different,y,,x,,"], "line 2"),
        (["different,x,,z,,", "same,x,,y,,", "same,y,,z,,"], "line 3; "),
        (["same,x,,,a,words", "different,x,,,a,words"], "line 2"),
        (["reject,,finances,,a,words", "accept,,finances,,a,words"], "contradicts"),
        (["rename,x,,One@fr,,", "rename,x,,Two@fr,,"], "contradicts"),
        (["retype,x,,Event,,", "retype,x,,Place,,"], "contradicts"),
    ],
)
def test_contradictions_are_told_with_both_lines(tmp_path: Path, rows: list[str], reason: str) -> None:
    (found,) = complaints(tmp_path, *rows)
    assert reason in found


def test_no_folder_means_no_decision(tmp_path: Path) -> None:
    assert Decisions.read(tmp_path / "nowhere").rows == ()


def test_what_names_nothing_is_told_and_has_no_effect(tmp_path: Path) -> None:
    a, b = two()
    first, _ = slugs(a, b)
    rows = [f"same,{first},,nobody,,", f"different,{first},,,z,Mékinac", f"same,{first},,,a,no such words"]
    decisions = decided(tmp_path, *rows)
    knowledge = together([a, b], decisions=decisions)
    assert knowledge == together([a, b])
    assert [error.line for error in decisions.unmatched(knowledge)] == [2, 3, 4]
