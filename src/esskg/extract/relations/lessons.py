"""Sentences made up for the ranker to learn from, beside the annotated documents: ``lessons/*.txt``.

Annotated documents hold few of the stock phrases that ministries, federations and the press use every day.
The sentences use them, in our own words, of bodies that don't exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

from esskg.extract.context import Context, ParsedSentence
from esskg.model import (
    DATED_RELATIONS,
    Block,
    BlockKind,
    Document,
    EntityReading,
    EntityType,
    LocalId,
    Mention,
    Metadata,
    Slug,
)

LANGUAGES = ("en", "es", "fr")
_TOGETHER = 8
"""Sentences that count as one document: what stands in a single sentence is to teach nothing."""
_MENTION = re.compile(r"\[([^\]]+)\]\((\w+)\)")
_PLAIN = str.maketrans("’«»“”–—\u00a0", '\'""""-- ')


def lessons() -> Iterator[tuple[dict[str, Any], Context]]:
    """Each sentence as an annotation and a document made ready for reading."""
    for language in LANGUAGES:
        folder = resources.files("esskg.extract").joinpath("lessons")
        rows = folder.joinpath(f"{language}.txt").read_text("utf-8").splitlines()
        lines = [line for line in rows if line and not line.startswith("#")]
        for number, line in enumerate(lines):
            yield _lesson(line, language, f"lesson {language} {number // _TOGETHER}")


def _lesson(line: str, language: str, name: str) -> tuple[dict[str, Any], Context]:
    marked, _, stated = line.partition(" = ")
    read = marked_context(marked, language)
    ids = {entity.name: entity.id for entity in read.entities}
    evidence = (0, len(read.text))
    relations = [{**_relation(one, ids), "evidence": evidence} for one in stated.split("; ") if one]
    entities = [
        {"id": e.id, "type": str(e.type), "name": e.name, "mentions": [m.span for m in e.mentions]}
        for e in read.entities
    ]
    return {"id": name, "entities": entities, "relations": relations}, read


def _relation(stated: str, ids: dict[str, LocalId]) -> dict[str, Any]:
    """The relation of "finances Alpha > Beta" or "foundedIn Alpha > 1998"."""
    type_, _, ends = stated.partition(" ")
    subject, _, object_ = ends.partition(" > ")
    end = {"date": object_} if type_ in DATED_RELATIONS else {"object": ids[object_]}
    return {"type": type_, "subject": ids[subject], **end}


def marked_context(
    marked: str, language: str, date: str | None = None, country: str | None = None
) -> Context:
    """A document of one block a line; "[name](Type)" is a mention, the same name the same entity."""
    text, found = "", dict[tuple[str, str], list[Mention]]()
    for piece in re.split(r"(\[[^\]]+\]\(\w+\))", marked):
        match = _MENTION.fullmatch(piece)
        words = match[1] if match else piece
        if match:
            spans = found.setdefault((match[1], match[2]), [])
            spans.append(Mention(len(text), len(text) + len(words), "marked"))
        text += words
    entities = tuple(
        EntityReading(LocalId(f"e{n}"), EntityType(type_), name, tuple(mentions))
        for n, ((name, type_), mentions) in enumerate(found.items(), 1)
    )
    return _context(text, language, Metadata(language=language, date=date, country=country), entities)


def _context(text: str, language: str, metadata: Metadata, entities: tuple[EntityReading, ...]) -> Context:
    blocks = tuple(_block(m, language) for m in re.finditer(r"[^\n]+", text))
    document = Document(Slug("d"), text, blocks, metadata, "d.txt", "text/plain", "0")
    sentences = tuple(
        ParsedSentence(block.start + m.start(), block.start + m.end(), block, language)
        for block in blocks
        for m in re.finditer(r"\S.*?(?:[.!?](?=\s[A-ZÀ-Ý«])|$)", text[block.start : block.end])
    )
    return Context(document, text.translate(_PLAIN), sentences, entities)


def _block(line: re.Match[str], language: str) -> Block:
    kind = BlockKind.LIST_ITEM if line[0].startswith(("•", "- ", "– ", "* ")) else BlockKind.PARAGRAPH
    return Block(line.start(), line.end(), kind, language)
