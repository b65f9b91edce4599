"""Verbs on single documents: extract, evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from esskg.cli.options import PROBLEMS, DateOption, JsonOption, ProjectOption, print_json

if TYPE_CHECKING:
    from esskg.extract.crossvalidation import Validation
    from esskg.extract.scoring import Scores


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    for verb in (extract, evaluate):
        app.command()(verb)


def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Documents to read.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR|-", help="A folder, or - to print.")],
    date: DateOption = None,
    project: ProjectOption = None,
) -> None:
    """What one document says: NAME.json in the format of the annotation guidelines.

    Example: esskg extract report.html --date 2023-10-06 -o -
    """
    from esskg.errors import DocumentError
    from esskg.project import open_project

    failed = False
    opened = open_project(project)
    for file in files:
        try:
            _write(output, file.stem, opened.extract(file, date=date))
        except DocumentError as error:
            typer.echo(f"esskg: {error}", err=True)
            failed = True
    if failed:
        raise typer.Exit(PROBLEMS)


def _write(output: Path, name: str, gold: dict[str, object]) -> None:
    import json

    text = json.dumps(gold, ensure_ascii=False, indent=1)
    if str(output) == "-":
        return typer.echo(text)
    output.mkdir(parents=True, exist_ok=True)
    (output / f"{name}.json").write_text(text + "\n", "utf-8")


def evaluate(
    gold: Annotated[Path | None, typer.Option(metavar="DIR", help="Annotations; else the project's.")] = None,
    texts: Annotated[Path | None, typer.Option(metavar="DIR", help="Texts; else the project's.")] = None,
    part: Annotated[str | None, typer.Option(help="Only the tuning or the testing documents.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Only fr, en or es documents.")] = None,
    folds: Annotated[int | None, typer.Option(help="Cross-validate over so many folds of documents.")] = None,
    as_json: JsonOption = False,
    project: ProjectOption = None,
) -> None:
    """Score extraction against gold annotations.

    Example: esskg evaluate --part testing --language fr
    """
    from esskg.project import open_project

    opened = open_project(project)
    scores: Scores | Validation
    if folds is None:
        scores = opened.evaluate(gold, texts, part=part, language=language)
    else:
        scores = opened.cross_validate(gold, texts, folds=folds, part=part, language=language)
    if as_json:
        print_json(scores.to_json())
    else:
        typer.echo(scores.table())
