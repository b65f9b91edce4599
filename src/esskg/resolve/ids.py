"""Published identifiers: a slug that was given out once keeps its meaning."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from esskg.errors import RowError, TablesError
from esskg.model import EntityReading, EntityType, Knowledge, Slug
from esskg.reference.tables import Row, read_table

COLUMNS = ("slug", "type", "name", "document", "sha256", "start", "end", "replaced_by")
_SHORT_HASH = 16


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A mention that an identifier was given out for: the document, its text's hash and the span."""

    document: Slug
    sha256: str
    """The first 16 hexadecimal digits."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PublishedId:
    """One row of ids.csv: a slug, what it stood for when it was given out, and its successor if merged."""

    slug: Slug
    type: EntityType
    name: str
    anchor: Anchor
    replaced_by: Slug | None = None


@dataclass(frozen=True)
class PublishedIds:
    """The identifiers given out so far, by slug."""

    rows: Mapping[Slug, PublishedId]

    @classmethod
    def read(cls, path: Path) -> PublishedIds:
        """Read ids.csv; a missing file is an empty one.

        Raises TablesError with every row that can't be read or breaks a rule.
        """
        table = read_table(path, COLUMNS)
        if found := [*table.errors, *_problems(path, table.rows)]:
            raise TablesError(found)
        return cls({Slug(row["slug"]): _typed(row) for row in table.rows})

    @classmethod
    def of(cls, knowledge: Knowledge, published: PublishedIds) -> PublishedIds:
        """Those published, and one for every entity that a document mentions and that had none.

        A published row keeps its type, name and anchor for as long as the anchor stands in its document.
        """
        first = _first_mentions(knowledge)
        anchors = {anchor for found in first.values() for anchor in found}
        rows = dict(published.rows)
        for slug, mentions in first.items():
            known = rows.get(slug)
            if known is None or known.anchor not in anchors:
                reading = mentions[min(mentions)]
                rows[slug] = PublishedId(slug, reading.type, reading.name, min(mentions))
        for slug, row in rows.items():
            rows[slug] = replace(row, replaced_by=knowledge.redirects.get(slug))
        return cls(rows)

    def write(self, path: Path) -> None:
        """Write ids.csv sorted by slug, in one step, so that no one meets half a file."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_cells(self.rows[slug]) for slug in sorted(self.rows))
        draft = path.with_name(path.name + ".new")
        draft.write_text(buffer.getvalue(), "utf-8")
        draft.replace(path)


def anchors_of(document: Slug, sha256: str, reading: EntityReading) -> Iterator[Anchor]:
    """Every mention of an entity of a document, as an anchor; where it has none, one at the start."""
    for start, end in [mention.span for mention in reading.mentions] or [(0, 0)]:
        yield Anchor(document, sha256[:_SHORT_HASH], start, end)


def _first_mentions(knowledge: Knowledge) -> dict[Slug, dict[Anchor, EntityReading]]:
    """Entity → its mentions → what the document calls it there."""
    hashes = {document.slug: document.sha256 for document in knowledge.documents}
    found: dict[Slug, dict[Anchor, EntityReading]] = {}
    for extraction in knowledge.extractions:
        for reading in extraction.entities:
            mentions = found.setdefault(knowledge.links[extraction.document, reading.id], {})
            for anchor in anchors_of(extraction.document, hashes[extraction.document], reading):
                mentions[anchor] = reading
    return found


def _typed(row: Row) -> PublishedId:
    anchor = Anchor(Slug(row["document"]), row["sha256"], int(row["start"]), int(row["end"]))
    replaced_by = Slug(row["replaced_by"]) if row["replaced_by"] else None
    return PublishedId(Slug(row["slug"]), EntityType(row["type"]), row["name"], anchor, replaced_by)


def _cells(row: PublishedId) -> tuple[str | int, ...]:
    anchor = row.anchor
    place = (anchor.document, anchor.sha256, anchor.start, anchor.end)
    return (row.slug, row.type.value, row.name, *place, row.replaced_by or "")


def _problems(path: Path, rows: Iterable[Row]) -> Iterator[RowError]:
    seen: dict[str, int] = {}
    rows = tuple(rows)
    slugs = {row["slug"] for row in rows}
    for row in rows:
        if (first := seen.setdefault(row["slug"], row.line)) != row.line:
            yield RowError(path, row.line, f"slug {row['slug']!r} stands already in line {first}")
        for column in ("slug", "name", "document", "sha256"):
            if not row[column]:
                yield RowError(path, row.line, f"empty: {column}")
        if row["type"] not in set(EntityType):
            yield RowError(path, row.line, f"type {row['type']!r}: not one of {', '.join(EntityType)}")
        if not (row["start"].isdecimal() and row["end"].isdecimal()):
            yield RowError(path, row.line, "start and end must be whole numbers")
        if row["replaced_by"] and row["replaced_by"] not in slugs:
            yield RowError(path, row.line, f"replaced_by {row['replaced_by']!r}: no such slug")
