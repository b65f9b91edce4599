"""The rows of the reference tables, typed. ``line`` is where a row starts in its file, counted from 1."""

from __future__ import annotations

from dataclasses import dataclass

from esskg.model import EntityType, Name, Slug
from esskg.reference.tables import Row

LANGUAGES = ("fr", "en", "es")
"""The languages that have a name column."""

COLUMNS = {
    "organizations": (
        *("key", "type", "subtype", "name_fr", "name_en", "name_es", "aliases", "country", "region"),
        *("city", "parent", "founded", "website", "wikidata", "source", "note"),
    ),
    "policies": (
        *("key", "type", "name_fr", "name_en", "name_es", "aliases"),
        *("adopted", "adopter", "period", "website", "source"),
    ),
    "events": (
        *("key", "type", "name_fr", "name_en", "name_es", "aliases"),
        *("start", "end", "place", "organizers", "source"),
    ),
    "vocabularies": (
        *("scheme", "notation", "label_fr", "label_en", "label_es", "broader", "exact_match", "source"),
    ),
    "memberships": ("member", "organization", "role", "since", "source"),
    "ambiguous": ("alias", "keys"),
}
"""The tables and the columns that each must have."""


@dataclass(frozen=True, slots=True)
class Organization:
    """An organisation; ``country`` is ISO 3166-1 alpha-2 or ``INT``, ``region`` ISO 3166-2."""

    line: int
    key: Slug
    type: EntityType
    subtype: str | None
    """As in the table, such as ``worker-cooperative``."""
    names: tuple[Name, ...]
    aliases: tuple[str, ...]
    country: str
    region: str | None
    city: str | None
    parent: Slug | None
    founded: str | None
    website: str | None
    wikidata: str | None
    sources: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Policy:
    """A law, resolution, plan, programme, goal …: ``kind`` says which."""

    line: int
    key: Slug
    kind: str
    names: tuple[Name, ...]
    aliases: tuple[str, ...]
    adopted: str | None
    adopter: Slug | None
    period: str | None
    website: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventRow:
    """One edition of an event; ``kind`` is a notation of the event-kind vocabulary."""

    line: int
    key: Slug
    kind: str
    names: tuple[Name, ...]
    aliases: tuple[str, ...]
    start: str | None
    end: str | None
    place: str | None
    """As the source writes it; ``online`` for none."""
    organizers: tuple[Slug, ...]
    sources: tuple[str, ...]

    @property
    def date(self) -> str | None:
        """The day, or the interval from the first to the last."""
        if self.start and self.end and self.start != self.end:
            return f"{self.start}/{self.end}"
        return self.start or self.end


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """One organisation's place in another; ``role`` is a notation of the role-kind vocabulary."""

    line: int
    member: Slug
    organization: Slug
    role: str
    since: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VocabularyTerm:
    """A term of a controlled vocabulary."""

    line: int
    scheme: str
    notation: str
    labels: tuple[Name, ...]
    broader: str | None
    exact_match: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """A name that several rows share."""

    line: int
    text: str
    keys: tuple[Slug, ...]


def _names(row: Row, prefix: str = "name") -> tuple[Name, ...]:
    return tuple(Name(row[f"{prefix}_{code}"], code) for code in LANGUAGES if row[f"{prefix}_{code}"])


def _slug(row: Row, column: str) -> Slug | None:
    return Slug(row[column]) if row[column] else None


def _slugs(row: Row, column: str) -> tuple[Slug, ...]:
    return tuple(map(Slug, row.items(column)))


def organization(row: Row) -> Organization:
    """The typed form of a row of organizations.csv that passed the checks."""
    return Organization(
        line=row.line,
        key=Slug(row["key"]),
        type=EntityType(row["type"]),
        subtype=row.optional("subtype"),
        names=_names(row),
        aliases=row.items("aliases"),
        country=row["country"],
        region=row.optional("region"),
        city=row.optional("city"),
        parent=_slug(row, "parent"),
        founded=row.optional("founded"),
        website=row.optional("website"),
        wikidata=row.optional("wikidata"),
        sources=row.items("source"),
        note=row.optional("note"),
    )


def policy(row: Row) -> Policy:
    """The typed form of a row of policies.csv that passed the checks."""
    return Policy(
        line=row.line,
        key=Slug(row["key"]),
        kind=row["type"],
        names=_names(row),
        aliases=row.items("aliases"),
        adopted=row.optional("adopted"),
        adopter=_slug(row, "adopter"),
        period=row.optional("period"),
        website=row.optional("website"),
        sources=row.items("source"),
    )


def event(row: Row) -> EventRow:
    """The typed form of a row of events.csv that passed the checks."""
    return EventRow(
        line=row.line,
        key=Slug(row["key"]),
        kind=row["type"],
        names=_names(row),
        aliases=row.items("aliases"),
        start=row.optional("start"),
        end=row.optional("end"),
        place=row.optional("place"),
        organizers=_slugs(row, "organizers"),
        sources=row.items("source"),
    )


def membership(row: Row) -> MembershipRow:
    """The typed form of a row of memberships.csv that passed the checks."""
    return MembershipRow(
        line=row.line,
        member=Slug(row["member"]),
        organization=Slug(row["organization"]),
        role=row["role"],
        since=row.optional("since"),
        sources=row.items("source"),
    )


def vocabulary_term(row: Row) -> VocabularyTerm:
    """The typed form of a row of vocabularies.csv that passed the checks."""
    return VocabularyTerm(
        line=row.line,
        scheme=row["scheme"],
        notation=row["notation"],
        labels=_names(row, "label"),
        broader=row.optional("broader"),
        exact_match=row.optional("exact_match"),
        source=row.optional("source"),
    )


def ambiguous_name(row: Row) -> AmbiguousName:
    """The typed form of a row of ambiguous.csv that passed the checks."""
    return AmbiguousName(row.line, row["alias"], _slugs(row, "keys"))
