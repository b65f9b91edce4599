"""Brokerage roles of Gould and Fernandez: who passes on between groups, and from which to which."""

from __future__ import annotations

from collections import Counter

from esskg.network.measures.rows import kind_of, ordered, who
from esskg.network.projection import Graph
from esskg.network.simple import Directed, actors, directed
from esskg.network.table import Cell, Table, table

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def brokerage(graph: Graph) -> Table:
    """How often each actor stands in each role, types being the groups; those who never do are left out."""
    simple = directed(actors(graph))
    kinds = {node: kind_of(graph, node) for node in simple}
    rows: list[tuple[Cell, ...]] = []
    for node in simple:
        counts = roles_of(simple, kinds, node)
        if total := counts.total():
            rows.append((*who(graph, node), *(counts[role] for role in ROLES), total))
    return table("brokerage", ordered(rows, 8))


def roles_of(simple: Directed, kinds: dict[str, str], broker: str) -> Counter[str]:
    """The roles in all a → broker → c, where a isn't c and nothing leads from a to c itself."""
    return Counter(
        _role(kinds[a], kinds[broker], kinds[c])
        for a in simple.predecessors(broker)
        for c in simple.successors(broker)
        if a != c and not simple.has_edge(a, c)
    )


def _role(giver: str, broker: str, receiver: str) -> str:
    if giver == receiver:
        return "coordinator" if giver == broker else "itinerant"
    if broker == receiver:
        return "gatekeeper"
    return "representative" if broker == giver else "liaison"
