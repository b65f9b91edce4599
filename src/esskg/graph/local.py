"""Stores in this process: Oxigraph on disk, or in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from esskg.errors import QueryError, StoreError
from esskg.graph.sparql import refuse_calls, syntax_error, without_silent_calls
from esskg.vocab import PREFIXES

Results = QuerySolutions | QueryBoolean | QueryTriples
_CHUNK = 100_000
"""Quads that are written at once while the next are made."""


class LocalStore:
    """An Oxigraph store of this process; on disk, what is written stands at once."""

    def __init__(
        self,
        opened: Store,
        base: str,
        *,
        read_only: bool = False,
        services: Sequence[str] = (),
        prefixes: dict[str, str] | None = None,
    ) -> None:
        self.base, self.read_only = base, read_only
        self._services = tuple(services)
        self._prefixes = PREFIXES if prefixes is None else prefixes
        self._opened: Store | None = opened

    @property
    def _store(self) -> Store:
        if self._opened is None:
            raise StoreError("the store is closed")
        return self._opened

    def _writable(self) -> Store:
        if self.read_only:
            raise StoreError("the store is open for reading only")
        return self._store

    def load(self, quads: Iterable[Quad]) -> None:
        """Write many quads; faster than one update after the other, and not undone by an error.

        Those at hand are written while the next are made, which takes the interpreter alone.
        """
        store, blank = self._writable(), list[Quad]()
        with ThreadPoolExecutor(1) as writer:
            written: Future[None] | None = None
            for chunk in _chunks(_without_blanks(quads, blank)):
                if written:
                    written.result()
                written = writer.submit(store.bulk_load, input=chunk, format=RdfFormat.N_QUADS)
            if written:
                written.result()
        store.bulk_extend(blank)

    def query(
        self,
        sparql: str,
        *,
        prefixes: dict[str, str] | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Results:
        """The results of a SPARQL 1.1 query; the project's prefixes are known unless others are given.

        Raises QueryError, with line and column where the syntax is wrong.
        """
        sparql = without_silent_calls(sparql, self._services)
        refuse_calls(sparql, self._services)
        try:
            return self._store.query(
                sparql,
                base_iri=f"{self.base}/",
                prefixes=self._prefixes if prefixes is None else prefixes,
                default_graph=None if default_graphs is None else [*map(_node, default_graphs)],
                named_graphs=None if named_graphs is None else [*map(_node, named_graphs)],
            )
        except SyntaxError as error:
            raise syntax_error(str(error), sparql) from error
        except OSError as error:
            raise StoreError(f"the store can't be read: {error}") from error
        except RuntimeError as error:
            raise QueryError(str(error)) from error

    def update(self, sparql: str) -> None:
        """Run a SPARQL 1.1 update, wholly or not at all. Raises QueryError for wrong syntax."""
        sparql = without_silent_calls(sparql, self._services)
        refuse_calls(sparql, self._services, update=True)
        try:
            self._writable().update(sparql, base_iri=f"{self.base}/", prefixes=self._prefixes)
        except SyntaxError as error:
            raise syntax_error(str(error), sparql) from error
        except OSError as error:
            raise StoreError(f"the store can't be written: {error}") from error
        except RuntimeError as error:
            raise QueryError(str(error)) from error

    def add(
        self, quads: Sequence[Quad], graph: NamedNode | DefaultGraph | None = None, *, replace: bool = False
    ) -> bool:
        """Write a few quads, all or none; where they make up one graph, whether that was there before."""
        store = self._writable()
        existed = not isinstance(graph, NamedNode) or store.contains_named_graph(graph)
        if isinstance(graph, NamedNode):
            store.add_graph(graph)
        if graph is not None and replace:
            store.clear_graph(graph)
        store.extend(quads)
        return existed

    def drop(self, graph: NamedNode | DefaultGraph) -> bool:
        """Take a graph out; whether it was there, which the default graph always is."""
        store = self._writable()
        if isinstance(graph, NamedNode) and not store.contains_named_graph(graph):
            return False
        store.remove_graph(graph)
        return True

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self._store.named_graphs())

    def dump(
        self, output: IO[bytes], format: RdfFormat, graph: NamedNode | DefaultGraph | None = None
    ) -> None:
        """Write one graph; without one, the whole dataset, or the default graph in a format of triples."""
        if graph is None and not format.supports_datasets:
            graph = DefaultGraph()
        self._store.dump(output, format, from_graph=graph, prefixes=PREFIXES)

    def clear(self) -> None:
        """Take everything out."""
        self._writable().clear()

    def close(self) -> None:
        """Let go of the store; what was written stays."""
        if self._opened is not None and not self.read_only:
            self._keep(self._opened)
        self._opened = None

    def _keep(self, opened: Store) -> None:
        opened.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, type_: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if type_ is not None:
            self._opened = None
        self.close()


class MemoryStore(LocalStore):
    """An Oxigraph store in memory, read from a file and, when closed without an error, written to it."""

    def __init__(
        self, file: Path, base: str, *, read_only: bool = False, services: Sequence[str] = ()
    ) -> None:
        super().__init__(Store(), base, read_only=read_only, services=services)
        self._file = file
        if file.exists():
            self._store.bulk_load(path=str(file), format=RdfFormat.N_QUADS)

    def _keep(self, opened: Store) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._file.with_suffix(".unfinished")
        opened.dump(str(unfinished), RdfFormat.N_QUADS)
        unfinished.replace(self._file)


def _without_blanks(quads: Iterable[Quad], blank: list[Quad]) -> Iterator[Quad]:
    """The quads without blank nodes; the others go into a list, to be written in one piece, since a name of a
    blank node holds within one piece only."""
    for quad in quads:
        if isinstance(quad.object, BlankNode) or isinstance(quad.subject, BlankNode):
            blank.append(quad)
        else:
            yield quad


def _chunks(quads: Iterable[Quad]) -> Iterator[bytes]:
    """The quads in pieces of N-Quads."""
    left = iter(quads)
    while chunk := [*islice(left, _CHUNK)]:
        yield serialize(chunk, format=RdfFormat.N_QUADS) or b""


def open_on_disk(folder: Path, *, read_only: bool) -> Store:
    """The Oxigraph store in a folder. Raises StoreError where it can't be opened."""
    try:
        return Store.read_only(str(folder)) if read_only else Store(str(folder))
    except OSError as error:
        raise StoreError(f"the store in {folder} can't be opened: {error}") from error


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri!r} is not an IRI, so it names no graph") from error
