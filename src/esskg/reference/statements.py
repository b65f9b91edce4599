"""What reference rows say beyond identity, each statement with the cell it was taken from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from esskg.model import CellEvidence, RelationType, Slug, State, Statement
from esskg.reference.places import find_place
from esskg.reference.reference import INTERNATIONAL, Reference

_PLAIN_ROLE = "member"


class _Row(Protocol):
    @property
    def line(self) -> int: ...
    @property
    def sources(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    sha256: str

    def cell(self, row: _Row, column: str) -> tuple[CellEvidence, ...]:
        file = f"reference/{self.name}.csv"
        return (CellEvidence(file, row.line, column, self.sha256, row.sources),)


def statements(reference: Reference) -> tuple[Statement, ...]:
    """What the rows hold, one statement for each subject, relation and value, sorted by id.

    Several memberships of the same two are one, since the earliest date, in all the roles named.
    """
    hashes = dict(reference.hashes)
    groups: dict[str, list[Statement]] = defaultdict(list)
    for build in (_organizations, _policies, _events, _memberships):
        name = build.__name__.removeprefix("_")
        for statement in build(reference, _Table(name, hashes.get(name, ""))):
            groups[statement.id].append(statement)
    return tuple(_united(groups[identifier]) for identifier in sorted(groups))


def _united(group: list[Statement]) -> Statement:
    roles = dict.fromkeys(statement.role for statement in group if statement.role)
    specific = [role for role in roles if role != _PLAIN_ROLE] or list(roles)
    dates = [statement.date for statement in group if statement.date]
    evidence = tuple(found for statement in group for found in statement.evidence)
    role, date = ", ".join(specific) or None, min(dates, default=None)
    return replace(group[0], evidence=evidence, role=role, date=date)


def _stated(
    type_: RelationType, subject: Slug, object_: Slug | None, evidence: tuple[CellEvidence, ...]
) -> Statement:
    return Statement(type_, subject, object_, evidence, 1.0, State.ASSERTED)


def _dated(type_: RelationType, subject: Slug, date: str, evidence: tuple[CellEvidence, ...]) -> Statement:
    return replace(_stated(type_, subject, None, evidence), date=date)


def _organizations(reference: Reference, table: _Table) -> Iterator[Statement]:
    for row in reference.organizations:
        if row.parent:
            evidence = table.cell(row, "parent")
            yield _stated(RelationType.SUB_ORGANIZATION_OF, row.key, row.parent, evidence)
        if row.founded:
            yield _dated(RelationType.FOUNDED_IN, row.key, row.founded, table.cell(row, "founded"))
        country = None if row.country == INTERNATIONAL else row.country
        if row.city and (place := find_place(row.city, country)):
            yield _stated(RelationType.LOCATED_IN, row.key, place, table.cell(row, "city"))


def _policies(reference: Reference, table: _Table) -> Iterator[Statement]:
    for row in reference.policies:
        if row.adopter:
            yield _stated(RelationType.ADOPTS, row.adopter, row.key, table.cell(row, "adopter"))
        if row.adopted:
            yield _dated(RelationType.ADOPTED_ON, row.key, row.adopted, table.cell(row, "adopted"))


def _events(reference: Reference, table: _Table) -> Iterator[Statement]:
    for row in reference.events:
        for organizer in row.organizers:
            yield _stated(RelationType.ORGANIZES, organizer, row.key, table.cell(row, "organizers"))
        if row.date:
            yield _dated(RelationType.HELD_ON, row.key, row.date, table.cell(row, "start"))
        if row.place and (place := find_place(row.place)):
            yield _stated(RelationType.LOCATED_IN, row.key, place, table.cell(row, "place"))


def _memberships(reference: Reference, table: _Table) -> Iterator[Statement]:
    for row in reference.memberships:
        member = _stated(RelationType.MEMBER_OF, row.member, row.organization, table.cell(row, "role"))
        yield replace(member, role=row.role, date=row.since)
