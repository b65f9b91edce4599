"""Where the graph is kept, behind one interface: embedded, in memory, or at a SPARQL 1.1 endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Protocol, Self

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat
from pyoxigraph import Store as Oxigraph

from esskg.graph.local import LocalStore, MemoryStore, Results, open_on_disk

if TYPE_CHECKING:
    from esskg.config import StoreSettings

MEMORY_FILE = "dataset.nq"
"""What a store in memory is read from and written to."""


class Store(Protocol):
    """A dataset: a default graph and named graphs, to write in bulk and to query.

    As a context manager it is closed at the end. What was written is sure to be there for others once the
    store is closed; where the context ends in an error, a remote or in-memory dataset stays as it was.
    """

    base: str
    """The project's base IRI."""

    def load(self, quads: Iterable[Quad]) -> None:
        """Write many quads."""

    def query(
        self,
        sparql: str,
        *,
        prefixes: dict[str, str] | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Results:
        """The results of a SPARQL 1.1 query.

        The project's prefixes are known without being declared, unless others are given. The dataset is the
        whole one, unless graphs are named as in the SPARQL 1.1 protocol. Raises QueryError, with line and
        column where the syntax is wrong, also for SERVICE; StoreError where the store doesn't answer.
        """

    def update(self, sparql: str) -> None:
        """Run a SPARQL 1.1 update. Raises QueryError for wrong syntax and for LOAD or SERVICE."""

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""

    def dump(
        self, output: IO[bytes], format: RdfFormat, graph: NamedNode | DefaultGraph | None = None
    ) -> None:
        """Write one graph; without one, the whole dataset, or the default graph in a format of triples."""

    def clear(self) -> None:
        """Take everything out."""

    def close(self) -> None:
        """Let go of the store; what was written stays."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, type_: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...


def open_store(
    settings: StoreSettings,
    folder: Path,
    *,
    base: str,
    read_only: bool = False,
    services: Sequence[str] = (),
) -> Store:
    """The store that a project's settings ask for, embedded and in-memory ones kept in the folder.

    A remote store opened for writing is a replacement: it begins empty, is filled in the folder, and takes
    the place of what stands at the endpoint when it is closed. Queries may call SERVICE at addresses that
    begin with one of ``services``. Raises StoreError where the store can't be opened.
    """
    if settings.kind == "remote":
        from esskg.graph.remote import RemoteStore, Replacement

        remote = RemoteStore(settings, base, read_only=read_only, services=services)
        return remote if read_only else Replacement(remote, folder)
    if settings.kind == "memory":
        return MemoryStore(folder / MEMORY_FILE, base, read_only=read_only, services=services)
    return LocalStore(open_on_disk(folder, read_only=read_only), base, read_only=read_only, services=services)


def memory_store(base: str) -> Store:
    """An empty store in memory that leaves nothing behind."""
    return LocalStore(Oxigraph(), base)
