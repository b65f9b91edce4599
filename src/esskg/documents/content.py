"""Content: what a reader makes of a file, before languages and the document's own name are added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from esskg.documents.boilerplate import is_boilerplate, is_caption
from esskg.documents.characters import canonical
from esskg.documents.layout import Part, parts_of
from esskg.model import BlockKind, Metadata

_SPACE = re.compile(r"[ \t\n\v\f\r]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff\x00-\x08\x0e-\x1f\x7f]")
_CLOSE = {BlockKind.LIST_ITEM, BlockKind.TABLE}
"""Kinds that follow their own without an empty line between."""

NOTHING_KNOWN = Metadata()


@dataclass(frozen=True, slots=True)
class Content:
    """A file's canonical text, its parts, and what the file says about itself."""

    text: str
    parts: tuple[Part, ...]
    metadata: Metadata = NOTHING_KNOWN


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of a structured file, before it has a place in the canonical text."""

    kind: BlockKind
    text: str
    level: int = 0


def flowing(text: str) -> str:
    """Text of a structured file on one line: soft hyphens and other invisible characters dropped, white
    space of the markup folded (a non-breaking space is the author's own and stays)."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", canonical(text))).strip()


def lines(text: str, below: int = 0) -> Iterator[Piece]:
    """A paragraph of a structured file: one block, or what its lines look like where it has line breaks.

    Lines that look like headings stand ``below`` so many levels of real ones.
    """
    cleaned = "\n".join(flowing(line) for line in text.split("\n")).strip()
    if "\n" not in cleaned:
        yield Piece(BlockKind.PARAGRAPH, cleaned)
        return
    for part in parts_of(cleaned, wrapped=False):
        depth = min(part.level + below, 6) if part.kind is BlockKind.HEADING else part.level
        yield Piece(part.kind, cleaned[part.start : part.end], depth)


def table(rows: Iterable[Iterable[str]]) -> Piece:
    """A table as lines of cells with `` | `` between."""
    lines = (" | ".join(flowing(cell) for cell in row) for row in rows)
    return Piece(BlockKind.TABLE, "\n".join(line for line in lines if line.strip(" |")))


def assemble(pieces: Iterable[Piece], metadata: Metadata) -> Content:
    """Set pieces one under the other: the canonical text of a structured file, with its parts."""
    text, parts = "", list[Part]()
    for piece in pieces:
        words = canonical(piece.text).strip()
        if not words:
            continue
        if parts:
            text += "\n" if piece.kind is parts[-1].kind and piece.kind in _CLOSE else "\n\n"
        kind = _kind(piece.kind, words)
        level = piece.level if kind is piece.kind else 0
        parts.append(Part(len(text), len(text) + len(words), kind, level))
        text += words
    titled = metadata if metadata.title else replace(metadata, title=_title(text, parts))
    return Content(text + "\n" if text else "", tuple(parts), titled)


def _title(text: str, parts: list[Part]) -> str:
    """The first of the highest headings."""
    headings = (part for part in parts if part.kind is BlockKind.HEADING)
    first = min(headings, key=lambda part: part.level, default=None)
    return text[first.start : first.end] if first else ""


def _kind(kind: BlockKind, text: str) -> BlockKind:
    """Markup says what a block looks like; share links and captions are told by their words."""
    if kind is BlockKind.TABLE:
        return kind
    if is_boilerplate(text):
        return BlockKind.BOILERPLATE
    return BlockKind.CAPTION if kind is BlockKind.PARAGRAPH and is_caption(text) else kind
