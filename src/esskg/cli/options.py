"""Options that several verbs share, and what each exit code means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from esskg.vocab import Language

if TYPE_CHECKING:
    from esskg.config import Settings
    from esskg.extract.llm import Approve, Cost

PROBLEMS = 1
"""Exit code: done, but with problems found. 0 is fine, 2 is wrong use."""

ProjectOption = Annotated[
    Path | None,
    typer.Option("--project", metavar="DIR", help="The project; else the nearest esskg.toml upwards."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace the output file where it exists.")]
YesOption = Annotated[
    bool, typer.Option("--yes", help="Ask a language model beyond the limit that esskg.toml sets.")
]
LanguageOption = Annotated[Language, typer.Option("--lang", help="The language of labels.")]
DateOption = Annotated[
    str | None,
    typer.Option(metavar="D", help="The date of the documents, ISO 8601: 2023, 2023-10, 2023-10-06."),
]


def approval(settings: Settings, *, yes: bool) -> Approve:
    """Shows what asking a language model costs, and lets what is within the limit go on, or all of it."""

    def approve(cost: Cost) -> bool:
        typer.echo(f"Asking the language model takes {cost}.", err=True)
        return yes or settings.llm is None or cost.calls <= settings.llm.max_calls

    return approve


def print_json(value: Any) -> None:
    """Print a value as JSON, accents as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
