"""Nodes and edges as vis-network draws them: encodings applied, parallel edges curved or folded together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pyvis.network import Network  # type: ignore[import-untyped]

from esskg.network.encodings import GREY, GREY_ON_DARK, WHITE, Line, kind, line, radius
from esskg.network.layout import Positions
from esskg.network.projection import Graph
from esskg.network.simple import undirected

UNSURE_BELOW = 0.8
"""Statements of less confidence are dashed."""
CURVED = {1: (0.0,), 2: (-0.12, 0.12), 3: (-0.2, 0.0, 0.2)}
"""How far parallel edges bend to either side; more of them are drawn as one."""
LABEL = 28
"""Characters of a name that are shown beside its node."""

Data = dict[str, Any]
Edge = tuple[str, str, Data]

_OPTIONS = """{
  "physics": {"enabled": false},
  "layout": {"randomSeed": 1, "improvedLayout": false},
  "interaction": {"hover": true, "tooltipDelay": 120, "keyboard": {"enabled": true, "bindToWindow": false}},
  "nodes": {"physics": false},
  "edges": {"physics": false, "smooth": false, "selectionWidth": 2, "hoverWidth": 0.5,
            "arrows": {"to": {"scaleFactor": 0.6}, "from": {"scaleFactor": 0.6}},
            "selfReference": {"size": 14}}
}"""


def vis_network(graph: Graph, placed: Positions, times: str) -> tuple[Network, dict[str, str]]:
    """The model of a drawing, and for each statement (by id) the edge of it that shows it.

    Nodes and edges get ids of their own, ``n0`` and ``e0`` on, so that no name of the graph becomes one.
    ``times`` is how a folded edge says how many it stands for.
    """
    network = Network(directed=True)
    network.set_options(_OPTIONS)
    ids = node_ids(graph)
    network.nodes = list(_nodes(graph, placed, ids))
    shown_by = dict[str, str]()
    for number, (edges, bend) in enumerate(_lines(graph)):
        drawn = _edge(edges, bend, ids, times)
        network.edges.append({"id": f"e{number}", **drawn})
        shown_by |= {data["id"]: f"e{number}" for _, _, data in edges}
    return network, shown_by


def node_ids(graph: Graph) -> dict[str, str]:
    """The id in the drawing of each node."""
    return {node: f"n{number}" for number, node in enumerate(sorted(graph))}


def is_unsure(data: Data) -> bool:
    """Whether an edge needs a second look: little confidence, or nothing cited."""
    return not data["evidence"] or data.get("confidence", 0.0) < UNSURE_BELOW


def short(label: str) -> str:
    """A name cut to what fits beside a node."""
    return label if len(label) <= LABEL else label[: LABEL - 1].rstrip() + "…"


# --- nodes -------------------------------------------------------------------------------------------


def _nodes(graph: Graph, placed: Positions, ids: dict[str, str]) -> Iterator[Data]:
    degrees = dict(undirected(graph).degree)
    highest = max(degrees.values(), default=0)
    for node, id_ in ids.items():
        data, look = graph.nodes[node], kind(graph.nodes[node]["type"])
        yield {
            "id": id_,
            "label": short(data["label"]),
            "title": data["label"],
            "x": placed[node][0],
            "y": placed[node][1],
            "code": look.code,
            "shape": look.shape,
            "size": radius(degrees[node], highest),
            "color": {"background": look.fill, "border": look.border},
            "borderWidth": 2 if look.fill == WHITE else 1.5,
        }


# --- edges -------------------------------------------------------------------------------------------


def _lines(graph: Graph) -> Iterator[tuple[list[Edge], float]]:
    """The edges to draw as one line each, with its bend."""
    by_pair: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
    for a, b, data in sorted(graph.edges(data=True), key=lambda edge: edge[2]["id"]):
        by_pair[min(a, b), max(a, b)].append((a, b, data))
    for _, edges in sorted(by_pair.items()):
        if len(edges) in CURVED:
            yield from zip(([edge] for edge in edges), CURVED[len(edges)], strict=True)
        else:
            yield edges, 0.0


def _edge(edges: list[Edge], bend: float, ids: dict[str, str], times: str) -> Data:
    a, b = min(edges[0][:2]), max(edges[0][:2])
    looks = [line(data["relation"]) for _, _, data in edges]
    colour, dark = _colours(looks)
    unsure = all(is_unsure(data) for _, _, data in edges)
    look = {
        "color": colour,
        "dark": dark if dark != colour else None,
        "width": _width(edges, looks),
        "arrows": _arrows(edges, looks, a),
        "dashes": unsure,
        "smooth": _smooth(bend),
        "label": times.format(count=len(edges)) if len(edges) > 1 else "",
    }
    return {"from": ids[a], "to": ids[b]} | {name: value for name, value in look.items() if value}


def _colours(looks: list[Line]) -> tuple[str, str]:
    """The colour that all relations of a line share, on a light and on a dark page."""
    if len({look.colour for look in looks}) > 1:
        return GREY, GREY_ON_DARK
    return looks[0].colour, looks[0].on_dark


def _width(edges: list[Edge], looks: list[Line]) -> float:
    return max(look.pixels(data.get("amount")) for look, (_, _, data) in zip(looks, edges, strict=True))


def _arrows(edges: list[Edge], looks: list[Line], first: str) -> str:
    pointed = [start for (start, _, _), look in zip(edges, looks, strict=True) if look.arrow]
    ends = {"to" if start == first else "from" for start in pointed}
    return ", ".join(sorted(ends))


def _smooth(bend: float) -> bool | Data:
    return bool(bend) and {
        "enabled": True,
        "type": "curvedCW" if bend > 0 else "curvedCCW",
        "roundness": abs(bend),
    }
