from pathlib import Path

import pytest

from esskg.errors import TablesError
from esskg.model import EntityType, Name
from esskg.reference import Reference, load


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def complaints(folder: Path) -> list[str]:
    with pytest.raises(TablesError) as caught:
        load(folder)
    return [f"{row.path.name}:{row.line}: {row.reason}" for row in caught.value.rows]


def test_the_shipped_tables_keep_every_rule(reference: Reference) -> None:
    assert len(reference.organizations) > 400
    assert len(reference.policies) > 80 and len(reference.events) > 50 and len(reference.memberships) > 200


def test_rows_are_typed(folder: Path) -> None:
    row = load(folder).organizations[0]
    assert (row.line, row.type, row.region) == (2, EntityType.PUBLIC_BODY, "CA-QC")
    assert row.names == (Name("Ville de Montréal", "fr"), Name("City of Montréal", "en"))
    assert load(folder).organizations[1].sources == ("https://e.org", "https://f.org")


def test_an_event_of_several_days_is_an_interval(folder: Path) -> None:
    assert load(folder).events[0].date == "2023-10-02/2023-10-03"


def test_a_folder_may_lack_tables(folder: Path) -> None:
    for name in ("events", "policies", "memberships", "vocabularies", "ambiguous"):
        (folder / f"{name}.csv").unlink()
    assert len(load(folder).organizations) == 2
    assert load(folder / "nowhere").organizations == ()


def test_the_fingerprint_follows_the_content(folder: Path) -> None:
    before = load(folder).fingerprint
    assert load(folder).fingerprint == before
    change(folder / "events.csv", "Forum mondial", "Forum social")
    assert load(folder).fingerprint != before


BROKEN = [
    ("organizations.csv", "\nservice,", "\nville,", 3, "stands already in organizations.csv, line 2"),
    ("policies.csv", "\nplan,", "\nville,", 2, "stands already in organizations.csv, line 2"),
    ("organizations.csv", "\nservice,", "\nSer vice,", 3, "must be lower-case"),
    ("organizations.csv", "PublicBody", "Agency", 2, "type 'Agency': not one of"),
    ("organizations.csv", "CA,CA-QC", "Canada,CA-QC", 2, "country 'Canada'"),
    ("organizations.csv", "CA,CA-QC", "CA,FR-IDF", 2, "region 'FR-IDF' is not in CA"),
    ("organizations.csv", ",ville,", ",nobody,", 3, "parent 'nobody': no such key"),
    ("organizations.csv", "Montréal,,1642", "Montréal,service,1642", 2, "part of itself"),
    ("organizations.csv", "1642", "17 May 1642", 2, "founded '17 May 1642': not an ISO 8601"),
    ("organizations.csv", "Q42", "42", 3, "wikidata '42'"),
    ("organizations.csv", "https://e.org,", "a book,", 2, "source 'a book' is no http(s) URL"),
    ("organizations.csv", "https://e.org|https://f.org", "", 3, "has no source"),
    ("organizations.csv", "Service de l'économie", "", 3, "no name in any language"),
    ("organizations.csv", "SDE|", "City of Montreal|", 3, "list it in ambiguous.csv"),
    ("policies.csv", "action-plan", "plan", 2, "type 'plan': not one of"),
    ("policies.csv", "2020-11-30", "2020-13-30", 2, "adopted '2020-13-30'"),
    ("policies.csv", ",ville,", ",plan,", 2, "adopter 'plan': no such key"),
    ("events.csv", "forum,forum,", "forum,party,", 2, "type 'party': no such event-kind"),
    ("events.csv", "2023-10-03", "2023-10-01", 2, "before it starts"),
    ("events.csv", "ville|service", "ville|city", 2, "organizers 'city': no such key"),
    ("vocabularies.csv", "role-kind,chair", "role-kind,member", 4, "stands already in line 3"),
    ("vocabularies.csv", "Presidencia,member", "Presidencia,guest", 4, "broader 'guest'"),
    ("memberships.csv", "service,ville,member", "service,plan,member", 2, "organization 'plan'"),
    ("memberships.csv", "ville,chair", "ville,king", 3, "role 'king': no such role-kind"),
    ("memberships.csv", "2010", "soon", 3, "since 'soon'"),
    ("memberships.csv", "service,ville,member", "service,,member", 2, "empty: organization"),
    ("ambiguous.csv", "ville|service", "ville|town", 2, "no such key: town"),
    ("ambiguous.csv", "SE,ville|service", "SE,ville|service\nse,ville|service", 3, "already in line 2"),
]


@pytest.mark.parametrize(("table", "old", "new", "line", "reason"), BROKEN, ids=lambda value: str(value)[:24])
def test_a_broken_rule_is_named_with_file_and_line(
    folder: Path, table: str, old: str, new: str, line: int, reason: str
) -> None:
    change(folder / table, old, new)
    assert any(found.startswith(f"{table}:{line}: ") and reason in found for found in complaints(folder))


UNREADABLE = [
    ("key,type", "key,kind", 1, "the header lacks: type"),
    ("key,type,name_fr", "key,type,key", 1, "the header lacks: name_fr"),
    (",,PA 2020,", ",PA 2020,", 2, "10 cells where the header has 11"),
    ("Plan d'action", "\"Plan d'action", 2, "malformed CSV"),
]


@pytest.mark.parametrize(("old", "new", "line", "reason"), UNREADABLE)
def test_what_cannot_be_read_is_named_with_file_and_line(
    folder: Path, old: str, new: str, line: int, reason: str
) -> None:
    change(folder / "policies.csv", old, new)
    (found,) = complaints(folder)
    assert found.startswith(f"policies.csv:{line}: ") and reason in found


def test_a_table_in_another_encoding_is_named_with_the_line(folder: Path) -> None:
    text = (folder / "policies.csv").read_text("utf-8").replace("Plan", "Été")
    (folder / "policies.csv").write_bytes(text.encode("latin-1"))
    assert complaints(folder) == ["policies.csv:2: not UTF-8; save the file as UTF-8"]


def test_all_problems_of_all_tables_are_told_at_once_in_order(folder: Path) -> None:
    change(folder / "policies.csv", "2020-11-30", "yesterday")
    change(folder / "organizations.csv", "1642", "long ago")
    change(folder / "organizations.csv", "Q42", "42")
    assert [found.split(" ")[0] for found in complaints(folder)] == [
        "organizations.csv:2:",
        "organizations.csv:3:",
        "policies.csv:2:",
    ]


def test_a_line_break_inside_a_cell_keeps_the_line_numbers(folder: Path) -> None:
    change(folder / "organizations.csv", "City of Montréal", '"City of\nMontréal"')
    assert load(folder).organizations[1].line == 4


def test_a_byte_order_mark_is_no_part_of_the_header(folder: Path) -> None:
    path = folder / "events.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(folder).events[0].key == "forum"
