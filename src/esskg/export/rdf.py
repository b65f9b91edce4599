"""RDF in every syntax, streamed from the store."""

from __future__ import annotations

import re
from io import RawIOBase
from typing import IO, cast

from pyoxigraph import RdfFormat

from esskg.errors import EsskgError
from esskg.graph.store import Store

_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_rdf(store: Store, output: IO[bytes], format: RdfFormat) -> None:
    """The whole dataset, or its default graph in a syntax that knows no named graphs.

    Raises EsskgError for words that RDF/XML can't hold.
    """
    if format is RdfFormat.RDF_XML:
        output = cast("IO[bytes]", _XmlGuard(output))
    store.dump(output, format)


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
