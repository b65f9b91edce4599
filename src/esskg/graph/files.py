"""RDF files as a dataset in memory: triples go to the default graph, quads where they say."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import IO, cast

from pyoxigraph import RdfFormat, Store

from esskg.errors import ConfigError

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


def format_of(path: Path) -> RdfFormat:
    """The format that a file's ending tells; ``.gz`` may follow it. Raises ConfigError for others."""
    format = FORMATS.get(Path(path.name.removesuffix(".gz")).suffix.lower())
    if format is None:
        raise ConfigError(f"{path}: its ending tells no RDF format. Known are: {', '.join(FORMATS)}")
    return format


def read_files(paths: Iterable[Path]) -> Store:
    """The dataset that some files make together. Raises ConfigError where one can't be read."""
    store = Store()
    for path in paths:
        _load(store, path)
    return store


def _load(store: Store, path: Path) -> None:
    format = format_of(path)
    try:
        if path.name.endswith(".gz"):
            with gzip.open(path) as source:
                store.bulk_load(cast(IO[bytes], source), format, base_iri=_iri(path))
        else:
            store.bulk_load(path=str(path), format=format, base_iri=_iri(path))
    except SyntaxError as error:
        place = f", line {error.lineno}, column {error.offset}" if error.lineno else ""
        raise ConfigError(f"{path}{place}: not valid {format.name}: {error.msg}") from error
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror or error}") from error


def _iri(path: Path) -> str:
    return path.resolve().as_uri()
