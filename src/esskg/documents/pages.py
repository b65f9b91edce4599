"""Pages: lines with their places become paragraphs, headings and tables; what a printer adds is dropped."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from esskg.documents.content import Piece, flowing, lines, table
from esskg.documents.layout import begins_item
from esskg.documents.rows import Line, whole_rows
from esskg.model import BlockKind

_HYPHENS = ("-", "\u2010", "\u00ad")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_STOPS = (".", "!", "?", ":", ";", "…")
_CLOSERS = "»”\"’') \u00a0\u202f"
_MARGIN_LINES = 3
"""So many lines at the top and at the bottom of a page may be running heads."""
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class _Style:
    """How the body of a document is set."""

    size: float
    weight: int
    pitch: float
    """From one base line to the next, in sizes."""

    def stands_out(self, line: Line) -> bool:
        return line.size > 1.08 * self.size or (line.weight > self.weight and line.size > 0.92 * self.size)


def pieces(pages: Sequence[Sequence[Line]]) -> Iterator[Piece]:
    """The blocks of a document from the lines of its pages."""
    body = list(_without_furniture(pages))
    if not any(body):
        return
    style = _style(body)
    kept = [list(whole_rows(page, style.pitch)) for page in body]
    groups = list(_groups(kept, style))
    sizes = sorted({group[0].size for group in groups if style.stands_out(group[0])}, reverse=True)
    words = Counter(word.casefold() for line in chain(*kept) for word in _WORD.findall(line.text))
    for kind, run in groupby(groups, key=lambda group: _kind(group, style)):
        if kind is BlockKind.TABLE:
            yield table(group[0].text.split("\t") for group in run)
        elif kind is BlockKind.HEADING:
            yield from (Piece(kind, _joined(one, words), _level(one[0], sizes)) for one in run)
        else:
            yield from lines("\n".join(_joined(group, words) for group in run), below=len(sizes))


def _kind(group: Sequence[Line], style: _Style) -> BlockKind:
    """Tables and headings are told by how they are set; the rest is told by its words, as in plain text."""
    text = " ".join(line.text for line in group)
    if "\t" in text:
        return BlockKind.TABLE
    is_short = len(text) <= _LONGEST_HEADING and not text.endswith((".", ";", ",", ":"))
    return BlockKind.HEADING if is_short and style.stands_out(group[0]) else BlockKind.PARAGRAPH


def _level(line: Line, sizes: Sequence[float]) -> int:
    return min(sizes.index(line.size) + 1, 6)


# --- what a printer adds -----------------------------------------------------------------------------


def _without_furniture(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """Pages without page numbers and without lines that come back at the same place of other pages."""
    counts = Counter(
        key
        for number, page in enumerate(pages, 1)
        for key in {_furniture_key(line, number) for line in _margins(page)}
    )
    often = max(2, len(pages) // 3)
    for number, page in enumerate(pages, 1):
        dropped = {
            id(line)
            for line in _margins(page)
            if counts[_furniture_key(line, number)] >= often or line.text.strip("-–— ") == str(number)
        }
        yield [line for line in page if id(line) not in dropped]


def _margins(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.bottom)
    return by_height[:_MARGIN_LINES] + by_height[_MARGIN_LINES:][-_MARGIN_LINES:]


def _furniture_key(line: Line, number: int) -> tuple[str | int, int]:
    """What a line shares with its like on other pages; a number alone has its distance to the page's."""
    alone = line.text.strip("-–— ")
    kind = int(alone) - number if alone.isdecimal() else re.sub(r"\d+", "#", line.text)
    return kind, round(line.bottom)


# --- paragraphs --------------------------------------------------------------------------------------


def _style(pages: Sequence[Sequence[Line]]) -> _Style:
    written: Counter[tuple[float, int]] = Counter()
    for line in chain(*pages):
        written[line.size, line.weight] += len(line.text)
    (size, weight), _ = max(written.items(), key=lambda item: (item[1], item[0]))
    steps = [
        (above.bottom - below.bottom) / size
        for page in pages
        for above, below in pairwise(page)
        if above.looks_like(below)
        and abs(below.size - size) < 0.1
        and 0.5 * size < above.bottom - below.bottom < 2 * size
    ]
    return _Style(size, weight, statistics.median_low(steps) if steps else 1.2)


def _groups(pages: Sequence[Sequence[Line]], style: _Style) -> Iterator[list[Line]]:
    """Lines that are one block, over the ends of columns and pages."""
    group: list[Line] = []
    for page in pages:
        edges = _right_edges(page)
        for line in page:
            if group and not _continues(group, line, style, edges):
                yield group
                group = []
            group.append(line)
    if group:
        yield group


def _right_edges(page: Sequence[Line]) -> dict[int, float]:
    """For each left edge (in points) how far right the longest line goes."""
    edges: dict[int, float] = {}
    for line in page:
        edges[round(line.left)] = max(line.right, edges.get(round(line.left), 0))
    return edges


def _continues(group: Sequence[Line], line: Line, style: _Style, edges: dict[int, float]) -> bool:
    last = group[-1]
    if "\t" in line.text or "\t" in last.text or not line.looks_like(last):
        return False
    if len(last.text) == 1 and begins_item(f"{last.text} {line.text}"):
        return True
    if begins_item(line.text):
        return False
    runs_on = not last.text.rstrip(_CLOSERS).endswith(_STOPS)
    if not 0 < last.bottom - line.bottom <= 1.25 * style.pitch * line.size:
        return (
            runs_on and line.bottom >= last.bottom and not style.stands_out(line) and line.text[0].islower()
        )
    if last.text.endswith(_HYPHENS) or (runs_on and line.text[0].islower()):
        return True
    is_indented = len(group) > 1 and line.left - last.left > 0.8 * line.size
    return not is_indented and not _had_room(last, line, edges)


def _had_room(last: Line, line: Line, edges: dict[int, float]) -> bool:
    """Whether the next line's first word had room on the last line: then a paragraph ended there."""
    edge = max(edges.get(round(last.left), last.right), line.right)
    word = len(line.text.split(maxsplit=1)[0]) / len(line.text) * (line.right - line.left)
    return last.right + word + 0.3 * last.size < edge


# --- words -------------------------------------------------------------------------------------------


def _joined(group: Sequence[Line], words: Counter[str]) -> str:
    text = ""
    for line in group:
        if text.endswith(_HYPHENS) and text[-2:-1].isalnum() and line.text[0].isalnum():
            text = _dehyphenated(text[:-1], line.text, words)
        else:
            text += (" " if text else "") + line.text
    return flowing(text)


def _dehyphenated(before: str, after: str, words: Counter[str]) -> str:
    """Two halves of a word as one, with its hyphen where it has one elsewhere or where a capital follows."""
    heads, tail = _WORD.findall(before.rsplit(maxsplit=1)[-1]), _WORD.match(after)
    if not heads or not tail:
        return before + "-" + after
    whole, compound = (f"{heads[-1]}{sign}{tail.group()}".casefold() for sign in ("", "-"))
    keeps = after[0].isupper() or words[compound] > words[whole]
    return before + ("-" if keeps else "") + after
