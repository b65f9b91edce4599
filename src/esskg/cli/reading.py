"""The verb on single documents: extract."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from esskg.cli.options import (
    PROBLEMS,
    DateOption,
    ForceOption,
    JsonOption,
    ProjectOption,
    YesOption,
    approval,
    print_json,
)
from esskg.errors import DocumentError, EsskgError

if TYPE_CHECKING:
    from esskg.extract.llm import Approve, LlmReader
    from esskg.model import Document, Extraction
    from esskg.project import Project

Reading = tuple["Document", "Extraction"]
Named = tuple[str, Reading]


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command()(extract)


def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Documents to read.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR|-", help="A folder, or - to print.")
    ] = None,
    date: DateOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the text with what was read in it, and why.")
    ] = False,
    as_json: JsonOption = False,
    llm: Annotated[bool, typer.Option("--llm", help="Ask the project's language model, too.")] = False,
    yes: YesOption = False,
    force: ForceOption = False,
    project: ProjectOption = None,
) -> None:
    """What one document says: NAME.json in the format of the annotation guidelines.

    Example: esskg extract report.html --date 2023-10-06 -o -
    """
    from esskg.project import open_project

    if (output is None) != explain:
        raise typer.BadParameter("name a folder or - with -o, or ask for --explain")
    if output is not None and str(output) != "-":
        _check_targets(files, output, force=force)
    opened = open_project(project)
    asking = opened.llm if llm else None
    failed: list[DocumentError] = []
    read = _read(opened, files, date, failed)
    if asking is not None:
        read = _asked(asking, list(read), approval(opened.settings, yes=yes))
    for name, reading in read:
        if explain:
            _explain(opened, reading, as_json=as_json)
        else:
            _write(output, name, reading)
    if failed:
        raise typer.Exit(PROBLEMS)


def _check_targets(files: Sequence[Path], output: Path, *, force: bool) -> None:
    """Nothing is overwritten: neither what is there nor what this run writes."""
    from esskg.writing import refuse_existing

    names = Counter(file.stem for file in files)
    twice = [str(file) for file in files if names[file.stem] > 1]
    if twice:
        raise EsskgError(f"{' and '.join(twice)} would be written to the same file: read them apart")
    refuse_existing((output / f"{name}.json" for name in names), force=force)


def _read(
    opened: Project, files: Sequence[Path], date: str | None, failed: list[DocumentError]
) -> Iterator[Named]:
    """What each file says, beside its name; what can't be read is told and kept with the failed."""
    from esskg.cli.progress import progress_of

    for file in progress_of(files, "extract"):
        try:
            yield file.stem, opened.read(file, date=date)
        except DocumentError as error:
            typer.echo(f"esskg: {error}", err=True)
            failed.append(error)


def _asked(asking: LlmReader, read: list[Named], approve: Approve) -> Iterator[Named]:
    from esskg.cli.progress import progress_of

    added = asking.read_many([reading for _, reading in read], approve)
    for (name, (document, _)), extraction in zip(progress_of(read, "ask"), added, strict=True):
        yield name, (document, extraction)
    typer.echo(asking.summary(), err=True)


def _explain(opened: Project, reading: Reading, *, as_json: bool) -> None:
    from esskg.cli.explaining import print_explanation
    from esskg.extract.explanation import explain

    explanation = explain(opened.extractor, *reading)
    if as_json:
        print_json(explanation.to_json())
    else:
        print_explanation(explanation)


def _write(output: Path | None, name: str, reading: Reading) -> None:
    from esskg.extract import to_gold

    document, extraction = reading
    text = json.dumps(to_gold(extraction, document), ensure_ascii=False, indent=1)
    if output is None or str(output) == "-":
        return typer.echo(text)
    output.mkdir(parents=True, exist_ok=True)
    (output / f"{name}.json").write_text(text + "\n", "utf-8")
