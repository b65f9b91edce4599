"""The class of the ontology that a kind of the tables stands for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from esskg.model import EntityType


@cache
def ontology_classes() -> dict[str, dict[str, str]]:
    """Entity type → kind → local name of the class."""
    text = resources.files("esskg.reference").joinpath("classes.toml").read_text("utf-8")
    return tomllib.loads(text)


def ontology_class(type_: EntityType, kind: str | None) -> str | None:
    """The local name of the class of a kind, None where it has no class of its own."""
    return ontology_classes().get(type_, {}).get(kind) if kind else None
