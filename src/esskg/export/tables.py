"""CSV tables, in a folder or a zip: entities, statements between them, dates, figures, quotations, evidence.

UTF-8, a line of column names, LF. Only what is asserted and holds stands in ``edges.csv`` and ``dates.csv``;
``evidence.csv`` names in ``of`` the statement, figure or quotation that it supports.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import IO, Any

from esskg.graph.store import Store
from esskg.network.projection import Graph, best_label, project
from esskg.network.source import Label, Source
from esskg.writing import refuse_existing, written

Rows = Iterator[list[Any]]

NODES = ["id", "iri", "type", "label", "label_language", "label_fr", "label_en", "documents"]
EDGES = [
    "id", "subject", "relation", "object", "subject_label", "object_label", "confidence", "date", "role",
    "amount", "currency", "qualifier", "instrument",
]  # fmt: skip
QUERIES = ("dates", "figures", "quotations", "evidence")
FILES = tuple(f"{name}.csv" for name in ("nodes", "edges", *QUERIES))

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of the files in a zip: the earliest it knows, so that the same tables make the same bytes."""


def write_folder(store: Store, folder: Path, language: str, *, force: bool = False) -> None:
    """The tables as files of a folder, which is made where it isn't there. Other files in it stay.

    Raises EsskgError where one of the tables is there already, unless forced.
    """
    refuse_existing((folder / name for name in FILES), force=force)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in _tables(store, language):
        with written(folder / name) as output:
            _write(rows, output)


def write_zip(store: Store, output: IO[bytes], language: str) -> None:
    """The tables as one zip file."""
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in _tables(store, language):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as member:
                _write(rows, member)


def _write(rows: Rows, output: IO[bytes]) -> None:
    text = io.TextIOWrapper(output, "utf-8", newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    text.detach()


def _tables(store: Store, language: str) -> Iterator[tuple[str, Rows]]:
    graph = project(store, base=store.base, language=language, isolated=True)
    yield "nodes.csv", _nodes(graph, Source(store))
    yield "edges.csv", _edges(graph)
    for name in QUERIES:
        yield f"{name}.csv", _selected(store, name)


def _nodes(graph: Graph, source: Source) -> Rows:
    nodes = {node: graph.nodes[node] for node in sorted(graph)}
    labels = source.labels(data["iri"] for data in nodes.values())
    yield NODES
    for node, data in nodes.items():
        known = labels.get(data["iri"], set())
        in_languages = {f"label_{language}": _label(known, language) for language in ("fr", "en")}
        record = {"id": node, **data, **in_languages}
        yield [record[column] for column in NODES]


def _label(known: set[Label], language: str) -> str:
    """The label in a language, empty where there is none."""
    best = best_label(known, language)
    return best[0] if best and best[1].partition("-")[0] == language else ""


def _edges(graph: Graph) -> Rows:
    yield EDGES
    edges = sorted((key, subject, object_) for subject, object_, key in graph.edges(keys=True))
    for key, subject, object_ in edges:
        names = {
            f"{end}_label": graph.nodes[node]["label"]
            for end, node in (("subject", subject), ("object", object_))
        }
        record = {**graph.edges[subject, object_, key], "subject": subject, "object": object_, **names}
        yield [record.get(column) for column in EDGES]


def _selected(store: Store, name: str) -> Rows:
    """The results of one of the queries beside this module; entities and documents by slug."""
    query = resources.files("esskg.export").joinpath(f"queries/{name}.rq").read_text("utf-8")
    solutions: Any = store.query(query)
    yield [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield [_cell(term, store.base) for term in solution]


def _cell(term: Any, base: str) -> str:
    if term is None:
        return ""
    if hasattr(term, "datatype"):
        return str(term.value)
    return _short(str(term.value), base)


def _short(iri: str, base: str) -> str:
    """The slug or hash of what stands below the base; other IRIs as they are."""
    return iri.rpartition("/")[2] if iri.startswith(f"{base}/") else iri
