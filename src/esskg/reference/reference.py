"""What a project knows beforehand: organisations, policies, events, memberships, vocabularies and places."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from esskg.errors import TablesError
from esskg.model import Entity, EntityType, Name, Slug
from esskg.reference import rows
from esskg.reference.checks import problems
from esskg.reference.classes import ontology_class
from esskg.reference.names import KnownName, known_names
from esskg.reference.places import UNDETERMINED, places
from esskg.reference.rows import AmbiguousName, EventRow, MembershipRow, Organization, Policy, VocabularyTerm
from esskg.reference.tables import read_table

INTERNATIONAL = "INT"


@dataclass(frozen=True)
class Reference:
    """The tables of a reference folder, typed and free of contradictions."""

    organizations: tuple[Organization, ...] = ()
    policies: tuple[Policy, ...] = ()
    events: tuple[EventRow, ...] = ()
    memberships: tuple[MembershipRow, ...] = ()
    vocabularies: tuple[VocabularyTerm, ...] = ()
    ambiguous: tuple[AmbiguousName, ...] = ()
    hashes: tuple[tuple[str, str], ...] = ()
    """(table, sha256 of its file), sorted."""

    @cached_property
    def fingerprint(self) -> str:
        """A sha256 over the content of all tables."""
        return hashlib.sha256(repr(self.hashes).encode()).hexdigest()

    @cached_property
    def entities(self) -> dict[Slug, Entity]:
        """The organisations, policies and events as entities, by key."""
        return {entity.slug: entity for entity in _entities(self)}

    def entity(self, key: Slug) -> Entity | None:
        """The entity of a row's or a place's key, None where there is no such key."""
        return self.entities.get(key) or _place_entity(key)

    def names(self) -> tuple[KnownName, ...]:
        """Every name of every row and of every place."""
        return self._names

    @cached_property
    def _names(self) -> tuple[KnownName, ...]:
        listed = {name.text: name.keys for name in self.ambiguous}
        return known_names(self.entities.values(), listed)


def load(folder: Path) -> Reference:
    """Read the tables of a folder; a missing table is an empty one.

    Raises TablesError with every row, in any table, that can't be read or breaks a rule.
    """
    tables = {name: read_table(folder / f"{name}.csv", columns) for name, columns in rows.COLUMNS.items()}
    if found := problems(tables):
        raise TablesError(found)
    return Reference(
        organizations=tuple(map(rows.organization, tables["organizations"].rows)),
        policies=tuple(map(rows.policy, tables["policies"].rows)),
        events=tuple(map(rows.event, tables["events"].rows)),
        memberships=tuple(map(rows.membership, tables["memberships"].rows)),
        vocabularies=tuple(map(rows.vocabulary_term, tables["vocabularies"].rows)),
        ambiguous=tuple(map(rows.ambiguous_name, tables["ambiguous"].rows)),
        hashes=tuple(sorted((name, table.sha256) for name, table in tables.items())),
    )


def _entities(reference: Reference) -> Iterator[Entity]:
    for organization in reference.organizations:
        subtype = ontology_class(organization.type, organization.subtype)
        country = None if organization.country == INTERNATIONAL else organization.country
        yield _row_entity(organization, organization.type, subtype, country)
    for policy in reference.policies:
        type_ = EntityType.POLICY_INSTRUMENT
        yield _row_entity(policy, type_, ontology_class(type_, policy.kind))
    for event in reference.events:
        yield _row_entity(event, EntityType.EVENT, ontology_class(EntityType.EVENT, event.kind))


def _row_entity(
    row: Organization | Policy | EventRow, type_: EntityType, subtype: str | None, country: str | None = None
) -> Entity:
    aliases = tuple(Name(alias, UNDETERMINED) for alias in row.aliases)
    return Entity(row.key, type_, row.names, aliases, subtype, row.key, country)


def _place_entity(key: Slug) -> Entity | None:
    place = places().get(key)
    if place is None:
        return None
    preferred: dict[str, Name] = {}
    for name in place.names:
        preferred.setdefault(name.language, name)
    shown = tuple(preferred.values())
    others = tuple(name for name in place.names if name not in shown)
    return Entity(key, EntityType.PLACE, shown, others, country=place.country)
