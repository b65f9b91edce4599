"""Rows: lines of a page that are cells of a table, cut by the width of its columns, become whole rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, with the places of its ends in points from the lower left corner."""

    text: str
    """Its cells, where it is of a table, with tabs between."""
    left: float
    right: float
    bottom: float
    size: float
    """The height of its letters' boxes."""
    weight: int
    columns: tuple[float, ...] = field(default=())
    """Where its cells begin."""

    def looks_like(self, other: Line) -> bool:
        """Whether both are set in the same size and weight."""
        return abs(self.size - other.size) <= 0.08 * other.size and self.weight == other.weight


_SLACK = 3.0
"""Points that the edges of a column may be off."""
_WRAP, _APART = 1.1, 2.5
"""Steps, in pitches, up to which a line goes on in the cell above, and from which a table has ended."""


@dataclass(slots=True)
class _Row:
    """A row while its lines are being gathered; ``edges`` are those of its table."""

    line: Line
    cells: list[str]
    edges: tuple[float, ...]
    pitch: float
    column: int = 0
    bottom: float = float("inf")

    @classmethod
    def of(cls, line: Line, edges: tuple[float, ...], pitch: float) -> _Row:
        row = cls(line, [""] * len(edges), edges, pitch * line.size)
        row.add(line)
        return row

    def add(self, line: Line) -> None:
        """Put the cells of a line where they belong."""
        for left, text in zip(line.columns, line.text.split("\t"), strict=True):
            self.column = _column(left, self.edges)
            self.cells[self.column] = f"{self.cells[self.column]} {text}".strip()
        self.bottom = min(self.bottom, line.bottom)

    def holds(self, line: Line) -> bool:
        """Whether a line is in the row: beside what it has, or right under it in the same cell."""
        column = _column(line.columns[0], self.edges)
        return len(line.columns) == 1 and (
            column > self.column or self.bottom - line.bottom <= _WRAP * self.pitch
        )

    def precedes(self, line: Line) -> bool:
        """Whether a line is of the same table: in its columns and not far below."""
        column = _column(line.columns[0], self.edges)
        ends = (*self.edges[1:], float("inf"))
        fits = line.columns[0] >= self.edges[0] - _SLACK and (
            len(line.columns) > 1 or line.right < ends[column]
        )
        return fits and -self.pitch <= self.bottom - line.bottom <= _APART * self.pitch

    def whole(self) -> Line:
        return replace(self.line, text="\t".join(self.cells), bottom=self.bottom)


def _column(left: float, edges: Sequence[float]) -> int:
    return max((i for i, edge in enumerate(edges) if left >= edge - _SLACK), default=0)


def whole_rows(lines: Sequence[Line], pitch: float) -> Iterator[Line]:
    """The lines of a page, those of each table gathered into one line a row.

    A table begins at a line with cells; its columns are that line's. ``pitch`` is the usual step from one
    line to the next, in sizes.
    """
    row: _Row | None = None
    for line in lines:
        if row and row.precedes(line):
            if row.holds(line):
                row.add(line)
                continue
            yield row.whole()
            row = _Row.of(line, row.edges, pitch)
            continue
        if row:
            yield row.whole()
        row = _Row.of(line, line.columns, pitch) if len(line.columns) > 1 else None
        if row is None:
            yield line
    if row:
        yield row.whole()
