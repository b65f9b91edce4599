"""Verbs that ask: queries, query."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from esskg.cli.options import JsonOption, LanguageOption, ProjectOption, print_json
from esskg.errors import QueryError


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    for verb in (queries, query):
        app.command()(verb)


def queries(
    language: LanguageOption = "en", as_json: JsonOption = False, project: ProjectOption = None
) -> None:
    """The catalogue: each question with its name and parameters.

    Example: esskg queries --lang fr
    """
    from esskg.project import open_project

    catalogue = open_project(project).catalogue
    if as_json:
        return print_json([question.to_json() for question in catalogue])
    for question in catalogue:
        asked = " ".join(f"[{parameter.name}]" for parameter in question.parameters)
        typer.echo(f"{question.name}  {asked}".rstrip())
        typer.echo(f"    {question.question[language]}")


def query(
    question: Annotated[
        str, typer.Argument(metavar="NAME|FILE|-", help="A name, a .rq file, or - for stdin.")
    ],
    parameters: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE", help="May be repeated.")
    ] = None,
    format: Annotated[
        str,
        typer.Option("--format", help="table, csv, tsv, json, xml; turtle, nt, jsonld, rdfxml for graphs."),
    ] = "table",
    project: ProjectOption = None,
) -> None:
    """Ask a question of the catalogue, or any SPARQL 1.1 query.

    Example: esskg query who-finances-whom -p funder="Ville de Montréal" --format csv
    """
    from esskg.project import open_project

    with open_project(project) as opened:
        result = opened.query(_text(question), **_parameters(parameters or []))
        sys.stdout.write(result.text(format))


def _text(question: str) -> str:
    """A query's name as it is; the text of a file or of standard input."""
    if question == "-":
        return sys.stdin.read()
    path = Path(question)
    if path.suffix == ".rq" or path.is_file():
        try:
            return path.read_text("utf-8")
        except OSError as error:
            raise QueryError(f"{path} can't be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise QueryError(f"{path} is not UTF-8: save it as UTF-8") from error
    return question


def _parameters(pairs: list[str]) -> dict[str, str]:
    parted = [pair.partition("=") for pair in pairs]
    wrong = [name for name, equals, _ in parted if not equals]
    if wrong:
        raise typer.BadParameter(f"{wrong[0]!r} has no value: write -p name=value")
    return {name: value for name, _, value in parted}
