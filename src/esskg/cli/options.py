"""Options that several verbs share, and what each exit code means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from esskg.vocab import Language

PROBLEMS = 1
"""Exit code: done, but with problems found. 0 is fine, 2 is wrong use."""

ProjectOption = Annotated[
    Path | None,
    typer.Option("--project", metavar="DIR", help="The project; else the nearest esskg.toml upwards."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace the output file where it exists.")]
LanguageOption = Annotated[Language, typer.Option("--lang", help="The language of labels.")]
DateOption = Annotated[
    str | None,
    typer.Option(metavar="D", help="The date of the documents, ISO 8601: 2023, 2023-10, 2023-10-06."),
]


def print_json(value: Any) -> None:
    """Print a value as JSON, accents as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
