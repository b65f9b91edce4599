"""A table: a CSV file whose rows remember their lines, so that every complaint can name one."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from esskg.errors import RowError

LIST_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its first line in the file, counted from 1, and its cells by column, stripped."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def optional(self, column: str) -> str | None:
        """The cell, None where it is empty."""
        return self.cells[column] or None

    def items(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that holds a list."""
        parts = (part.strip() for part in self.cells[column].split(LIST_SEPARATOR))
        return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, the hash of its bytes, and the rows that could not be read."""

    path: Path
    sha256: str
    rows: tuple[Row, ...] = ()
    errors: tuple[RowError, ...] = ()


def read_table(path: Path, columns: tuple[str, ...]) -> Table:
    """Read a CSV file in UTF-8 with a header row; a missing file is an empty table.

    Columns may stand in any order and others beside them. What can't be read (encoding, quoting,
    missing columns, rows of another length) is in the table's errors, each with its line.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Table(path, hashlib.sha256(b"").hexdigest())
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        rows, errors = _rows(path, content.decode("utf-8-sig"), columns)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Table(path, sha256, (), (RowError(path, line, "not UTF-8; save the file as UTF-8"),))
    return Table(path, sha256, tuple(rows), tuple(errors))


def _rows(path: Path, text: str, columns: tuple[str, ...]) -> tuple[list[Row], list[RowError]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    errors: list[RowError] = []
    line = 1
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if problem := _header_problem(header, columns):
            return [], [RowError(path, 1, problem)]
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                rows.append(Row(line, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}))
            elif cells:  # a blank line is no row
                errors.append(RowError(path, line, f"{len(cells)} cells where the header has {len(header)}"))
            line = reader.line_num + 1
    except csv.Error as error:
        errors.append(RowError(path, line, f"malformed CSV: {error}"))
    return rows, errors


def _header_problem(header: list[str], columns: tuple[str, ...]) -> str | None:
    missing = [column for column in columns if column not in header]
    twice = sorted({column for column in header if header.count(column) > 1})
    if missing:
        return f"the header lacks: {', '.join(missing)}"
    return f"the header has twice: {', '.join(twice)}" if twice else None
