"""Verbs on the graph as a whole: build, validate."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from esskg.cli.options import (
    PROBLEMS,
    JsonOption,
    LanguageOption,
    ProjectOption,
    YesOption,
    approval,
    print_json,
)

if TYPE_CHECKING:
    from esskg.graph.changes import Changes
    from esskg.pipeline import BuildReport


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    for verb in (build, validate, diff):
        app.command()(verb)


def build(
    jobs: Annotated[int, typer.Option(min=1, help="Processes that read documents.")] = os.cpu_count() or 1,
    full: Annotated[bool, typer.Option("--full", help="Read every document again.")] = False,
    yes: YesOption = False,
    project: ProjectOption = None,
) -> None:
    """Read what is new or changed, resolve, reason, validate, store and swap the new graph in.

    Example: esskg build --jobs 4
    """
    from esskg.cli.progress import progress
    from esskg.project import open_project

    opened = open_project(project)
    approve = approval(opened.settings, yes=yes)
    with progress() as shown:
        report = opened.build(jobs=jobs, full=full, progress=shown, approve=approve)
    for problem in report.problems:
        typer.echo(f"left out: {problem}", err=True)
    typer.echo(_summary(report))
    if report.problems or report.version.manifest.violations:
        raise typer.Exit(PROBLEMS)


def _summary(report: BuildReport) -> str:
    counts, version = report.version.manifest.counts, report.version
    said = (
        f"{counts['Document']} documents, {counts['mentioned']} entities, "
        f"{counts['asserted']} statements asserted, {counts['review']} to review, "
        f"{counts['Figure']} figures, {counts['Quotation']} quotations"
    )
    if not report.changed:
        return f"Nothing has changed since version {version.id}: {said}."
    read = f"{report.read} documents read, {report.kept} kept as they were read before"
    violations = version.manifest.violations
    more = f"\n{violations} violations of the shapes: esskg validate names them." if violations else ""
    return f"Version {version.id} in {sum(report.seconds.values()):.1f} s ({read}): {said}.{more}"


def validate(
    language: LanguageOption = "en",
    least: Annotated[
        Literal["violation", "warning", "info"], typer.Option(help="Tell what is at least as grave as this.")
    ] = "warning",
    as_json: JsonOption = False,
    project: ProjectOption = None,
) -> None:
    """Check the graph against the shapes and the ontology for contradictions, in words.

    A violation ends with exit code 1; a warning is told and passes; --least info tells what is worth
    completing too.

    Example: esskg validate --lang fr
    """
    from esskg.cli.progress import stage
    from esskg.project import open_project

    with open_project(project) as opened, ThreadPoolExecutor(1) as beside:
        asked = beside.submit(opened.consistent, language)
        with stage("shapes"):
            report = opened.validate(language, least=least)
        with stage("consistency"):
            consistency = asked.result()
    if as_json:
        print_json({"violations": report.to_json(), "consistency": consistency.to_json()})
    else:
        typer.echo(report.text())
        typer.echo(consistency.text())
    if not report.conforms or not consistency.holds:
        raise typer.Exit(PROBLEMS)


def diff(
    old: Annotated[
        str | None, typer.Argument(metavar="[A]", help="A kept version: its id, number or date.")
    ] = None,
    new: Annotated[str | None, typer.Argument(metavar="[B]", help="Another, by default the newest.")] = None,
    as_json: JsonOption = False,
    project: ProjectOption = None,
) -> None:
    """Show what differs between two kept versions, with the sentences; by default the last two.

    Example: esskg diff 2026-11-20 2026-11-23
    """
    from esskg.project import open_project

    changed = open_project(project).diff(old, new)
    if as_json:
        return print_json(changed.to_json())
    for line in _told(changed):
        typer.echo(line)


_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def _told(changed: Changes) -> Iterator[str]:
    for kind, counts in changed.counts().items():
        yield f"{kind}: " + ", ".join(f"{count} {how}" for how, count in counts.items())
    for entity in changed.entities:
        yield f"{_SIGNS[entity.how]} {entity.slug}  {entity.name}"
        yield from (f"    {detail}" for detail in entity.details)
    for each in changed.statements:
        said = f"{each.subject_name} – {each.relation} – {each.object_name}"
        yield f"{_SIGNS[each.how]} {each.id}  {said} ({each.state})"
        yield from (f"    {detail}" for detail in each.details)
        if not each.details:
            yield from (f"    {sentence.document}: “{sentence.words}”" for sentence in each.sentences)
