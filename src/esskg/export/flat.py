"""A projection whose attributes are only words and numbers, for formats that know nothing else."""

from __future__ import annotations

import re
from typing import Any

import networkx as nx

from esskg.network.encodings import kind, line, radius
from esskg.network.layout import Positions, completed
from esskg.network.projection import Graph
from esskg.network.simple import undirected
from esskg.network.source import Citation

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def flat(graph: Graph, placed: Positions | None = None) -> Graph:
    """A copy whose nodes also have a colour (``r``, ``g``, ``b``), a ``size`` and a place (``x``, ``y``).

    Edges have one ``label``, in the language of the projection, their quoted ``evidence`` and the ``sources``
    it stands in, a line for each. Nodes without a given position are laid out.
    """
    places = completed(graph, placed)
    degrees = dict(undirected(graph).degree)
    highest = max(degrees.values(), default=0)
    language = graph.graph.get("language", "en")
    copy: Graph = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        x, y = places[node]
        look = {"size": radius(degrees[node], highest), "x": x, "y": -y} | rgb(kind(data["type"]).fill)
        copy.add_node(node, **_plain(data), **look)
    for a, b, key, data in graph.edges(keys=True, data=True):
        copy.add_edge(a, b, key=key, **_edge(data, language))
    return copy


def rgb(colour: str) -> dict[str, int]:
    """The parts of a ``#RRGGBB`` colour."""
    return {part: int(colour[at : at + 2], 16) for part, at in (("r", 1), ("g", 3), ("b", 5))}


def edge_colour(relation: str) -> dict[str, int]:
    """The colour of a relation."""
    return rgb(line(relation).colour)


def _edge(data: dict[str, Any], language: str) -> dict[str, Any]:
    evidence: tuple[Citation, ...] = data["evidence"]
    words = {
        "label": data.get(f"label_{language}", data["label_en"]),
        "evidence": "\n".join(each.text for each in evidence if each.text),
        "sources": "\n".join(" ".join(filter(None, (each.title, each.date, each.iri))) for each in evidence),
    }
    return _plain({key: value for key, value in data.items() if key not in {"id", "evidence"}} | words)


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """Without what XML can't hold."""
    return {key: clean(value) if isinstance(value, str) else value for key, value in data.items()}


def clean(text: str) -> str:
    """A text without what XML can't hold."""
    return _NOT_XML.sub("", text)
