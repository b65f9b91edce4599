"""What the tables are made of: their columns with types and meanings, and the same as CSV on the Web says it.

https://www.w3.org/TR/tabular-metadata/
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

METADATA = "csv-metadata.json"
"""Where readers of CSV on the Web look for the description of the tables beside it."""


class Column(NamedTuple):
    """A column: its name, the type of its values in XML Schema, and what it holds in English and French."""

    name: str
    datatype: str
    english: str
    french: str
    refers: str = ""
    """The table whose key its values are; empty where they are none."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, and the one whose values are each there once."""

    name: str
    title: dict[str, str]
    columns: tuple[Column, ...]
    key: str | None = None

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"


@cache
def tables() -> tuple[Table, ...]:
    """All tables, as ``tables.toml`` says."""
    content = tomllib.loads(resources.files("esskg.export").joinpath("tables.toml").read_text("utf-8"))
    return tuple(
        Table(name, said["title"], tuple(Column(*column) for column in said["columns"]), said.get("key"))
        for name, said in content.items()
    )


def metadata() -> dict[str, Any]:
    """The description of all tables."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "tables": [_table(table) for table in tables()],
    }


def _table(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = table.key
    if links := [_foreign_key(column) for column in table.columns if column.refers]:
        schema["foreignKeys"] = links
    titles = {language: {"@value": words, "@language": language} for language, words in table.title.items()}
    return {"url": table.file, "dc:title": list(titles.values()), "tableSchema": schema}


def _column(column: Column) -> dict[str, Any]:
    titles = {"en": column.english, "fr": column.french}
    return {"name": column.name, "titles": [column.name], "datatype": column.datatype, "rdfs:comment": [
        {"@value": words, "@language": language} for language, words in titles.items()
    ]}  # fmt: skip


def _foreign_key(column: Column) -> dict[str, Any]:
    key = next(table.key for table in tables() if table.name == column.refers)
    return {
        "columnReference": column.name,
        "reference": {"resource": f"{column.refers}.csv", "columnReference": key},
    }
