"""Query results as bytes, capped by rows and by size; runs in worker processes, so it imports little."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO, NamedTuple, Protocol, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Triple,
    parse_query_results,
)

from esskg.graph.local import Results
from esskg.query.formats import GRAPHS, TABLES, write_graph

RESULTS = {each.name: each.syntax for each in TABLES if isinstance(each.syntax, QueryResultsFormat)}
_GRAPHS = {each.name: each for each in GRAPHS}


class Queryable(Protocol):
    """A store, as far as answering needs one."""

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Results:
        """The results of a query over the whole data set, or the graphs named."""


class Job(NamedTuple):
    """A query to run: the data set it sees, the format wanted for each kind of result, the caps."""

    query: str
    table: str | None
    truth: str | None
    graph: str | None
    rows: int
    size: int
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Answer(NamedTuple):
    """What came out: the kind of result, its format, the bytes, and which cap cut it if one did."""

    kind: str
    """``table``, ``truth`` or ``graph``."""
    format: str
    rows: int
    truncated: str | None
    """``rows``, ``size`` or None."""
    body: bytes


class NotAcceptableError(Exception):
    """The client accepts no format for this kind of result, which is the message."""


def run(store: Queryable, job: Job) -> Answer:
    """The answer to a job; the data set that it names replaces the query's own.

    Raises QueryError for a malformed query, NotAcceptableError where the
    client takes no format for what comes out.
    """
    if job.default_graphs or job.named_graphs:
        results = store.query(job.query, default_graphs=job.default_graphs, named_graphs=job.named_graphs)
    else:
        results = store.query(job.query)
    if isinstance(results, QuerySolutions):
        return _table(results, _chosen("table", job.table), job)
    if isinstance(results, QueryBoolean):
        format = _chosen("truth", job.truth)
        body = results.serialize(format=RESULTS[format]) or b""
        return Answer("truth", format, 1, None, body)
    return _graph(results, _chosen("graph", job.graph), job)


def _chosen(kind: str, format: str | None) -> str:
    if format is None:
        raise NotAcceptableError(kind)
    return format


class _FullError(Exception):
    """A cap is reached: raised while results are written, it ends the evaluation."""


class _Lines(io.RawIOBase):
    """Takes in lines up to a number and a size, and raises _FullError beyond."""

    def __init__(self, lines: int, size: int) -> None:
        self.buffer, self.lines, self.size, self.count = bytearray(), lines, size, 0
        self.truncated: str | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.buffer += data
        self.count += data.count(b"\n")
        self.truncated = (
            "size" if len(self.buffer) > self.size else "rows" if self.count > self.lines else None
        )
        if self.truncated:
            raise _FullError
        return len(data)

    def whole_lines(self) -> bytes:
        """What was taken in, cut after the last line that is complete and within the caps."""
        if not self.truncated:
            return bytes(self.buffer)
        ends = islice(re.finditer(b"\n", self.buffer), self.lines)
        last = max((end.end() for end in ends if end.end() <= self.size), default=0)
        return bytes(self.buffer[:last])


def _table(results: QuerySolutions, format: str, job: Job) -> Answer:
    # TSV holds one row a line and loses nothing, so it can be cut where a cap falls.
    taken = _Lines(job.rows + 1, job.size)
    try:
        results.serialize(cast(IO[bytes], taken), format=QueryResultsFormat.TSV)
    except _FullError:
        pass
    except OSError:
        if not taken.truncated:
            raise
    body = taken.whole_lines()
    rows = max(body.count(b"\n") - 1, 0)
    if format != "tsv":
        cut = parse_query_results(body, format=QueryResultsFormat.TSV)
        body = cut.serialize(format=RESULTS[format]) or b""
    return Answer("table", format, rows, taken.truncated, body)


def _graph(results: QueryTriples, format: str, job: Job) -> Answer:
    taken = _Triples(results, job.rows, job.size)
    body = write_graph(taken, _GRAPHS[format])
    return Answer("graph", format, taken.count, taken.truncated, body)


class _Triples:
    """Triples up to a number and a size (as N-Triples), with a note where there would have been more."""

    def __init__(self, triples: QueryTriples, most: int, size: int) -> None:
        self.triples, self.most, self.size = triples, most, size
        self.count = self.written = 0
        self.truncated: str | None = None

    def __iter__(self) -> Iterator[Triple]:
        for triple in self.triples:
            self.written += len(str(triple))
            self.truncated = (
                "rows" if self.count == self.most else "size" if self.written > self.size else None
            )
            if self.truncated:
                return
            self.count += 1
            yield triple
