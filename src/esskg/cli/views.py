"""Verbs that show and take away: draw, analyse, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from esskg.cli.options import ForceOption, JsonOption, LanguageOption, ProjectOption, print_json


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    for verb in (draw, analyse, export):
        app.command()(verb)


def draw(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=".html, .graphml or .gexf.")],
    around: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Start from this entity; may be repeated.")
    ] = None,
    depth: Annotated[int, typer.Option(min=1, max=4, help="How far from there.")] = 1,
    query: Annotated[str | None, typer.Option(metavar="NAME", help="Draw what this question finds.")] = None,
    title: Annotated[str, typer.Option(help="The title of the drawing.")] = "",
    language: LanguageOption = "en",
    force: ForceOption = False,
    project: ProjectOption = None,
) -> None:
    """Draw a network: an offline page whose lines lead to the sentences, or a file for Gephi.

    Example: esskg draw --around "Ville de Montréal" -o montreal.html
    """
    from esskg.project import open_project

    with open_project(project) as opened:
        drawing = opened.draw(*(around or ()), depth=depth, query=query, title=title, language=language)
        drawing.save(output, force=force)
    drawn = drawing.network
    typer.echo(f"{output}: {drawn.number_of_nodes()} entities, {drawn.number_of_edges()} statements")


def analyse(
    language: LanguageOption = "en", as_json: JsonOption = False, project: ProjectOption = None
) -> None:
    """Size, centralities, communities and bridges of the network, as tables.

    Example: esskg analyse --json
    """
    from esskg.cli.progress import stage
    from esskg.cli.tables import print_measures
    from esskg.project import open_project

    with open_project(project) as opened, stage("analyse"):
        measures = opened.analyse(language=language)
    if as_json:
        return print_json([measure.to_json() for measure in measures])
    print_measures(measures, language)


def export(
    format: Annotated[
        str,
        typer.Argument(help="turtle, nt, nquads, trig, jsonld, rdfxml, csv, parquet, graphml or gexf."),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write it.")],
    profile: Annotated[
        Literal["public", "full"],
        typer.Option(help="public leaves out what a document's licence or people's privacy forbids."),
    ] = "full",
    force: ForceOption = False,
    project: ProjectOption = None,
) -> None:
    """Take the graph away as RDF, tables or a network.

    Example: esskg export turtle -o graph.ttl
    """
    from esskg.cli.progress import stage
    from esskg.project import open_project

    with open_project(project) as opened, stage(f"export {format}"):
        path = opened.export(format, output, profile=profile, force=force)
    typer.echo(f"wrote {path}")
