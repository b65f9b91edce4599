"""The formats in which the graph can be taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import IO, Any, get_args

from pyoxigraph import RdfFormat

from esskg.errors import EsskgError
from esskg.export.gexf import write_gexf
from esskg.export.graphml import write_graphml
from esskg.export.parquet import file_names, parquet_files
from esskg.export.profile import Profile, Public
from esskg.export.rdf import write_rdf
from esskg.export.schema import METADATA, tables
from esskg.export.tables import Origin, csv_files, write_folder, write_zip
from esskg.graph.store import Store
from esskg.network.layout import Positions
from esskg.network.projection import Graph, project
from esskg.network.source import Citation
from esskg.query.formats import DATASETS, GRAPHS
from esskg.query.formats import Format as Syntax
from esskg.writing import refuse_existing, written


@dataclass(frozen=True)
class Request:
    """What to take away, and how."""

    store: Store
    language: str
    """Of labels, where a format has one for each thing."""
    positions: Positions | None
    profile: Profile = "full"

    @cached_property
    def public(self) -> Public | None:
        """What may be passed on; None for all."""
        return Public(self.store) if self.profile == "public" else None

    @property
    def origin(self) -> Origin:
        """What tables are made of."""
        return Origin(self.store, self.language, self.public)

    def network(self) -> Graph:
        """The whole network, entities without links included."""
        graph = project(self.store, base=self.store.base, language=self.language, isolated=True)
        if self.public is not None:
            for *_, data in graph.edges(data=True):
                data["evidence"] = tuple(
                    _passed_on(each, self.public, self.store.base) for each in data["evidence"]
                )
        return graph


def _passed_on(citation: Citation, public: Public, base: str) -> Citation:
    """A citation with the words that may be passed on; of a decision, not who took it."""
    title = citation.title if citation.iri.startswith(f"{base}/document/") else ""
    return replace(citation, text=public.words(citation.text, citation.iri), title=title)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name in commands, its media type, how its files end, what writes it, and whether its
    files are text, which compresses well."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[Request, IO[bytes]], None]
    text: bool = True


def _rdf(format: RdfFormat, request: Request, output: IO[bytes]) -> None:
    write_rdf(request.store, output, format, request.public.keeps if request.public else None)


def _csv(request: Request, output: IO[bytes]) -> None:
    write_zip(csv_files(request.origin), output)


def _parquet(request: Request, output: IO[bytes]) -> None:
    write_zip(parquet_files(request.origin), output)


def _graphml(request: Request, output: IO[bytes]) -> None:
    write_graphml(request.network(), output, request.positions)


def _gexf(request: Request, output: IO[bytes]) -> None:
    write_gexf(request.network(), output, request.positions)


_NAMES = {"ttl": "turtle", "rdf": "rdfxml", "nq": "nquads"}
"""What commands call formats whose file extensions say less."""


def _of(syntax: Syntax) -> Format:
    assert isinstance(syntax.syntax, RdfFormat)
    name = _NAMES.get(syntax.name, syntax.name)
    return Format(name, syntax.media_type, f".{syntax.name}", partial(_rdf, syntax.syntax))


FORMATS = {
    format.name: format
    for format in (
        *map(_of, (*GRAPHS, *DATASETS)),
        Format("csv", "application/zip", ".zip", _csv, text=False),
        Format("parquet", "application/zip", ".parquet.zip", _parquet, text=False),
        Format("graphml", "application/graphml+xml", ".graphml", _graphml),
        Format("gexf", "application/gexf+xml", ".gexf", _gexf),
    )
}
"""By name. turtle, nt and rdfxml hold the default graph; nquads, trig and jsonld the whole dataset."""
FOLDERS: dict[str, Callable[[Request], Any]] = {
    "csv": lambda request: (csv_files(request.origin), (*(table.file for table in tables()), METADATA)),
    "parquet": lambda request: (parquet_files(request.origin), tuple(file_names())),
}
"""Formats of several files: what writes them, and their names."""


def export(  # noqa: PLR0913 (each is one choice of what to take away)
    format: str,
    store: Store,
    out: Path | IO[bytes],
    *,
    language: str = "en",
    positions: Positions | None = None,
    profile: Profile = "full",
    force: bool = False,
) -> None:
    """Write the graph in a format to a file, or to something open for writing bytes.

    ``csv`` and ``parquet`` make a zip where the name ends so (or where ``out`` is open already), else a
    folder of tables. ``positions`` are where nodes stand in ``graphml`` and ``gexf``; without them they are
    laid out. ``profile`` is ``full`` or ``public`` (see `esskg.export.profile`).

    Raises EsskgError for an unknown format or profile, a file that is there already (unless forced), or a
    folder that can't be written.
    """
    if format not in FORMATS:
        raise EsskgError(f"no format {format!r}; choose one of {', '.join(FORMATS)}")
    if profile not in get_args(Profile):
        raise EsskgError(f"no profile {profile!r}; choose one of {', '.join(get_args(Profile))}")
    request = Request(store, language, positions, profile)
    if not isinstance(out, Path):
        FORMATS[format].write(request, out)
    elif format in FOLDERS and out.suffix != ".zip":
        write_folder(out, *FOLDERS[format](request), force=force)
    else:
        refuse_existing([out], force=force)
        with written(out) as output:
            FORMATS[format].write(request, output)
