"""The command line: one verb per stage; bodies only parse, call and print."""

from __future__ import annotations

import sys

import typer

from esskg.cli import asking, building, evaluating, projects, reading, reviewing, serving, views
from esskg.errors import EsskgError

app = typer.Typer(
    name="esskg",
    help="Documents about the social and solidarity economy in, a cited knowledge graph out.",
    epilog="A first try: esskg init mine && esskg build --project mine && esskg serve --project mine",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for verbs in (projects, reading, evaluating, building, reviewing, asking, views, serving):
    verbs.register(app)


def main() -> None:
    """Run the command line; an error raised on purpose is a message and exit code 2, never a traceback."""
    try:
        app()
    except EsskgError as error:
        typer.echo(f"esskg: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        typer.echo(f"esskg: {error.filename or 'a file'}: {error.strerror or error}", err=True)
        sys.exit(2)
