"""What the readers of one document share: its text, sentences and, once read, its entities."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property

from esskg.documents import same_length, sentences
from esskg.extract.dates import DateMention, dates_of
from esskg.extract.parse import NamedSpan, Parser, Token
from esskg.model import Block, Document, EntityReading, LocalId, Mention


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence with its words; no words where its language has no model."""

    start: int
    end: int
    block: Block
    language: str
    tokens: tuple[Token, ...] = ()
    ents: tuple[NamedSpan, ...] = ()


@dataclass(frozen=True)
class Context:
    """A document made ready for reading."""

    document: Document
    text: str
    """The document's text with its typography made plain; every offset is unchanged."""
    sentences: tuple[ParsedSentence, ...]
    entities: tuple[EntityReading, ...] = ()
    country: str | None = None
    """ISO 3166-1 alpha-2: where the document speaks from, as it or else the project says."""
    currency: str | None = None
    """ISO 4217: what a bare currency sign means in the project where nothing else tells."""

    def with_entities(self, entities: tuple[EntityReading, ...]) -> Context:
        """The same document, its entities read."""
        return replace(self, entities=entities)

    def entity(self, local_id: LocalId) -> EntityReading:
        """The entity of that id. Raises KeyError for an id that the document lacks."""
        return self._by_id[local_id]

    def mentions_in(self, start: int, end: int) -> list[tuple[Mention, EntityReading]]:
        """The mentions that stand wholly between two offsets, in the order of the text."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [pair for pair in self._mentions[first:last] if pair[0].end <= end]

    @cached_property
    def dates(self) -> list[DateMention]:
        """The dates of the document, in order."""
        return dates_of(self.document.blocks, self.text, self.document.metadata.date)

    @cached_property
    def _by_id(self) -> dict[LocalId, EntityReading]:
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def _mentions(self) -> list[tuple[Mention, EntityReading]]:
        pairs = [(mention, entity) for entity in self.entities for mention in entity.mentions]
        return sorted(pairs, key=lambda pair: pair[0].span)

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention, _ in self._mentions]


def read_context(
    document: Document, parser: Parser, *, country: str | None = None, currency: str | None = None
) -> Context:
    """A document cut into parsed sentences, its entities not yet read.

    Country and currency are the project's, for a document that doesn't tell.
    """
    text = same_length(document.text)
    cut = list(sentences(document))
    spans = [(sentence.start, sentence.end, sentence.block.language) for sentence in cut]
    parses = parser.parse(text, spans)
    parsed = tuple(
        ParsedSentence(
            sentence.start, sentence.end, sentence.block, sentence.block.language, parse.tokens, parse.ents
        )
        for sentence, parse in zip(cut, parses, strict=True)
    )
    return Context(document, text, parsed, country=document.metadata.country or country, currency=currency)
