"""Extractions as JSON Lines, whole and without loss, and as the JSON of the annotation guidelines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields
from typing import Any

from esskg.model import (
    Amount,
    Document,
    EntityReading,
    EntityType,
    Extraction,
    FigureReading,
    LocalId,
    Mention,
    Modality,
    Qualifier,
    QuotationReading,
    RelationType,
    Slug,
    Span,
    State,
    StatementReading,
)

Json = dict[str, Any]
LISTED = frozenset({State.ASSERTED, State.REVIEW})
"""The states of what the guidelines' format lists: what reached the review threshold."""

_ENUMS = {"state": State, "modality": Modality, "qualifier": Qualifier}


def to_records(extraction: Extraction) -> Iterator[str]:
    """One JSON object a line, each tagged with its kind; what has its default value is left out."""
    yield _line("extraction", {"document": extraction.document, "sha256": extraction.sha256})
    for kind, readings in (
        ("entity", extraction.entities),
        ("statement", extraction.statements),
        ("figure", extraction.figures),
        ("quotation", extraction.quotations),
    ):
        for reading in readings:
            yield _line(kind, _plain(reading))


def from_records(lines: Iterable[str]) -> Extraction:
    """The extraction that ``to_records`` wrote. Raises ValueError on a line that is no such record."""
    header: Json = {}
    read: dict[str, list[Any]] = {kind: [] for kind in _READERS}
    for line in lines:
        record = json.loads(line)
        kind = record.pop("record", None)
        if kind == "extraction":
            header = record
        elif kind in _READERS:
            read[kind].append(_READERS[kind](record))
        else:
            raise ValueError(f"no record of an extraction: {line[:80]!r}")
    return Extraction(
        document=Slug(header["document"]),
        sha256=header["sha256"],
        entities=tuple(read["entity"]),
        statements=tuple(read["statement"]),
        figures=tuple(read["figure"]),
        quotations=tuple(read["quotation"]),
    )


def to_gold(extraction: Extraction, document: Document) -> Json:
    """What a document says in the guidelines' format, with confidence, state and rule beside it.

    Only what holds and reached the review threshold is listed.
    """
    listed = [s for s in extraction.statements if s.state in LISTED and s.modality is Modality.HOLDS]
    return {
        "id": str(extraction.document),
        "lang": document.language,
        "date": document.metadata.date,
        "title": document.metadata.title,
        "sources": list(document.metadata.sources),
        "sha256": extraction.sha256,
        "entities": [_gold_entity(entity) for entity in extraction.entities],
        "relations": [_gold_relation(statement) for statement in listed],
        "statistics": [_gold_figure(figure) for figure in extraction.figures if figure.state in LISTED],
        "quotes": [_plain(quote) for quote in extraction.quotations if quote.state in LISTED],
    }


def from_gold(gold: Json) -> Extraction:
    """A document annotated in the guidelines' format as an extraction, sure of everything."""
    return Extraction(
        document=Slug(gold["id"]),
        sha256=gold.get("sha256", ""),
        entities=tuple(_entity_of_gold(entity) for entity in gold["entities"]),
        statements=tuple(_statement(_sure(relation)) for relation in gold.get("relations", ())),
        figures=tuple(_figure(_sure(figure)) for figure in gold.get("statistics", ())),
        quotations=tuple(_quotation(_sure(quote)) for quote in gold.get("quotes", ())),
    )


def _line(kind: str, record: Json) -> str:
    return json.dumps({"record": kind, **record}, ensure_ascii=False)


def _plain(reading: Any) -> Json:
    return {
        field.name: _value(getattr(reading, field.name))
        for field in fields(reading)
        if field.default is MISSING or getattr(reading, field.name) != field.default
    }


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    return _plain(value) if isinstance(value, Mention | Amount) else value


def _typed(record: Json) -> Json:
    """The record with its spans and enumerations as the model has them."""
    typed: Json = {name: _ENUMS[name](value) if name in _ENUMS else value for name, value in record.items()}
    if "evidence" in typed:
        typed["evidence"] = _span(typed["evidence"])
    return typed


def _span(pair: list[int]) -> Span:
    start, end = pair
    return start, end


def _entity(record: Json) -> EntityReading:
    mentions = tuple(Mention(**mention) for mention in record.pop("mentions"))
    aliases = tuple(record.pop("aliases", ()))
    return EntityReading(**record | {"type": EntityType(record["type"])}, mentions=mentions, aliases=aliases)


def _statement(record: Json) -> StatementReading:
    typed = _typed(record) | {"type": RelationType(record["type"])}
    if amount := record.get("amount"):
        typed["amount"] = Amount(**_typed(amount))
    return StatementReading(**{"object": None, **typed})


def _figure(record: Json) -> FigureReading:
    return FigureReading(**_typed(record))


def _quotation(record: Json) -> QuotationReading:
    return QuotationReading(**_typed(record))


_READERS = {"entity": _entity, "statement": _statement, "figure": _figure, "quotation": _quotation}


def _gold_entity(entity: EntityReading) -> Json:
    listed = {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "mentions": [list(mention.span) for mention in entity.mentions],
        "confidence": [mention.confidence for mention in entity.mentions],
    }
    return listed | {k: v for k in ("subtype", "reference") if (v := getattr(entity, k)) is not None}


def _gold_relation(statement: StatementReading) -> Json:
    plain = _plain(statement) | {"state": statement.state}
    if statement.object is None:
        del plain["object"]
    if statement.amount is not None:
        plain["amount"] = _plain(statement.amount) | {"qualifier": statement.amount.qualifier}
    return plain


def _gold_figure(figure: FigureReading) -> Json:
    return {field.name: _value(getattr(figure, field.name)) for field in fields(figure)}


def _entity_of_gold(entity: Json) -> EntityReading:
    return EntityReading(
        id=LocalId(entity["id"]),
        type=EntityType(entity["type"]),
        name=entity["name"],
        mentions=tuple(Mention(start, end) for start, end in sorted(entity["mentions"])),
        aliases=tuple(entity.get("aliases", ())),
        subtype=entity.get("subtype"),
        reference=entity.get("reference"),
    )


def _sure(record: Json) -> Json:
    return {"rule": "gold", "confidence": 1.0} | record
