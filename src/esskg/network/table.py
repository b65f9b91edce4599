"""A measure's result: rows, and the words that say what they mean and what they don't."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from io import StringIO
from typing import Any, TypeAlias

Cell: TypeAlias = str | int | float | None

_WORDS = ("title", "definition", "formula", "caution", "source", "columns")


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(resources.files("esskg.network").joinpath("measures.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one measure; entities stand in them by slug, types by the name of their class."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    parameters: dict[str, Cell] = field(default_factory=dict)
    """What the computation depends on besides the network: a seed, a damping …"""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, the same in every language."""
        return tuple(_texts()[self.name]["columns"])

    @property
    def source(self) -> str:
        """Where the measure is defined."""
        return str(_texts()[self.name]["source"])

    @property
    def formula(self) -> str:
        """The definition in signs, the same in every language."""
        return str(_texts()[self.name]["formula"])

    def title(self, language: str) -> str:
        """What is measured (language: fr or en)."""
        return str(_texts()[self.name]["title"][language])

    def definition(self, language: str) -> str:
        """How it is measured, and on which part of the network."""
        return str(_texts()[self.name]["definition"][language])

    def caution(self, language: str) -> str:
        """What it must not be read as."""
        return str(_texts()[self.name]["caution"][language])

    def headings(self, language: str) -> tuple[str, ...]:
        """The words above the columns."""
        return tuple(column[language] for column in _texts()[self.name]["columns"].values())

    def records(self) -> list[dict[str, Cell]]:
        """The rows by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_csv(self) -> str:
        """The rows under the names of their columns (RFC 4180, but with LF)."""
        written = StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return written.getvalue()

    def to_json(self) -> dict[str, Any]:
        """Everything, in both languages, as plain data."""
        words = {key: _texts()[self.name][key] for key in _WORDS}
        return {"name": self.name, **words, "parameters": self.parameters, "rows": self.records()}


def table(name: str, rows: Iterable[tuple[Cell, ...]], **parameters: Cell) -> Table:
    """A table of the rows in their order."""
    return Table(name, tuple(rows), parameters)
