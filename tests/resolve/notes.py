"""Documents and what they say, made from short notes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from esskg.config import Thresholds
from esskg.model import (
    Block,
    BlockKind,
    Document,
    EntityReading,
    EntityType,
    Extraction,
    FigureReading,
    Knowledge,
    LocalId,
    Mention,
    Metadata,
    Modality,
    QuotationReading,
    RelationType,
    Slug,
    StatementReading,
)
from esskg.reference import Reference
from esskg.resolve import Decisions, PublishedIds, resolve

NO_REFERENCE = Reference()
NO_IDS = PublishedIds({})


@dataclass
class Note:
    """A document under construction. Its text is all names and sentences that it was given, a line each."""

    slug: str
    language: str = "fr"
    date: str | None = None
    country: str | None = None
    lines: list[str] = field(default_factory=list)
    entities: dict[str, EntityReading] = field(default_factory=dict)
    statements: list[StatementReading] = field(default_factory=list)
    figures: list[FigureReading] = field(default_factory=list)
    quotations: list[QuotationReading] = field(default_factory=list)

    def line(self, text: str) -> tuple[int, int]:
        """The span of a new line of the document."""
        start = sum(len(line) + 1 for line in self.lines)
        self.lines.append(text)
        return start, start + len(text)

    def entity(
        self, type_: str, name: str, *aliases: str, reference: str | None = None, subtype: str | None = None
    ) -> Note:
        """Mention an entity; it is known by its name from now on."""
        mentions = tuple(Mention(*self.line(text)) for text in (name, *aliases))
        local = LocalId(f"e{len(self.entities) + 1}")
        key = Slug(reference) if reference else None
        reading = EntityReading(local, EntityType(type_), name, mentions, aliases, subtype, key)
        self.entities[name] = reading
        return self

    def says(
        self,
        subject: str,
        relation: str,
        value: str,
        confidence: float = 0.8,
        *,
        modality: str = "holds",
        **attributes: object,
    ) -> Note:
        """State a relation to an entity that was mentioned, or to a date."""
        other = self.entities.get(value)
        words = f"{subject} {relation} {value}."
        reading = StatementReading(
            RelationType(relation),
            self.entities[subject].id,
            other.id if other else None,
            self.line(words),
            "test.rule",
            confidence,
            modality=Modality(modality),
            **{"date": None if other else value, **attributes},  # type: ignore[arg-type]
        )
        self.statements.append(reading)
        return self

    @property
    def document(self) -> Document:
        text = "\n".join(self.lines)
        blocks = (Block(0, len(text), BlockKind.PARAGRAPH, self.language),)
        metadata = Metadata(language=self.language, date=self.date, country=self.country)
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        return Document(Slug(self.slug), text, blocks, metadata, f"{self.slug}.txt", "text/plain", sha256)

    @property
    def extraction(self) -> Extraction:
        return Extraction(
            Slug(self.slug),
            self.document.sha256,
            tuple(self.entities.values()),
            tuple(self.statements),
            tuple(self.figures),
            tuple(self.quotations),
        )


def together(
    notes: Iterable[Note],
    reference: Reference = NO_REFERENCE,
    *,
    ids: PublishedIds = NO_IDS,
    decisions: Decisions | None = None,
    copies: dict[str, str] | None = None,
) -> Knowledge:
    """What notes say together."""
    notes = list(notes)
    return resolve(
        [note.document for note in notes],
        [note.extraction for note in notes],
        reference,
        ids=ids,
        decisions=decisions or Decisions(),
        copies={Slug(copy): Slug(original) for copy, original in (copies or {}).items()},
        thresholds=Thresholds(),
    )


def slug_of(knowledge: Knowledge, note: Note, name: str) -> Slug:
    """The entity of the project that a document's name means."""
    return knowledge.links[Slug(note.slug), note.entities[name].id]


def are_one(knowledge: Knowledge, first: Note, second: Note, name: str, other: str | None = None) -> bool:
    """Whether a name in one document and a name in another mean one entity."""
    return slug_of(knowledge, first, name) == slug_of(knowledge, second, other or name)
