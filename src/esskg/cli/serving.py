"""Verbs of the server: serve, token, mcp."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from esskg.cli.options import ProjectOption


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    for verb in (serve, token, mcp):
        app.command()(verb)


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8420,
    dataset: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Serve RDF files as they are instead of a project (.ttl, .nt, .nq, .trig, .rdf, .jsonld; "
            "also .gz); may be repeated.",
        ),
    ] = None,
    writable: Annotated[bool, typer.Option("--writable", help="Take changes, with a token.")] = False,
    tokens: Annotated[
        Path | None, typer.Option("--tokens", metavar="FILE", help="Who may write: a file of esskg token.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a query may take.")] = 30,
    anonymous: Annotated[
        float, typer.Option(min=0.1, help="The same for who shows no token, where there are tokens.")
    ] = 10,
    memory: Annotated[int, typer.Option(min=50, help="Megabytes that a query may take.")] = 1000,
    running: Annotated[
        int | None, typer.Option(min=1, help="Queries evaluated at once; else twice the cores.")
    ] = None,
    waiting: Annotated[int, typer.Option(min=0, help="Queries that may wait for a place.")] = 100,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer.")] = 1,
    prefix: Annotated[
        str,
        typer.Option(metavar="PATH", help="Where a proxy has put RDF files: the path that it takes away."),
    ] = "",
    proxies: Annotated[
        str, typer.Option(metavar="ADDRESSES", help="Proxies whose forwarded headers are believed.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="A name under which others reach the server; may be repeated."),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help="Let SERVICE and LOAD call what begins so; may be repeated."),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Serve pages, SPARQL and linked data of a project, or any RDF files over SPARQL.

    Example: esskg serve --dataset graph.ttl --dataset more.nq
    """
    from esskg.server.limits import Limits
    from esskg.server.listening import Site

    limits = Limits(timeout, anonymous, memory=memory * 10**6, services=tuple(allow or ()), waiting=waiting)
    limits = limits._replace(running=running or limits.running)
    site = Site(host, port, writable, tokens, workers, prefix.rstrip("/"), proxies, tuple(name or ()))
    if dataset:
        from esskg.server.fileserver import run

        return run(dataset, site, limits)
    if writable or tokens or prefix:
        raise typer.BadParameter(
            "--writable, --tokens and --prefix are for RDF files: name them with --dataset"
        )
    from esskg.project import open_project
    from esskg.server import serve as run_project

    return run_project(open_project(project), site, limits)


def token(
    name: Annotated[str, typer.Argument(help="Who will hold it; changes are recorded under this name.")],
    file: Annotated[
        Path, typer.Option("--file", metavar="FILE", help="Where its hash is kept, for esskg serve --tokens.")
    ] = Path("tokens"),
) -> None:
    """Make a token that allows to write, and print it once; only its hash is kept.

    Example: esskg token ana
    """
    from esskg.server.tokens import add_token

    typer.echo(add_token(file, name))


def mcp(project: ProjectOption = None) -> None:
    """Offer the graph to an assistant as tools, on standard input and output (Model Context Protocol).

    Example: esskg mcp --project mine
    """
    from esskg.errors import ConfigError
    from esskg.project import open_project

    try:
        from esskg.server.assistant import create_assistant
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "mcp":
            raise ConfigError("this needs a library; install it with: pip install 'esskg[mcp]'") from error
        raise
    opened = open_project(project)
    opened.built()
    create_assistant(opened).run()
