"""What each document alone says, in the project's terms: the merged knowledge taken apart again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from esskg.model import (
    DATED_RELATIONS,
    Document,
    EntityReading,
    Extraction,
    Figure,
    Knowledge,
    LocalId,
    Modality,
    Quotation,
    RelationType,
    Slug,
    Statement,
    StatementReading,
    TextEvidence,
)

Supported = TypeVar("Supported", Statement, Figure, Quotation)
Links = dict[tuple[Slug, LocalId], Slug]


@dataclass(frozen=True, slots=True)
class Said:
    """What one document says: each part with that document's evidence and confidence only."""

    document: Document
    entities: tuple[tuple[Slug, EntityReading], ...]
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    quotations: tuple[Quotation, ...]


def said_by_documents(knowledge: Knowledge) -> Iterator[Said]:
    """One part for each document, in the order of the documents."""
    statements = _by_document(map(_unattributed, knowledge.statements))
    figures = _by_document(knowledge.figures)
    quotations = _by_document(knowledge.quotations)
    extractions = {extraction.document: extraction for extraction in knowledge.extractions}
    for document in knowledge.documents:
        slug = document.slug
        extraction = extractions.get(slug, Extraction(slug, document.sha256))
        readings = _readings(extraction, knowledge.links)
        yield Said(
            document,
            _entities(extraction, knowledge.links),
            tuple(_as_read(statement, readings) for statement in statements[slug]),
            tuple(figures[slug]),
            tuple(quotations[slug]),
        )


def _by_document(items: Iterable[Supported]) -> defaultdict[Slug, list[Supported]]:
    parts: defaultdict[Slug, list[Supported]] = defaultdict(list)
    for item in items:
        for slug, evidence in _evidence_by_document(item).items():
            confidence = max(piece.confidence for piece in evidence)
            parts[slug].append(replace(item, evidence=tuple(evidence), confidence=confidence))
    return parts


def _unattributed(statement: Statement) -> Statement:
    """Without the attributes where several documents state it: which of them gives which, readings tell."""
    if len(statement.evidence) < 2 or len(_evidence_by_document(statement)) < 2:
        return statement
    date = statement.date if statement.type in DATED_RELATIONS else None
    return replace(statement, date=date, role=None, amount=None, instrument=None)


def _evidence_by_document(item: Statement | Figure | Quotation) -> dict[Slug, list[TextEvidence]]:
    parts: defaultdict[Slug, list[TextEvidence]] = defaultdict(list)
    for piece in item.evidence:
        if isinstance(piece, TextEvidence):
            parts[piece.document].append(piece)
    return parts


def _entities(extraction: Extraction, links: Links) -> tuple[tuple[Slug, EntityReading], ...]:
    linked = ((links.get((extraction.document, reading.id)), reading) for reading in extraction.entities)
    return tuple((slug, reading) for slug, reading in linked if slug is not None)


Key = tuple[RelationType, tuple[Slug | str | None, Slug | str | None], Modality]


def _readings(extraction: Extraction, links: Links) -> dict[Key, StatementReading]:
    """The document's most confident reading of each relation, by what it says in the project's terms."""
    best: dict[Key, StatementReading] = {}
    for reading in sorted(extraction.statements, key=lambda reading: -reading.confidence):
        ends = [links.get((extraction.document, end)) for end in (reading.subject, reading.object) if end]
        value = reading.date if reading.object is None else ends[-1]
        best.setdefault(_key(reading.type, ends[0], value, reading.modality), reading)
    return best


def _key(type_: RelationType, subject: Slug | None, value: Slug | str | None, modality: Modality) -> Key:
    ends: tuple[Slug | str | None, Slug | str | None] = (subject, value)
    if type_ is RelationType.PARTNERS_WITH:
        ends = (min(ends, key=str), max(ends, key=str))
    return type_, ends, modality


def _as_read(statement: Statement, readings: dict[Key, StatementReading]) -> Statement:
    """The statement with the role, amount, date and instrument that this document gives it."""
    dated = statement.type in DATED_RELATIONS
    value = statement.date if dated else statement.object
    reading = readings.get(_key(statement.type, statement.subject, value, statement.modality))
    if reading is None:
        return statement
    return replace(
        statement,
        date=statement.date if dated else reading.date,
        role=reading.role,
        amount=reading.amount,
        instrument=reading.instrument,
    )
