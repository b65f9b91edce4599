"""What a reviewer says of readings, one by one, as rows of a decision table of their own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from esskg.errors import TablesError
from esskg.model import Slug
from esskg.reference.tables import read_table
from esskg.resolve.decisions import COLUMNS, DecisionKind, Decisions, folded_spaces
from esskg.writing import written

FILE = "review.csv"


class Reading(NamedTuple):
    """What a verdict is about: a relation read between two ends from some words of a document."""

    relation: str
    """A relation type, ``figure`` or ``quotation``."""
    subject: str
    """A slug; empty where there is none."""
    object: str
    """A slug, or the date where that is the value."""
    document: Slug
    quote: str


class Verdicts:
    """The table of a project's decisions that reviewing writes; people may edit it as they may any other.

    Several reviewers may write at once. Rows of other tables are read, never written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / FILE
        self._lock = FileLock(folder.parent / "build" / "review.lock")

    def decisions(self) -> Decisions:
        """All decisions of the project as they stand now. Raises TablesError where rows break rules."""
        return Decisions.read(self._folder)

    def add(self, kind: DecisionKind, readings: Iterable[Reading], *, who: str, when: str, why: str) -> None:
        """Write a verdict on some readings; nothing is written where the table would break a rule.

        Raises TablesError where the decisions have become unreadable, or contradict the verdict.
        """
        rows = [_row(kind, reading, who, when, why) for reading in readings]
        with self._lock:
            self._write([*self._rows(), *rows])

    def undo(self, readings: Iterable[Reading]) -> int:
        """Take the verdicts on some readings out again; how many rows went."""
        keys = {(*reading[:4], folded_spaces(reading.quote)) for reading in readings}
        with self._lock:
            rows = self._rows()
            kept = [row for row in rows if _key(row) not in keys]
            if len(kept) < len(rows):
                self._write(kept)
            return len(rows) - len(kept)

    def _rows(self) -> list[Sequence[str]]:
        table = read_table(self._path, COLUMNS)
        if table.errors:
            raise TablesError(list(table.errors))
        return [[row[column] for column in COLUMNS] for row in table.rows]

    def _write(self, rows: Iterable[Sequence[str]]) -> None:
        before = self._path.read_bytes() if self._path.exists() else None
        self._put(_table(rows))
        try:
            self.decisions()
        except TablesError:
            self._put(before)
            raise

    def _put(self, content: bytes | None) -> None:
        if content is None:
            self._path.unlink()
            return
        self._folder.mkdir(exist_ok=True)
        with written(self._path) as output:
            output.write(content)


def _row(kind: DecisionKind, reading: Reading, who: str, when: str, why: str) -> list[str]:
    quote = folded_spaces(reading.quote)
    return [
        kind,
        reading.subject,
        reading.relation,
        reading.object,
        reading.document,
        quote,
        who,
        when,
        why,
        "",
    ]


def _key(row: Sequence[str]) -> tuple[str, ...]:
    _, subject, relation, object_, document, quote, *_ = row
    return relation, subject, object_, document, folded_spaces(quote)


def _table(rows: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    output = csv.writer(buffer, lineterminator="\n")
    output.writerow(COLUMNS)
    output.writerows(rows)
    return buffer.getvalue().encode()
