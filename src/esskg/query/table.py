"""Rows laid out in columns of text for a terminal."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from itertools import zip_longest

GAP = "  "
NARROWEST, UNKNOWN_WIDTH = 12, 160
"""Characters: what a column is given at least, and a line where nothing tells how wide it may be."""


def layout(variables: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None) -> str:
    """The rows under the names of their columns, no line wider than the terminal where that is possible.

    A column of IRIs whose labels stand beside it (``?funder`` beside ``?funderLabel``) is left out.
    """
    shown = [index for index, name in enumerate(variables) if f"{name}Label" not in variables]
    cells = [[row[index] for index in shown] for row in rows]
    header = [variables[index].removesuffix("Label") for index in shown]
    widths = _widths([header, *cells], width or shutil.get_terminal_size((UNKNOWN_WIDTH, 0)).columns)
    lines = [_line(header, widths), _line(["-" * each for each in widths], widths)]
    lines += [_line(row, widths) for row in cells]
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    return "\n".join(line.rstrip() for line in "\n".join([*lines, count]).split("\n")) + "\n"


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """As wide as needed; where that is too much, the widest columns give way."""
    widths = [max(map(len, column), default=0) for column in zip(*rows, strict=True)]
    room -= len(GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widest = max(widths)
        next_ = max((each for each in widths if each < widest), default=0)
        many = widths.count(widest)
        smaller = max(next_, NARROWEST, widest - -(-(sum(widths) - room) // many))
        widths = [smaller if each == widest else each for each in widths]
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    wrapped = [
        textwrap.wrap(cell, width, break_on_hyphens=False) or [""]
        for cell, width in zip(cells, widths, strict=True)
    ]
    lines = zip_longest(*wrapped, fillvalue="")
    return "\n".join(
        GAP.join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in lines
    )
