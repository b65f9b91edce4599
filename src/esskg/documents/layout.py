"""Layout: what the lines of a plain text are, read from blank lines, bullets, numbers and lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from esskg.documents.boilerplate import is_boilerplate, is_caption
from esskg.model import BlockKind

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"[•‣▪●◦■□○✓✔→►·*–—-][ \t\u00a0]+\S")
_NUMBER = re.compile(
    r"\(?(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[a-z])(?:[.)]|\s\|)|(?P<deep>\d{1,2}(?:\.\d{1,2}){1,3}))"
    r"\s+[«“\"'(]*\s*[^\W\d]"
)
_LABELLED = re.compile(r"[^:.!?]{1,60}[\w)]\s?:\s\S.{0,120}(?<![.!?…])\Z")
_CELLS = re.compile(r"\t+|[^\S\n]+\|[^\S\n]+|[^\S\n]{3,}")
_UNFINISHED = (".", ";", ",", ":", "…")
_CLOSERS = "»”\"’') \u00a0\u202f"

_TOP = {BlockKind.HEADING, BlockKind.BOILERPLATE}
"""Kinds that may stand above the first paragraph."""

_HEADING_LENGTH = 150
_QUESTION_LENGTH = 90
_NARROWEST, _WIDEST = 50, 100
"""Widths between which a text may be hard-wrapped."""


@dataclass(frozen=True, slots=True)
class Part:
    """A block before its language is known."""

    start: int
    end: int
    kind: BlockKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the white space around it, or several that a hard wrap had cut."""

    start: int
    end: int
    text: str
    indent: int

    @property
    def column(self) -> int:
        """Where its last character stands."""
        return self.indent + len(self.text)


def parts_of(text: str, *, wrapped: bool = True) -> tuple[Part, ...]:
    """The parts of a plain text in order, disjoint, none empty, covering all but white space.

    ``wrapped=False`` says that each line is whole, so that none is joined to the next.
    """
    width = _wrap_width(text) if wrapped else None
    parts: list[Part] = []
    opening = True
    for stanza in _stanzas(text):
        found = list(_classified(list(_unwrapped(text, stanza, width)), opening))
        opening = opening and all(part.kind in _TOP for part in found)
        parts += found
    return tuple(parts)


def _stanzas(text: str) -> Iterator[list[_Line]]:
    """Lines between blank lines."""
    stanza: list[_Line] = []
    for match in _LINE.finditer(text):
        raw = match.group()
        if not raw.strip():
            continue
        start, end = match.start() + len(raw) - len(raw.lstrip()), match.start() + len(raw.rstrip())
        if stanza and text.count("\n", stanza[-1].end, start) > 1:
            yield stanza
            stanza = []
        stanza.append(_Line(start, end, text[start:end], start - match.start()))
    if stanza:
        yield stanza


# --- hard-wrapped text -----------------------------------------------------------------------------


def _wrap_width(text: str) -> int | None:
    """The width that the text was wrapped at, None where every line is whole.

    A line was cut by a wrap where it had no room for the next word: a text whose inner lines mostly
    show that was wrapped at the length of its longest line.
    """
    lines = text.split("\n")
    width = max((len(line.rstrip()) for line in lines), default=0)
    pairs = [(line.rstrip(), after) for line, after in pairwise(lines) if _inner(line, after)]
    if not _NARROWEST <= width <= _WIDEST or len(pairs) < 3:
        return None
    full = sum(_is_full(len(line), after, width) for line, after in pairs)
    return width if full >= 0.6 * len(pairs) else None


def _inner(line: str, after: str) -> bool:
    return bool(line.strip()) and bool(after.strip()) and not _BULLET.match(after.lstrip())


def _is_full(column: int, after: str, width: int) -> bool:
    return column + 1 + len(after.split(maxsplit=1)[0]) > width


def _unwrapped(text: str, stanza: Sequence[_Line], width: int | None) -> Iterator[_Line]:
    first = stanza[0]
    for last, line in pairwise(stanza):
        if width is None or begins_item(line.text) or not _is_full(last.column, line.text, width):
            yield _whole(text, first, last)
            first = line
    yield _whole(text, first, stanza[-1])


def _whole(text: str, first: _Line, last: _Line) -> _Line:
    if first is last:
        return first
    return _Line(first.start, last.end, text[first.start : last.end], first.indent)


# --- what a line is ----------------------------------------------------------------------------------


def begins_item(line: str) -> bool:
    """Whether a line begins with a bullet or a number as items of lists do."""
    return _BULLET.match(line) is not None or _NUMBER.match(line) is not None


def _classified(lines: Sequence[_Line], opening: bool) -> Iterator[Part]:
    margin = min((line.indent for line in lines if begins_item(line.text)), default=0)
    numbered = enumerate(lines)
    for cells, group in groupby(numbered, key=lambda pair: len(_CELLS.split(pair[1].text))):
        run = list(group)
        if cells > 1 and len(run) > 1 and not all(is_boilerplate(line.text) for _, line in run):
            yield Part(run[0][1].start, run[-1][1].end, BlockKind.TABLE)
        else:
            yield from (_part(lines, position, opening, margin) for position, _ in run)


def _part(lines: Sequence[_Line], position: int, opening: bool, margin: int) -> Part:
    line = lines[position]
    kind = _kind(lines, position)
    level = 0
    if kind is BlockKind.HEADING:
        level = _level(line.text, opening)
    elif kind is BlockKind.LIST_ITEM:
        level = 2 if begins_item(line.text) and line.indent > margin else 1
    return Part(line.start, line.end, kind, level)


def _kind(lines: Sequence[_Line], position: int) -> BlockKind:
    text = lines[position].text
    if is_boilerplate(text):
        return BlockKind.BOILERPLATE
    if is_caption(text):
        return BlockKind.CAPTION
    if _BULLET.match(text) or _is_numbered_item(lines, position) or _is_labelled(lines, position):
        return BlockKind.LIST_ITEM
    return BlockKind.HEADING if _is_heading(lines, position) else BlockKind.PARAGRAPH


def _is_numbered_item(lines: Sequence[_Line], position: int) -> bool:
    """A numbered line is an item where another one stands beside it, or where it is no heading."""
    if not _NUMBER.match(lines[position].text):
        return False
    return any(_NUMBER.match(line) for line in _beside(lines, position)) or not _is_heading(lines, position)


def _is_labelled(lines: Sequence[_Line], position: int) -> bool:
    """Lines such as ``Members: 1.5 million``, two or more on end, are items of a list."""
    labelled = _LABELLED.match(lines[position].text) is not None
    return labelled and any(_LABELLED.match(line) for line in _beside(lines, position))


def _beside(lines: Sequence[_Line], position: int) -> list[str]:
    return [
        line.text for line in (*lines[max(0, position - 1) : position], *lines[position + 1 : position + 2])
    ]


def _is_heading(lines: Sequence[_Line], position: int) -> bool:
    text = lines[position].text
    bare = text.rstrip(_CLOSERS)
    if len(text) > _HEADING_LENGTH or not bare or bare.endswith(_UNFINISHED) or not _begins_high(text):
        return False
    if "   " in text:
        return False
    if bare.endswith(("?", "!")):
        return len(text) <= _QUESTION_LENGTH and position == 0 and not _is_quoted(text)
    return True


def _is_quoted(text: str) -> bool:
    return text.startswith(("«", "“", '"')) and text.endswith(("»", "”", '"'))


def _begins_high(text: str) -> bool:
    first = next((char for char in text if char.isalnum()), "a")
    return not first.islower() or text[:2].lower() != text[:2]


def _level(text: str, opening: bool) -> int:
    """1 for what stands above the first paragraph, else as deep as its number says."""
    numbered = _NUMBER.match(text)
    if numbered:
        return 2 + (numbered["number"] or numbered["deep"]).count(".")
    return 1 if opening else 2
