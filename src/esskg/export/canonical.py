"""The dataset as canonical N-Quads: each quad a line, the lines in order, blank nodes named by content.

The same data give the same bytes, from whatever store. The SHA-256 of all lines is the hash of the dataset by
RDFC-1.0 (https://www.w3.org/TR/rdf-canon/). Lines are sorted in pieces that are merged from disk, so that
memory doesn't grow with the dataset.
"""

from __future__ import annotations

import heapq
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from io import RawIOBase
from itertools import islice
from typing import IO, cast

from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, RdfFormat, parse, serialize

from esskg.graph.store import Store

Keep = Callable[[bytes], bool]
"""Whether a line is one of those that are wanted."""
Key = Callable[[bytes], bytes]
_BATCH = 1000
_PIECE = 32_000_000
"""Bytes of lines that are sorted in memory at once."""
_BLANK = re.compile(rb'^_:|^[^"]* _:| _:\S+ \.\n$')
_GRAPH = re.compile(rb'^\S+ \S+ (?:[^"\s]\S*|"(?:[^"\\]|\\.)*"\S*) (\S+) \.\n$')


def lines(store: Store, keep: Keep | None, *, whole: bool = True) -> Iterator[bytes]:
    """The quads that are kept, in code point order, each with its line feed; of the default graph alone where
    not the ``whole`` dataset is wanted."""
    return _sorted(store, keep, whole, None)


def lines_by_graph(store: Store, keep: Keep | None) -> Iterator[bytes]:
    """The same with the default graph first, then each named graph in one piece."""
    for line in _sorted(store, keep, True, _keyed):
        yield line.partition(b"\x00")[2]


def _keyed(line: bytes) -> bytes:
    found = _GRAPH.match(line)
    return (found[1] if found else b"") + b"\x00" + line


def _sorted(store: Store, keep: Keep | None, whole: bool, key: Key | None) -> Iterator[bytes]:
    with ExitStack() as stack:
        taken = _Pieces(keep, key, stack)
        output = cast("IO[bytes]", taken)
        if whole:
            store.dump(output, RdfFormat.N_QUADS)
        else:
            store.dump(output, RdfFormat.N_TRIPLES, DefaultGraph())
        yield from taken.merged()


class _Pieces(RawIOBase):
    """Takes in lines, and gives them back in order."""

    def __init__(self, keep: Keep | None, key: Key | None, stack: ExitStack) -> None:
        self._keep, self._key, self._stack = keep, key, stack
        self._rest = bytearray()
        self._blank: list[bytes] = []
        self._files: list[IO[bytes]] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._rest += data
        if len(self._rest) > _PIECE:
            end = self._rest.rfind(b"\n") + 1
            self._spill(self._ordered(bytes(self._rest[:end])))
            del self._rest[:end]
        return len(data)

    def merged(self) -> Iterator[bytes]:
        """All lines in order."""
        last = self._ordered(bytes(self._rest))
        self._rest.clear()
        blank = _named(self._blank)
        last.extend(map(self._key, blank) if self._key else blank)
        last.sort()
        return heapq.merge(*self._files, last) if self._files else iter(last)

    def _ordered(self, piece: bytes) -> list[bytes]:
        found: Iterable[bytes] = piece.splitlines(keepends=True)
        if self._keep:
            found = filter(self._keep, found)
        if b"_:" in piece:
            found = self._without_blanks(found)
        return sorted(map(self._key, found) if self._key else found)

    def _without_blanks(self, found: Iterable[bytes]) -> Iterator[bytes]:
        for line in found:
            if b"_:" in line and _BLANK.search(line):
                self._blank.append(line)
            else:
                yield line

    def _spill(self, ordered: list[bytes]) -> None:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the stack, when all is merged
        self._stack.push(file)
        file.writelines(ordered)
        file.seek(0)
        self._files.append(file)


def _named(blank: Iterable[bytes]) -> list[bytes]:
    """The lines that hold blank nodes, these named by RDFC-1.0; other lines have no part in the names."""
    text = b"".join(blank)
    if not text:
        return []
    dataset = Dataset(parse(text, RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return (serialize(dataset, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


class Reader(RawIOBase):
    """Lines as a file to read from."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self._rest = lines, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """As many bytes as are asked for, while there are any."""
        if len(self._rest) < size:
            self._rest += b"".join(islice(self._lines, _BATCH))
        given, self._rest = self._rest[:size], self._rest[size:]
        return given
