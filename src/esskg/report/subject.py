"""What a report is about: an entity, all that is located in a place, or everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import networkx as nx

from esskg.model import EntityType, RelationType
from esskg.network.projection import Graph
from esskg.report.notes import Notes
from esskg.report.words import Words

Edge = tuple[str, str, dict[str, Any]]
Ask = Callable[..., list[dict[str, Any]]]
"""Asks a question of the catalogue by name, with parameters; the rows by column."""


@dataclass(frozen=True)
class Subject:
    """All that the sections of one report draw on."""

    whole: Graph
    """The network of all asserted statements."""
    around: tuple[str, ...]
    """The entities asked about; none for everything."""
    words: Words
    ask: Ask
    documents: int
    """How many the graph was made from."""
    notes: Notes = field(default_factory=Notes)

    @property
    def everything(self) -> bool:
        """Whether the report is about all there is."""
        return not self.around

    @property
    def is_place(self) -> bool:
        """Whether it is about what is located in places."""
        return bool(self.around) and all(self._type(node) == EntityType.PLACE for node in self.around)

    @property
    def name(self) -> str:
        """Of what the report is about."""
        return ", ".join(self.label(node) for node in self.around) or self.words("ecosystem")

    def label(self, node: str) -> str:
        """The name of an entity."""
        return str(self.whole.nodes[node]["label"])

    def _type(self, node: str) -> str:
        return str(self.whole.nodes[node]["type"])

    @cached_property
    def focus(self) -> frozenset[str]:
        """Whose statements count: the entities asked about, of a place those located in it, or everybody."""
        if self.everything:
            return frozenset(self.whole)
        return self._located if self.is_place else frozenset(self.around)

    @property
    def _located(self) -> frozenset[str]:
        located: nx.DiGraph[str] = nx.DiGraph()
        located.add_nodes_from(self.around)
        for a, b, data in self.whole.edges(data=True):
            if data["relation"] == RelationType.LOCATED_IN:
                located.add_edge(b, a)
        found = set[str]().union(*(nx.descendants(located, place) for place in self.around))
        return frozenset(found | set(self.around))

    @cached_property
    def network(self) -> Graph:
        """The statements at whose ends someone of the focus stands."""
        focus = self.focus
        chosen: Graph = nx.MultiDiGraph(**self.whole.graph)
        chosen.add_nodes_from((node, self.whole.nodes[node]) for node in sorted(focus))
        for a, b, key, data in sorted(self.whole.edges(keys=True, data=True), key=lambda edge: str(edge[2])):
            if a in focus or b in focus:
                chosen.add_node(a, **self.whole.nodes[a])
                chosen.add_node(b, **self.whole.nodes[b])
                chosen.add_edge(a, b, key=key, **data)
        return chosen
