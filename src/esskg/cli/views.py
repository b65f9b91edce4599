"""Verbs that show and take away: draw, analyse, report, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from esskg.cli.options import ForceOption, JsonOption, LanguageOption, ProjectOption, print_json


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    for verb in (draw, analyse, report, export):
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
    measures: Annotated[
        list[str] | None, typer.Argument(metavar="[MEASURE]...", help="Only these; else all that fit.")
    ] = None,
    projection: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Not the whole but: funding, co-funding, interlocks …"),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the rows of one measure as CSV.")] = False,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
    project: ProjectOption = None,
) -> None:
    """What the network's structure says: centralities, brokers, communities, flows of money, as tables.

    Example: esskg analyse betweenness holes --projection interlocks
    """
    from esskg.cli.progress import stage
    from esskg.cli.tables import print_measures
    from esskg.project import open_project

    if as_csv and len(measures or ()) != 1:
        raise typer.BadParameter("--csv takes exactly one measure")
    with open_project(project) as opened, stage("analyse"):
        found = opened.analyse(language, measures=measures or None, projection=projection)
    if as_json:
        return print_json([measure.to_json() for measure in found])
    if as_csv:
        return typer.echo(found[0].to_csv(), nl=False)
    print_measures(found, language)


def report(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=".html, .pdf or .md.")],
    around: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="About this actor, place or programme; may be repeated."),
    ] = None,
    language: LanguageOption = "en",
    force: ForceOption = False,
    project: ProjectOption = None,
) -> None:
    """A cited portrait of an actor, a place, a programme or everything: figures, network, money, sources.

    Example: esskg report --around "Ville de Montréal" -o montreal.pdf --lang fr
    """
    from esskg.cli.progress import stage
    from esskg.project import open_project

    with open_project(project) as opened, stage("report"):
        files = opened.report(*(around or ()), language=language).save(output, force=force)
    typer.echo(f"wrote {', '.join(map(str, files))}")


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
