"""Examples of the rule files, made documents: "[name](Type)" is a mention, "= A > B" is what is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from esskg.extract.context import Context, ParsedSentence
from esskg.model import (
    Block,
    BlockKind,
    Document,
    EntityReading,
    EntityType,
    LocalId,
    Mention,
    Metadata,
    Slug,
    StatementReading,
)

_MENTION = re.compile(r"\[([^\]]+)\]\((\w+)\)")
_ENGLISH = re.compile(r"\b(?:the|The|of|was|is|and|in|by|with|At|It|were|owned|into|received|sits)\b")
_SPANISH = re.compile(
    r"\b(?:el|los|las|del|una|fue|por|con|su|sus|al|ha|han|para|desde|según|junto|hoy|y)\b|ó\b"
)


@dataclass(frozen=True)
class Example:
    """A text with its entities and the pairs that a rule should read in it."""

    context: Context
    expected: frozenset[str]


def language_of(text: str) -> str:
    """Good enough for examples: French unless English or Spanish words say otherwise."""
    if len(_SPANISH.findall(text)) >= 2:
        return "es"
    return "en" if _ENGLISH.search(text) else "fr"


def example(line: str, language: str | None = None) -> Example:
    """The example that a line of a rule file writes."""
    marked, _, expected = line.partition(" = ")
    pairs = frozenset(pair.strip() for pair in expected.split(";") if pair.strip())
    return Example(context(marked, language or language_of(_MENTION.sub(" ", marked))), pairs)


def context(
    marked: str, language: str = "fr", date: str | None = None, country: str | None = None
) -> Context:
    """A document of one block a line, its mentions as marked; the same name is the same entity."""
    text, found = "", {}
    for piece in re.split(r"(\[[^\]]+\]\(\w+\))", marked):
        match = _MENTION.fullmatch(piece)
        words = match[1] if match else piece
        if match:
            spans = found.setdefault((match[1], match[2]), [])
            spans.append(Mention(len(text), len(text) + len(words), "test"))
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
    plain = text.translate(str.maketrans("’«»“”–—\u00a0", '\'""""-- '))
    return Context(document, plain, sentences, entities)


def _block(line: re.Match[str], language: str) -> Block:
    kind = BlockKind.LIST_ITEM if line[0].startswith(("•", "- ", "– ", "* ")) else BlockKind.PARAGRAPH
    return Block(line.start(), line.end(), kind, language)


def pairs(context: Context, statements: tuple[StatementReading, ...]) -> set[str]:
    """The statements as the examples write them: "A > B" or "A > date"."""
    return {
        f"{context.entity(s.subject).name} > {context.entity(s.object).name if s.object else s.date}"
        for s in statements
    }
