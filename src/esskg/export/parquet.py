"""The tables as Apache Parquet (https://parquet.apache.org), a file each, written in batches of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from esskg.errors import EsskgError
from esskg.export.schema import Column, Table, tables
from esskg.export.tables import Files, Origin, Rows, all_rows

if TYPE_CHECKING:
    from arro3.core import RecordBatch

BATCH = 10_000
"""Rows that are in memory at once."""
_READ: dict[str, Callable[[Any], Any]] = {"integer": int, "decimal": float}


def available() -> bool:
    """Whether the library that writes Parquet is installed."""
    return find_spec("arro3") is not None


def parquet_files(origin: Origin) -> Files:
    """Each table. Raises EsskgError where the library isn't installed."""
    if not available():
        raise EsskgError("writing Parquet needs a library; install it with: pip install 'esskg[parquet]'")
    for table, rows in all_rows(origin):
        yield f"{table.name}.parquet", partial(_write, table, rows)


def file_names() -> Iterator[str]:
    """The names of the files."""
    return (f"{table.name}.parquet" for table in tables())


def _write(table: Table, rows: Rows, output: IO[bytes]) -> None:
    from arro3.core import RecordBatchReader
    from arro3.io import write_parquet

    batches = _batches(table, rows)
    first = next(batches)
    reader = RecordBatchReader.from_batches(first.schema, _chained(first, batches))
    write_parquet(reader, output, compression="zstd(3)", created_by="esskg")


def _chained(first: RecordBatch, rest: Iterator[RecordBatch]) -> Iterator[RecordBatch]:
    yield first
    yield from rest


def _batches(table: Table, rows: Rows) -> Iterator[RecordBatch]:
    """The rows in batches, at least one, so that an empty table has its columns too."""
    batch = list(islice(rows, BATCH))
    yield _batch(table, batch)
    while batch := list(islice(rows, BATCH)):
        yield _batch(table, batch)


def _batch(table: Table, rows: list[list[Any]]) -> RecordBatch:
    from arro3.core import RecordBatch

    columns = zip(*rows, strict=True) if rows else ([] for _ in table.columns)
    arrays = [_array(column, list(values)) for column, values in zip(table.columns, columns, strict=True)]
    return RecordBatch.from_arrays(arrays, names=table.names)


def _array(column: Column, values: list[Any]) -> Any:
    from arro3.core import Array, DataType

    types = {"integer": DataType.int64(), "decimal": DataType.float64()}
    read = _READ.get(column.datatype, str)
    typed = [None if value in (None, "") else read(value) for value in values]
    return Array(typed, types.get(column.datatype, DataType.utf8()))
