"""What a document says: entities, statements, figures and quotations, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from esskg.extract.jsonl import from_gold, from_records, to_gold, to_records
from esskg.extract.parse import Parser
from esskg.model import (
    Document,
    Extraction,
    FigureReading,
    QuotationReading,
    State,
    StatementReading,
    digest,
)
from esskg.shipped import texts

if TYPE_CHECKING:
    from esskg.config import Settings, Thresholds
    from esskg.extract.context import Context
    from esskg.extract.entities import EntityReader
    from esskg.extract.learned import Learned
    from esskg.reference import Reference

__all__ = ["Extractor", "from_gold", "from_records", "make_extractor", "to_gold", "to_records"]

_Reading = TypeVar("_Reading", StatementReading, FigureReading, QuotationReading)


class Extractor:
    """Reads documents with the names of a reference, the shipped lexicons and, where installed, models.

    ``country`` (ISO 3166-1 alpha-2) and ``currency`` (ISO 4217) stand in for what a document doesn't tell,
    ``learned`` for the shipped weights.
    """

    def __init__(  # noqa: PLR0913  # each is a setting of its own
        self,
        reference: Reference,
        *,
        thresholds: Thresholds,
        models: bool = True,
        country: str | None = None,
        currency: str | None = None,
        learned: Learned | None = None,
    ) -> None:
        self._reference, self._thresholds, self._learned = reference, thresholds, learned
        self._country, self._currency = country, currency
        self._parser = Parser(models=models)

    def read(self, document: Document) -> Extraction:
        """Everything that a document says, in its own terms."""
        return self.read_parsed(self.parse(document))

    def parse(self, document: Document) -> Context:
        """A document made ready for reading: the slow part, which nothing learned changes."""
        from esskg.extract.context import read_context

        return read_context(document, self._parser, country=self._country, currency=self._currency)

    def read_parsed(self, context: Context) -> Extraction:
        """Everything that a parsed document says."""
        from esskg.extract.figures import read_figures
        from esskg.extract.quotations import read_quotations
        from esskg.extract.relations import read_statements

        context = context.with_entities(self._entities.read(context))
        statements = tuple(map(self._judged, read_statements(context)))
        return Extraction(
            document=context.document.slug,
            sha256=context.document.sha256,
            entities=context.entities,
            statements=statements,
            figures=tuple(map(self._judged, read_figures(context, statements))),
            quotations=tuple(map(self._judged, read_quotations(context))),
        )

    def read_many(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """What each document says, in the order given."""
        return map(self.read, documents)

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever a document could be read differently."""
        settings = (self._thresholds.asserted, self._thresholds.review, self._country, self._currency)
        models = sorted(self._parser.versions.items())
        program = texts("esskg.documents", "esskg.extract")
        return digest(self._reference.fingerprint, repr(models), repr(settings), *program)

    @cached_property
    def _entities(self) -> EntityReader:
        from esskg.extract.entities import EntityReader

        return EntityReader(self._reference, self._learned)

    def _judged(self, reading: _Reading) -> _Reading:
        """The reading with the state that its confidence earns; one set aside for a reason stays so."""
        if reading.state is State.QUARANTINED:
            return reading
        return replace(reading, state=self._thresholds.state(reading.confidence))


def make_extractor(reference: Reference, settings: Settings, learned: Learned | None = None) -> Extractor:
    """The extractor that a project's settings ask for."""
    return Extractor(
        reference,
        thresholds=settings.thresholds,
        country=settings.country,
        currency=settings.currency,
        learned=learned,
    )
