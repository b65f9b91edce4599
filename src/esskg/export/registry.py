"""The formats in which the graph can be taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from pyoxigraph import RdfFormat

from esskg.errors import EsskgError
from esskg.export.gexf import write_gexf
from esskg.export.graphml import write_graphml
from esskg.export.rdf import write_rdf
from esskg.export.tables import write_folder, write_zip
from esskg.graph.store import Store
from esskg.network.layout import Positions
from esskg.network.projection import Graph, project
from esskg.writing import refuse_existing, written


@dataclass(frozen=True, slots=True)
class Request:
    """What to take away, and how."""

    store: Store
    language: str
    """Of labels, where a format has one for each thing."""
    positions: Positions | None

    def network(self) -> Graph:
        """The whole network, entities without links included."""
        return project(self.store, base=self.store.base, language=self.language, isolated=True)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name in commands, its media type, how its files end, and what writes it."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[Request, IO[bytes]], None]


def _rdf(format: RdfFormat, request: Request, output: IO[bytes]) -> None:
    write_rdf(request.store, output, format)


def _csv(request: Request, output: IO[bytes]) -> None:
    write_zip(request.store, output, request.language)


def _graphml(request: Request, output: IO[bytes]) -> None:
    write_graphml(request.network(), output, request.positions)


def _gexf(request: Request, output: IO[bytes]) -> None:
    write_gexf(request.network(), output, request.positions)


FORMATS = {
    format.name: format
    for format in (
        Format("turtle", "text/turtle", ".ttl", partial(_rdf, RdfFormat.TURTLE)),
        Format("nt", "application/n-triples", ".nt", partial(_rdf, RdfFormat.N_TRIPLES)),
        Format("nquads", "application/n-quads", ".nq", partial(_rdf, RdfFormat.N_QUADS)),
        Format("trig", "application/trig", ".trig", partial(_rdf, RdfFormat.TRIG)),
        Format("jsonld", "application/ld+json", ".jsonld", partial(_rdf, RdfFormat.JSON_LD)),
        Format("rdfxml", "application/rdf+xml", ".rdf", partial(_rdf, RdfFormat.RDF_XML)),
        Format("csv", "application/zip", ".zip", _csv),
        Format("graphml", "application/graphml+xml", ".graphml", _graphml),
        Format("gexf", "application/gexf+xml", ".gexf", _gexf),
    )
}
"""By name. turtle, nt and rdfxml hold the default graph; nquads, trig and jsonld the whole dataset."""


def export(  # noqa: PLR0913 (each is one choice of what to take away)
    format: str,
    store: Store,
    out: Path | IO[bytes],
    *,
    language: str = "en",
    positions: Positions | None = None,
    force: bool = False,
) -> None:
    """Write the graph in a format to a file, or to something open for writing bytes.

    ``csv`` makes a zip where the name ends so (or where ``out`` is open already), else a folder of tables.
    ``positions`` are where nodes stand in ``graphml`` and ``gexf``; without them they are laid out.

    Raises EsskgError for an unknown format, a file that is there already (unless forced), or a folder that
    can't be written.
    """
    if format not in FORMATS:
        raise EsskgError(f"no format {format!r}; choose one of {', '.join(FORMATS)}")
    request = Request(store, language, positions)
    if not isinstance(out, Path):
        FORMATS[format].write(request, out)
    elif format == "csv" and out.suffix != ".zip":
        write_folder(store, out, language, force=force)
    else:
        refuse_existing([out], force=force)
        with written(out) as output:
            FORMATS[format].write(request, output)
