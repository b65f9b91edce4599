"""Tidy tables: entities, statements between them, dates, figures, quotations, evidence, documents.

As CSV (UTF-8, a line of column names, LF) with their description, or as Parquet; in a folder or a zip. Only
what is asserted and holds stands in ``edges`` and ``dates``; ``evidence`` names in ``of`` the statement,
figure or quotation that it supports.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path
from typing import IO, Any

from esskg.export.profile import Public
from esskg.export.schema import METADATA, Table, metadata, tables
from esskg.graph.store import Store
from esskg.network.projection import Graph, best_label, project
from esskg.network.source import Label, Source
from esskg.writing import refuse_existing, written

Rows = Iterator[list[Any]]
Files = Iterator[tuple[str, Callable[[IO[bytes]], None]]]
"""The names of files, each with what writes it."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of the files in a zip: the earliest it knows, so that the same tables make the same bytes."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What rows come from: a graph, the language of its labels, what may be passed on of it (None: all)."""

    store: Store
    language: str
    public: Public | None = None


def csv_files(origin: Origin) -> Files:
    """The tables as CSV, and their description."""
    for table, rows in all_rows(origin):
        yield table.file, partial(_write, table, rows)
    yield METADATA, _write_metadata


def _write(table: Table, rows: Rows, output: IO[bytes]) -> None:
    text = io.TextIOWrapper(output, "utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.names)
    writer.writerows(rows)
    text.detach()


def _write_metadata(output: IO[bytes]) -> None:
    output.write((json.dumps(metadata(), ensure_ascii=False, indent=1) + "\n").encode())


def write_folder(folder: Path, files: Files, names: Iterable[str], *, force: bool) -> None:
    """Files of some names in a folder, which is made where it isn't there. Other files in it stay.

    Raises EsskgError where one of them is there already, unless forced.
    """
    refuse_existing((folder / name for name in names), force=force)
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in files:
        with written(folder / name) as output:
            write(output)


def write_zip(files: Files, output: IO[bytes]) -> None:
    """Files as a zip whose bytes depend on nothing but theirs."""
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, write in files:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as member:
                write(member)


# --- rows ---------------------------------------------------------------------------------------------


def all_rows(origin: Origin) -> Iterator[tuple[Table, Rows]]:
    """Each table with its rows, None where a cell is empty."""
    store = origin.store
    graph = project(store, base=store.base, language=origin.language, isolated=True)
    for table in tables():
        if table.name == "nodes":
            yield table, _nodes(table, graph, Source(store))
        elif table.name == "edges":
            yield table, _edges(table, graph)
        else:
            yield table, _selected(table, origin)


def _nodes(table: Table, graph: Graph, source: Source) -> Rows:
    nodes = {node: graph.nodes[node] for node in sorted(graph)}
    labels = source.labels(data["iri"] for data in nodes.values())
    for node, data in nodes.items():
        known = labels.get(data["iri"], set())
        in_languages = {f"label_{language}": _label(known, language) for language in ("fr", "en")}
        record = {"id": node, **data, **in_languages}
        yield [record[column] for column in table.names]


def _label(known: set[Label], language: str) -> str | None:
    """The label in a language, None where there is none."""
    best = best_label(known, language)
    return best[0] if best and best[1].partition("-")[0] == language else None


def _edges(table: Table, graph: Graph) -> Rows:
    edges = sorted((key, subject, object_) for subject, object_, key in graph.edges(keys=True))
    for key, subject, object_ in edges:
        names = {
            f"{end}_label": graph.nodes[node]["label"]
            for end, node in (("subject", subject), ("object", object_))
        }
        record = {**graph.edges[subject, object_, key], "subject": subject, "object": object_, **names}
        yield [record.get(column) for column in table.names]


def _selected(table: Table, origin: Origin) -> Rows:
    """The results of the query of that name beside this module; entities and documents by slug."""
    query = resources.files("esskg.export").joinpath(f"queries/{table.name}.rq").read_text("utf-8")
    solutions: Any = origin.store.query(query)
    assert [variable.value for variable in solutions.variables] == table.names
    words = table.names.index("text") if "text" in table.names else None
    cited = table.names.index("document" if "document" in table.names else "id")
    for solution in solutions:
        row = [_cell(term, origin.store.base) for term in solution]
        if words is not None and (said := row[words]) and origin.public:
            row[words] = origin.public.words(said, solution[cited].value if solution[cited] else "") or None
        yield row


def _cell(term: Any, base: str) -> str | None:
    if term is None:
        return None
    if hasattr(term, "datatype"):
        return str(term.value)
    return _short(str(term.value), base)


def _short(iri: str, base: str) -> str:
    """The slug or hash of what stands below the base; other IRIs as they are."""
    return iri.rpartition("/")[2] if iri.startswith(f"{base}/") else iri
