from pathlib import Path

from esskg.model import CellEvidence, RelationType, Statement
from esskg.reference import Reference, load, statements


def of(folder: Path, type_: RelationType) -> list[Statement]:
    return [statement for statement in statements(load(folder)) if statement.type is type_]


def test_a_row_states_what_it_holds_beyond_identity(folder: Path) -> None:
    found = {
        (found.type.value, found.subject, found.object or found.date) for found in statements(load(folder))
    }
    assert found == {
        ("foundedIn", "ville", "1642"),
        ("locatedIn", "ville", "place-6077243"),
        ("subOrganizationOf", "service", "ville"),
        ("adopts", "ville", "plan"),
        ("adoptedOn", "plan", "2020-11-30"),
        ("organizes", "ville", "forum"),
        ("organizes", "service", "forum"),
        ("heldOn", "forum", "2023-10-02/2023-10-03"),
        ("locatedIn", "forum", "place-6077243"),
        ("memberOf", "service", "ville"),
    }


def test_the_evidence_is_the_cell_with_its_sources(folder: Path) -> None:
    (parent,) = of(folder, RelationType.SUB_ORGANIZATION_OF)
    (cell,) = parent.evidence
    assert isinstance(cell, CellEvidence)
    assert (cell.file, cell.row, cell.column) == ("reference/organizations.csv", 3, "parent")
    assert cell.sources == ("https://e.org", "https://f.org") and len(cell.file_sha256) == 64


def test_several_rows_about_one_membership_are_one_statement(folder: Path) -> None:
    (membership,) = of(folder, RelationType.MEMBER_OF)
    assert (membership.role, membership.date, len(membership.evidence)) == ("chair", "2001", 2)


def test_the_shipped_tables_state_each_thing_once(reference: Reference) -> None:
    found = statements(reference)
    assert len({statement.id for statement in found}) == len(found) > 700
    assert all(statement.evidence for statement in found)
