"""RDF in every syntax: N-Quads and N-Triples canonical, the others made from the same lines in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import RawIOBase
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, parse, serialize

from esskg.errors import EsskgError
from esskg.export.canonical import Keep, Reader, lines, lines_by_graph
from esskg.graph import jsonld
from esskg.graph.store import Store
from esskg.vocab import PREFIXES

_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LINES = frozenset({RdfFormat.N_QUADS, RdfFormat.N_TRIPLES})


def write_rdf(store: Store, output: IO[bytes], format: RdfFormat, keep: Keep | None = None) -> None:
    """The quads that are kept of the whole dataset, or of its default graph in a syntax without named graphs.

    Raises EsskgError for words that RDF/XML can't hold.
    """
    whole = format.supports_datasets
    if format in _LINES:
        output.writelines(lines(store, keep, whole=whole))
        return
    found = lines_by_graph(store, keep) if whole else lines(store, keep, whole=False)
    if format is RdfFormat.JSON_LD:
        jsonld.write(_quads(found), output)
    elif whole:
        serialize(_quads(found), output, format, prefixes=PREFIXES)
    else:
        target = cast("IO[bytes]", _XmlGuard(output)) if format is RdfFormat.RDF_XML else output
        serialize((quad.triple for quad in _quads(found)), target, format, prefixes=PREFIXES)


def _quads(found: Iterator[bytes]) -> Iterator[Quad]:
    return iter(parse(cast("IO[bytes]", Reader(found)), RdfFormat.N_QUADS))


class _XmlGuard(RawIOBase):
    """Lets nothing pass that would make a file no XML parser reads."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if _NOT_XML.search(data):
            raise EsskgError(
                "the graph holds a control character, which RDF/XML can't express; export turtle or jsonld"
            )
        return self._output.write(data)
