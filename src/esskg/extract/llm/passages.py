"""What a model is asked about: stretches of a block that name entities which a relation may join."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from esskg.extract.context import Context, ParsedSentence
from esskg.model import BlockKind, EntityReading, Span

LONGEST = 4_000
"""Characters; a longer block is asked about in parts, cut between sentences."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block, or part of a long one, with the entities that are named in it."""

    start: int
    end: int
    language: str
    """BCP 47."""
    entities: tuple[EntityReading, ...]


def passages(context: Context) -> Iterator[Passage]:
    """The passages of a document that name at least two entities, in the order of the text."""
    told = [s for s in context.sentences if s.block.kind is not BlockKind.BOILERPLATE]
    for _, block in groupby(told, key=lambda sentence: sentence.block.start):
        for start, end, language in _parts(list(block)):
            named = {entity.id: entity for _, entity in context.mentions_in(start, end)}
            if len(named) > 1:
                yield Passage(start, end, language, tuple(named.values()))


def _parts(sentences: list[ParsedSentence]) -> Iterator[tuple[int, int, str]]:
    span: Span | None = None
    language = sentences[0].language
    for sentence in sentences:
        if span and sentence.end - span[0] <= LONGEST:
            span = span[0], sentence.end
            continue
        if span:
            yield *span, language
        span = (sentence.start, sentence.end) if sentence.end - sentence.start <= LONGEST else None
    if span:
        yield *span, language
