"""The tables are what their description says, as CSV and as Parquet."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from arro3.io import read_parquet

from esskg.export import export
from esskg.export.schema import METADATA, tables
from esskg.graph.store import Store


@pytest.fixture(scope="module")
def folder(sample_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    export("csv", sample_store, folder)
    export("parquet", sample_store, folder)
    return folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text("utf-8"))))


def test_the_description_names_every_column_in_its_order(folder: Path) -> None:
    described = json.loads((folder / METADATA).read_text("utf-8"))
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"
    for table in described["tables"]:
        header = (folder / table["url"]).read_text("utf-8").splitlines()[0].split(",")
        assert [column["name"] for column in table["tableSchema"]["columns"]] == header


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_values_are_of_their_types_and_keys_lead_somewhere(folder: Path, table: object) -> None:
    found = rows(folder, table.name)  # type: ignore[attr-defined]
    assert found
    for column in table.columns:  # type: ignore[attr-defined]
        values = [row[column.name] for row in found if row[column.name]]
        if column.datatype in {"integer", "decimal"}:
            assert all(float(value) is not None for value in values)
        if column.refers:
            assert set(values) <= {row["id"] for row in rows(folder, column.refers)}
    if table.key:  # type: ignore[attr-defined]
        keys = [row[table.key] for row in found]  # type: ignore[attr-defined]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_parquet_holds_the_same_rows_with_types(folder: Path, table: object) -> None:
    name = table.name  # type: ignore[attr-defined]
    read = read_parquet(folder / f"{name}.parquet").read_all()
    assert read.schema.names == table.names  # type: ignore[attr-defined]
    texts = [
        [str(value) if value is not None else "" for value in read.column(column.name).to_pylist()]
        for column in table.columns  # type: ignore[attr-defined]
        if column.datatype not in {"decimal"}
    ]
    names = [column.name for column in table.columns if column.datatype not in {"decimal"}]  # type: ignore[attr-defined]
    assert texts == [[row[column] for row in rows(folder, name)] for column in names]


def test_the_zip_of_parquet_holds_a_file_for_each_table(sample_store: Store) -> None:
    output = io.BytesIO()
    export("parquet", sample_store, output)
    with zipfile.ZipFile(output) as archive:
        assert archive.namelist() == [f"{table.name}.parquet" for table in tables()]
