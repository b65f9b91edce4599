"""Verbs on a project and its documents: init, add, remove, info."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from esskg.cli.options import PROBLEMS, DateOption, JsonOption, ProjectOption, print_json


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    for verb in (init, add, remove, info):
        app.command()(verb)


def init(directory: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")]) -> None:
    """Make a new project that works at once.

    Example: esskg init my-project
    """
    from esskg.project import init as make

    make(directory)
    typer.echo(f"{directory} is a project now. Next:")
    typer.echo(f"  esskg add FILE… --project {directory}")
    typer.echo(f"  esskg build --project {directory}")
    typer.echo(f"  esskg serve --project {directory}")


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER…", help="Documents to copy in.")],
    date: DateOption = None,
    source: Annotated[str | None, typer.Option(metavar="URL", help="Where the documents come from.")] = None,
    project: ProjectOption = None,
) -> None:
    """Copy documents into the project; they are read at the next build.

    Example: esskg add press-release.pdf --date 2024-05-02 --source https://example.org/pr
    """
    from esskg.errors import DocumentsError
    from esskg.project import open_project

    try:
        added = open_project(project).add(*files, date=date, source=source)
    except DocumentsError as error:
        for path in error.added:
            typer.echo(f"added {path}")
        typer.echo(f"esskg: {error}", err=True)
        raise typer.Exit(PROBLEMS) from error
    for path in added:
        typer.echo(f"added {path}")


def remove(
    document: Annotated[
        str, typer.Argument(help="A document's name, as its page shows it: its path below documents/.")
    ],
    project: ProjectOption = None,
) -> None:
    """Take a document out, with all that only it said.

    Example: esskg remove press-release
    """
    from esskg.project import open_project

    for path in open_project(project).remove(document):
        typer.echo(f"removed {path}")
    typer.echo("The graph leaves it out after the next: esskg build")


def info(project: ProjectOption = None, as_json: JsonOption = False) -> None:
    """Versions, counts and where things are.

    Example: esskg info --json
    """
    from esskg.project import open_project

    about = open_project(project).about()
    if as_json:
        return print_json(about)
    for name, value in about.items():
        shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value
        typer.echo(f"{name:12} {shown}")
