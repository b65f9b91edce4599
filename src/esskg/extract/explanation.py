"""Why a document was read as it was: each statement with its rule and what its confidence is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from esskg.extract import Extractor
from esskg.extract.grammar import rules
from esskg.extract.relations.candidates import Candidate
from esskg.extract.relations.confidence import confidence, families, reliability, trust
from esskg.extract.relations.ranker import current_ranker
from esskg.extract.relations.reading import candidates
from esskg.extract.relations.typed import Item
from esskg.model import (
    DATED_RELATIONS,
    Document,
    EntityReading,
    Extraction,
    FigureReading,
    LocalId,
    QuotationReading,
    RelationType,
    Span,
    StatementReading,
)

Reading = StatementReading | FigureReading | QuotationReading
_Key = tuple[RelationType, Span, str, float, frozenset[str | None]]


@dataclass(frozen=True, slots=True)
class Feature:
    """One of the things that a confidence is made of."""

    name: str
    value: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A reading and what its confidence is made of: the mean of rule and ranker × both ends, calibrated.

    No features where only its rule speaks for it.
    """

    reading: Reading
    features: tuple[Feature, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """A document, what was read in it, and why."""

    document: Document
    extraction: Extraction
    statements: tuple[Explained, ...]
    figures: tuple[Explained, ...]
    quotations: tuple[Explained, ...]

    def entity(self, key: LocalId) -> EntityReading:
        """The entity of that id."""
        return next(entity for entity in self.extraction.entities if entity.id == key)

    def words(self, span: Span) -> str:
        """The document's words there, on one line."""
        return " ".join(self.document.text[slice(*span)].split())

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data."""
        kinds = {"statements": self.statements, "figures": self.figures, "quotations": self.quotations}
        return {
            "document": self.document.slug,
            "language": self.document.language,
            "date": self.document.metadata.date,
            "text": self.document.text,
            "entities": [asdict(entity) for entity in self.extraction.entities],
        } | {kind: [self._plain(one) for one in explained] for kind, explained in kinds.items()}

    def _plain(self, explained: Explained) -> dict[str, Any]:
        reading = asdict(explained.reading)
        words = {"words": self.words(explained.reading.evidence)}
        return reading | words | {"features": [asdict(feature) for feature in explained.features]}


def explain(extractor: Extractor, document: Document, extraction: Extraction) -> Explanation:
    """The explanation of what an extractor read in a document."""
    context = extractor.parse(document).with_entities(extraction.entities)
    found = {_key_of(candidate): candidate for candidate in candidates(context, current_ranker())}
    statements = (Explained(s, _features(found.get(_key(s)), document)) for s in extraction.statements)
    return Explanation(
        document,
        extraction,
        tuple(statements),
        tuple(map(Explained, extraction.figures)),
        tuple(map(Explained, extraction.quotations)),
    )


def _key(statement: StatementReading) -> _Key:
    ends = {statement.subject, statement.object}
    if statement.type in DATED_RELATIONS:
        ends = {statement.subject, None}
    return statement.type, statement.evidence, statement.rule, statement.confidence, frozenset(ends)


def _key_of(candidate: Candidate) -> _Key:
    items = candidate.subject, candidate.object
    ends = frozenset(item.entity.id if item and item.entity else None for item in items)
    return candidate.relation, candidate.evidence, candidate.rule, confidence(candidate), ends


def _features(candidate: Candidate | None, document: Document) -> tuple[Feature, ...]:
    if candidate is None:
        return ()
    ends = [("subject", candidate.subject)]
    if candidate.object is not None and candidate.object.entity is not None:
        ends.append(("object", candidate.object))
    return *_of_words(candidate), *(_end(name, item, document) for name, item in ends)


def _of_words(candidate: Candidate) -> Iterator[Feature]:
    """What makes it likely that the words state it; their mean counts."""
    if not candidate.rule.endswith(".ranked"):
        yield Feature("rule", reliability(candidate.rule), _counted(candidate.rule))
    if candidate.probability is not None:
        yield Feature("ranker", candidate.probability, "weighs words, types and what rules read")


def _counted(rule: str) -> str:
    """How often the rule, or else its family, was right in annotated documents."""
    counts: dict[str, list[int]] = rules("reliability")["rules"]
    told = [
        f"{name}: {counts[name][0]} of {counts[name][1]} right" for name in families(rule) if name in counts
    ]
    return "; ".join(reversed(told)) or "never seen in annotated documents"


def _end(name: str, item: Item, document: Document) -> Feature:
    if item.mention is None:
        return Feature(name, trust(None), "a pronoun")
    words = " ".join(document.text[slice(*item.mention.span)].split())
    return Feature(name, trust(item.mention), f"“{words}”, found as {item.mention.source}")
