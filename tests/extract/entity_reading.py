"""How tests read entities: one reader, parser and reference for all of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from esskg import reference
from esskg.documents import read
from esskg.extract.context import Context, read_context
from esskg.extract.entities import EntityReader
from esskg.extract.parse import Parser
from esskg.model import Block, BlockKind, Document, EntityReading, Metadata, Slug

DATA = Path(__file__).parents[2] / "data"
MARKED = re.compile(r"\[([^\[\]|]+)\|(\w+)\]")


@cache
def reader() -> EntityReader:
    return EntityReader(reference.load(DATA / "reference"))


@cache
def parser(*, models: bool = True) -> Parser:
    return Parser(models=models)


def document(text: str, language: str = "fr") -> Document:
    """A document of one paragraph for each line."""
    lines = re.finditer(r"[^\n]+", text)
    blocks = [Block(*line.span(), BlockKind.PARAGRAPH, language) for line in lines]
    metadata = Metadata(language=language)
    return Document(Slug("test"), text, tuple(blocks), metadata, "test.txt", "text/plain", "0" * 64)


def context(text: str, language: str = "fr", *, models: bool = True) -> Context:
    return read_context(document(text, language), parser(models=models))


def shipped(name: str) -> Context:
    """A document of the shipped corpus."""
    return read_context(read(DATA / "documents" / f"{name}.txt", DATA / "documents"), parser())


def entities(text: str, language: str = "fr", *, models: bool = True) -> tuple[EntityReading, ...]:
    return reader().read(context(text, language, models=models))


def marked(text: str, found: tuple[EntityReading, ...]) -> str:
    """The text with its mentions marked as ``[words|Type]``."""
    spans = sorted(
        (mention.start, mention.end, entity.type) for entity in found for mention in entity.mentions
    )
    for start, end, type_ in reversed(spans):
        text = f"{text[:start]}[{text[start:end]}|{type_}]{text[end:]}"
    return text


def plain(text: str) -> str:
    """A marked text without its marks."""
    return MARKED.sub(r"\1", text)


def named(found: tuple[EntityReading, ...], name: str) -> EntityReading:
    """The entity of that name. Raises StopIteration where there is none."""
    return next(entity for entity in found if name in {entity.name, *entity.aliases})
