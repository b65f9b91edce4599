"""What travels with the program: ontology, queries, reference tables and a sample document."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

_PACKAGE = Path(__file__).parent
_PLACES = {
    "ontology": "ontology",
    "queries": "queries",
    "reference": "data/reference",
    "sample": "data/sample",
}


def folder(name: str) -> Path:
    """The folder of shipped files of that name: inside an installed wheel, else of the repository.

    Raises KeyError for a name that isn't shipped.
    """
    place = _PLACES[name]
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / place


def texts(*packages: str) -> Iterator[str]:
    """Code and data of packages of the program, file by file in a fixed order: what their work depends on."""
    for package in packages:
        yield from _texts(resources.files(package))


def _texts(folder: Traversable) -> Iterator[str]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _texts(item)
        elif item.name.endswith((".py", ".toml", ".json")):
            yield item.read_text("utf-8")
