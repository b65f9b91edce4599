"""The networks to look at besides the whole, each made of questions of the catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import networkx as nx

from esskg.errors import EsskgError
from esskg.network.fold import folded
from esskg.network.projection import Graph

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Projection:
    """A network: the questions its statements come from, and how they are folded where they are."""

    name: str
    title: Words
    definition: Words
    caution: Words
    queries: tuple[str, ...]
    """Names in the catalogue."""
    onto: str = ""
    """``subject`` or ``object``: who becomes linked by sharing the other end; empty where statements stay."""
    link: Words = field(default_factory=dict)
    """What two folded ones are to each other."""

    def of(self, ask: Callable[[str], Graph]) -> Graph:
        """The network, when given what makes the network of a question's answers."""
        found: Graph = nx.compose_all([ask(query) for query in self.queries])
        return folded(found, self.name, self.link, onto_objects=self.onto == "object") if self.onto else found

    def to_json(self) -> dict[str, Any]:
        """Its name, questions and words."""
        return {name: getattr(self, name) for name in self.__slots__}


@cache
def projections() -> dict[str, Projection]:
    """All projections by name."""
    table = tomllib.loads(resources.files("esskg.network").joinpath("projections.toml").read_text("utf-8"))
    return {
        name: Projection(name, **{**words, "queries": tuple(words["queries"])})
        for name, words in table.items()
    }


def projection_of(name: str) -> Projection:
    """The projection of that name. Raises EsskgError where there is none."""
    if name not in projections():
        raise EsskgError(f"there is no projection {name!r}; there are {', '.join(projections())}")
    return projections()[name]
