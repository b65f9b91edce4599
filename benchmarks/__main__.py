"""Measure what README.md promises: ``make bench``, or ``python -m benchmarks --documents 500``."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import esskg
from benchmarks.corpus import generate
from benchmarks.timing import command_seconds, cpu_seconds, ratio, wall_seconds
from esskg.documents import read_folder
from esskg.extract import Extractor
from esskg.extract.parse import MODELS
from esskg.model import Document
from esskg.pipeline import BuildReport
from esskg.reference import load

NEW = "La Coopérative de solidarité du Lac Bleu a été fondée en 2011 à Montréal.\n"
SCRIPTS = Path(sys.executable).parent


def main() -> None:
    """Print one line of JSON for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = generate(Path(temporary) / "generated", options.documents)
        for name, figures in measurements(folder):
            print(json.dumps({"measurement": name} | figures, ensure_ascii=False), flush=True)


def measurements(folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """Each measurement with its figures."""
    yield "start-up: esskg --help against a bare program", help_ratio()
    yield "extraction against spaCy md alone (CPU)", extraction_ratio(folder)
    yield "extraction without models (CPU)", rules_speed(folder)
    yield "a report of 2,000 pages", long_report()
    yield from build_figures(folder)
    yield "a catalogue query, process start included", query_seconds(folder)


def help_ratio() -> dict[str, float]:
    """`esskg --help` against a bare Typer program with as many commands."""
    ours = [str(SCRIPTS / "esskg"), "--help"]
    bare = [sys.executable, str(Path(__file__).with_name("bare.py")), "--help"]
    one, other, share = ratio(lambda: command_seconds(ours), lambda: command_seconds(bare), runs=9)
    return {"esskg_s": round(one, 3), "bare_s": round(other, 3), "ratio": round(share, 2)}


def extraction_ratio(folder: Path) -> dict[str, float]:
    """Extraction against spaCy's own French pipeline on the same French texts; models loaded before."""
    import spacy

    french = _french(folder)
    pipeline = spacy.load(MODELS["fr"])
    extractor = esskg.open(folder).extractor
    list(extractor.read_many(french[:3]))
    list(pipeline.pipe(document.text for document in french[:3]))
    one, other, share = ratio(
        lambda: cpu_seconds(lambda: list(extractor.read_many(french))),
        lambda: cpu_seconds(lambda: list(pipeline.pipe(document.text for document in french))),
        runs=3,
    )
    figures = {"esskg_s": round(one, 2), "spacy_s": round(other, 2), "ratio": round(share, 2)}
    return {"words": _words(french)} | figures


def rules_speed(folder: Path) -> dict[str, float]:
    """Words that a CPU second reads where no model is installed; rules compiled before."""
    french, project = _french(folder), esskg.open(folder)
    reference, thresholds = load(project.folder.reference), project.settings.thresholds
    extractor = Extractor(reference, thresholds=thresholds, models=False)
    list(extractor.read_many(french[:20]))
    seconds = median(cpu_seconds(lambda: list(extractor.read_many(french))) for _ in range(3))
    return {"words": _words(french), "words_per_s": round(_words(french) / seconds)}


def _french(folder: Path) -> list[Document]:
    documents = [d for d in read_folder(folder / "documents") if isinstance(d, Document)]
    return [document for document in documents if document.language == "fr"][:150]


def _words(documents: list[Document]) -> int:
    return sum(len(document.text.split()) for document in documents)


def long_report(words: int = 1_000_000) -> dict[str, float]:
    """One document as long as 2,000 pages, read in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.report", str(words)]
    figures: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return figures


def build_figures(folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """A full build, what of it is not extraction for each statement, and a rebuild with one new document."""
    with esskg.open(folder) as project:
        full, full_s = _build(project)
        statements = full.version.manifest.counts["Statement"]
        rest = sum(
            seconds for stage, seconds in full.seconds.items() if stage not in {"documents", "extract"}
        )
        yield "full build, stages (s)", full.seconds | {"all": round(full_s, 1)}
        yield (
            "the build without reading, for each statement",
            {
                "statements": statements,
                "rest_s": round(rest, 2),
                "ms_each": round(1000 * rest / statements, 3),
            },
        )
        two = project.build(jobs=2, full=True).seconds["extract"]
        yield (
            "reading with two processes, their loading included",
            {
                "one_s": full.seconds["extract"],
                "two_s": two,
                "speedup": round(full.seconds["extract"] / two, 2),
            },
        )
        (folder / "documents" / "new.txt").write_text(NEW, "utf-8")
        again, again_s = _build(project)
        yield (
            "a rebuild with one new document",
            again.seconds
            | {"read": again.read, "all": round(again_s, 1), "share_of_full": round(again_s / full_s, 3)},
        )


def _build(project: esskg.Project) -> tuple[BuildReport, float]:
    reports: list[BuildReport] = []
    seconds = wall_seconds(lambda: reports.append(project.build(jobs=1)))
    return reports[0], seconds


def query_seconds(folder: Path) -> dict[str, float]:
    """`esskg query NAME` on the generated graph."""
    command = [
        str(SCRIPTS / "esskg"),
        "query",
        "who-finances-whom",
        "--project",
        str(folder),
        "--format",
        "csv",
    ]
    return {"median_s": round(median(command_seconds(command) for _ in range(9)), 3)}


if __name__ == "__main__":
    main()
