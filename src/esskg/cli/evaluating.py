"""The verb that holds extraction against annotations: evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from esskg.cli.options import JsonOption, ProjectOption, print_json
from esskg.errors import EsskgError

if TYPE_CHECKING:
    from esskg.extract.crossvalidation import Validation
    from esskg.extract.evaluation import Evaluation
    from esskg.extract.faults import Fault
    from esskg.project import Project

_BEFORE, _AFTER = 80, 80
"""Characters of the text shown around a fault."""


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command()(evaluate)


def evaluate(
    gold: Annotated[Path | None, typer.Option(metavar="DIR", help="Annotations; else the project's.")] = None,
    texts: Annotated[Path | None, typer.Option(metavar="DIR", help="Texts; else the project's.")] = None,
    part: Annotated[str | None, typer.Option(help="Only the tuning or the testing documents.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Only fr, en or es documents.")] = None,
    folds: Annotated[int | None, typer.Option(help="Cross-validate over so many folds of documents.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List misses and inventions by cause.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="Examples of each cause that --errors shows.")] = 5,
    write_floors: Annotated[
        bool, typer.Option("--write-floors", help="Keep the figures as those not to fall below.")
    ] = False,
    as_json: JsonOption = False,
    project: ProjectOption = None,
) -> None:
    """Score extraction against gold annotations.

    Example: esskg evaluate --part testing --language fr
    """
    from esskg.cli.progress import progress
    from esskg.project import open_project

    if write_floors and (gold or texts or part or language):
        raise EsskgError("floors are of all the project's annotations: leave out what chooses some")
    opened = open_project(project)
    crossed = None
    if folds is not None:
        crossed = opened.cross_validate(gold, texts, folds=folds, part=part, language=language)
    if folds is None or write_floors:
        with progress() as shown:
            evaluation = opened.evaluate(gold, texts, part=part, language=language, progress=shown)
    if write_floors:
        return _write_floors(opened, evaluation, crossed)
    if errors and crossed is None:
        return _print_errors(evaluation, limit, as_json=as_json)
    found = crossed or evaluation
    return print_json(found.to_json()) if as_json else typer.echo(found.table())


def _write_floors(opened: Project, evaluation: Evaluation, crossed: Validation | None) -> None:
    from esskg.extract.floors import CROSSED, f1, figures, write_floors

    reached = figures(evaluation)
    if crossed is not None:
        reached[CROSSED] = {name: f1(scores) for name, scores in crossed.crossed.items()}
    path = write_floors(opened.folder.root / "gold", opened.folder.reference, reached)
    typer.echo(f"wrote {path}")


def _print_errors(evaluation: Evaluation, limit: int, *, as_json: bool) -> None:
    from esskg.extract.faults import grouped

    texts = {read.annotated.name: read.annotated.document.text for read in evaluation.documents}
    groups = grouped(evaluation.faults())
    if as_json:
        return print_json([_group(*key, found, texts) for key, found in groups])
    for (kind, way, cause), found in groups:
        typer.echo(f"{len(found):6}  {kind} {way}: {cause}")
        for fault in found[:limit]:
            typer.echo(f"        {fault.document} {fault.span[0]}–{fault.span[1]}  {fault.what}")
            typer.echo(f"            {_around(fault, texts[fault.document])}")


def _group(kind: str, way: str, cause: str, found: list[Fault], texts: dict[str, str]) -> dict[str, Any]:
    faults = [
        {
            "document": fault.document,
            "span": fault.span,
            "what": fault.what,
            "around": _around(fault, texts[fault.document]),
        }
        for fault in found
    ]
    return {"kind": kind, "way": way, "cause": cause, "count": len(found), "faults": faults}


def _around(fault: Fault, text: str) -> str:
    """The words of a fault in brackets, with what stands beside them."""
    start, end = fault.span
    pieces = text[max(0, start - _BEFORE) : start], f"[{text[start:end]}]", text[end : end + _AFTER]
    return " ".join("".join(pieces).split())
