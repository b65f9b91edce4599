"""Writes docs/reference/commands.md and queries.md from the program itself; `make docs` runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from esskg import shipped
from esskg.query.catalogue import Query, read

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
INTRODUCTION = """\
# The catalogue of queries

Each is a file in `queries/`, valid SPARQL 1.1 with `#+` headers. Ask one with
`esskg query NAME -p name=value`, on the query page, at `/api/query/NAME?name=value`, or from Python with
`kg.query("NAME", name="value")`. A parameter that is an entity takes its name or its identifier.
"""


def main() -> None:
    """Write both pages."""
    (REFERENCE / "commands.md").write_text(commands(), "utf-8")
    (REFERENCE / "queries.md").write_text(queries(), "utf-8")


def commands() -> str:
    """The command line, as Typer documents it."""
    command = [sys.executable, "-m", "typer", "esskg.cli", "utils", "docs", "--name", "esskg"]
    text = subprocess.run(
        command, check=True, capture_output=True, text=True, env=os.environ | {"COLUMNS": "100"}
    ).stdout
    return text.rstrip() + "\n"


def queries() -> str:
    """Each question of the shipped catalogue with its parameters and columns."""
    parts = [INTRODUCTION, *map(_query, read(shipped.folder("queries")))]
    return "\n".join(parts)


def _query(query: Query) -> str:
    return "\n".join(_lines(query)) + "\n"


def _lines(query: Query) -> Iterator[str]:
    yield f"## {query.name}"
    yield ""
    yield f"{query.question['en']} — *{query.question['fr']}*"
    if query.parameters:
        yield ""
        yield "| parameter | type | default | what it is |"
        yield "| --- | --- | --- | --- |"
    for parameter in query.parameters:
        default = "" if parameter.default is None else f"`{parameter.default}`"
        yield f"| `{parameter.name}` | {parameter.type} | {default} | {parameter.title['en']} |"
    yield ""
    yield "Columns: " + ", ".join(f"`{column}`" for column in query.columns) + "."


if __name__ == "__main__":
    main()
