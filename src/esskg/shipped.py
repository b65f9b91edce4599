"""What travels with the program: ontology, queries, reference tables and a sample document."""

from __future__ import annotations

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
