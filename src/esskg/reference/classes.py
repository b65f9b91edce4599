"""The class of the ontology that a kind of the tables belongs to."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def ontology_classes() -> dict[str, dict[str, str]]:
    """Kind → class name, for ``organization``, ``policy`` and ``event``."""
    text = resources.files("esskg.reference").joinpath("classes.toml").read_text("utf-8")
    return tomllib.loads(text)


def ontology_class(table: str, kind: str | None) -> str | None:
    """The local name of the class of a kind, None where it has no class of its own."""
    return ontology_classes()[table].get(kind) if kind else None
