"""Folding: who shares something becomes linked by it.

After Breiger, The duality of persons and groups, Social Forces 53, 1974.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import networkx as nx

from esskg.model import digest
from esskg.network.projection import Graph


def folded(graph: Graph, relation: str, words: Mapping[str, str], *, onto_objects: bool = False) -> Graph:
    """The subjects of a graph's statements, or their objects, with an edge for each thing that two share.

    An edge goes from the first to the second in the alphabet: direction means nothing in it. Beside what
    edges of a projection have it says with ``via`` what is shared; its evidence is that of both statements.
    """
    held = _held(graph, onto_objects)
    result: Graph = nx.MultiDiGraph(**graph.graph, folded=True)
    for node in sorted({holder for holders in held.values() for holder in holders}):
        result.add_node(node, **graph.nodes[node])
    labels = {f"label_{language}": text for language, text in words.items()}
    for via in sorted(held):
        for a, b in combinations(sorted(held[via]), 2):
            shared = {"id": digest(relation, a, b, via), "relation": relation, **labels, "via": via}
            result.add_edge(a, b, key=shared["id"], **shared, **_grounds(held[via][a], held[via][b]))
    return result


def _held(graph: Graph, onto_objects: bool) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """For each thing those who hold it, with the statements that say so; loops left out."""
    held: defaultdict[str, defaultdict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for subject, object_, data in graph.edges(data=True):
        holder, via = (object_, subject) if onto_objects else (subject, object_)
        if holder != via:
            held[via][holder].append(data)
    return {via: dict(holders) for via, holders in held.items()}


def _grounds(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> dict[str, Any]:
    """The evidence of both sides, and the confidence of the less sure one."""
    sides = [max((data.get("confidence") or 0 for data in side), default=0) for side in (one, other)]
    evidence = {citation for data in (*one, *other) for citation in data["evidence"]}
    return {"confidence": min(sides), "evidence": tuple(sorted(evidence))}
