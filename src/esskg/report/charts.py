"""Charts as SVG and PNG, in the colours of the legend, which colour-blind readers tell apart.

Fonts, hashes and dates are set, so that two runs give the same bytes.
"""

from __future__ import annotations

import heapq
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from esskg.network import encodings
from esskg.network.layout import positions
from esskg.network.projection import Graph
from esskg.network.simple import Simple, restricted, undirected

INK, BARS = "#1d2125", "#0072B2"
_STYLE: Any = {
    "svg.hashsalt": "esskg",
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "axes.edgecolor": "#595959",
}
_MARKERS = {
    "dot": "o",
    "hexagon": "h",
    "star": "*",
    "triangle": "^",
    "box": "s",
    "square": "s",
    "diamond": "D",
    "triangleDown": "v",
}
DRAWN = 60
"""Entities in a drawing at most."""
LABELLED = 15
"""Names in a drawing: of those who have most links."""


class Chart(NamedTuple):
    """The same drawing twice."""

    svg: bytes
    png: bytes


def drawn(draw: Callable[[Axes], None], width: float, height: float) -> Chart:
    """A chart of so many inches."""
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.add_subplot())
        return Chart(_saved(figure, "svg", {"Date": None}), _saved(figure, "png", {"Software": None}))


def _saved(figure: Figure, format: str, metadata: dict[str, None]) -> bytes:
    output = io.BytesIO()
    figure.savefig(output, format=format, dpi=200, metadata=metadata)
    return output.getvalue()


def bars(values: Mapping[str, float], shown: Callable[[float], str]) -> Chart:
    """Horizontal bars in the order given, each with its value."""
    names, sizes = list(values), list(values.values())

    def draw(axes: Axes) -> None:
        found = axes.barh(names, sizes, color=BARS, height=0.6)
        axes.bar_label(found, [shown(size) for size in sizes], padding=3, color=INK)
        axes.invert_yaxis()
        axes.set_xlim(0, max(sizes, default=1) * 1.25)
        axes.xaxis.set_visible(False)
        axes.spines[["top", "right", "bottom"]].set_visible(False)

    return drawn(draw, 6.6, 0.5 + 0.3 * len(names))


def columns(values: Mapping[str, int]) -> Chart:
    """Upright bars, one for each year in the order given."""

    def draw(axes: Axes) -> None:
        found = axes.bar(list(values), list(values.values()), color=BARS, width=0.7)
        axes.bar_label(found, padding=2, color=INK)
        axes.yaxis.set_visible(False)
        axes.tick_params(axis="x", rotation=60)
        axes.spines[["top", "right", "left"]].set_visible(False)

    return drawn(draw, 6.6, 2.2)


# --- networks ------------------------------------------------------------------------------------------


def network(graph: Graph) -> tuple[Chart, list[str], int]:
    """A network drawn as in the legend, its entities by falling degree, and how many of them are drawn.

    Of a larger one only a connected part is drawn, grown from the best linked entity.
    """
    simple = undirected(graph)
    order = sorted(graph, key=lambda node: (-simple.degree[node], node))
    part = restricted(graph, order if len(order) <= DRAWN else _grown(simple, order))
    places, degrees = positions(part), dict(simple.degree())
    return drawn(lambda axes: _network(axes, part, places, degrees, order), 6.6, 4.6), order, len(part)


def _grown(simple: Simple, order: Sequence[str]) -> list[str]:
    """The best linked entity, then again and again the best linked neighbour of those taken."""
    place = {node: index for index, node in enumerate(order)}
    taken, edge = set[str](), [0]
    while edge and len(taken) < DRAWN:
        node = order[heapq.heappop(edge)]
        if node not in taken:
            taken.add(node)
            for other in simple[node]:
                heapq.heappush(edge, place[other])
    return sorted(taken)


def _network(
    axes: Axes, graph: Graph, places: Mapping[str, Any], degrees: Mapping[str, int], order: Sequence[str]
) -> None:
    axes.set_axis_off()
    for a, b, data in sorted(graph.edges(data=True), key=lambda edge: str(edge[2]["id"])):
        _link(axes, places[a], places[b], encodings.line(data["relation"]))
    highest = max((degrees[node] for node in graph), default=1)
    for node in sorted(graph):
        _mark(axes, places[node], graph.nodes[node]["type"], encodings.radius(degrees[node], highest))
    for node in (node for node in order[:LABELLED] if node in graph):
        axes.annotate(
            _short(graph.nodes[node]["label"]),
            places[node],
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            fontsize=6.5,
            color=INK,
            bbox={"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.5},
        )
    axes.margins(0.08)


def _link(axes: Axes, start: Any, end: Any, line: encodings.Line) -> None:
    style = "-|>" if line.arrow else "-"
    arrow = {"arrowstyle": style, "color": line.colour, "lw": 0.8, "shrinkA": 4, "shrinkB": 5, "alpha": 0.8}
    axes.annotate("", xy=end, xytext=start, arrowprops=arrow)


def _mark(axes: Axes, place: Any, type_: str, radius: float) -> None:
    kind = encodings.kind(type_)
    marker = _MARKERS.get(kind.shape, "o")
    x, y = place
    axes.scatter(x, y, s=radius**2, marker=marker, c=kind.fill, edgecolors=kind.border, zorder=3)


def _short(label: str) -> str:
    return label if len(label) <= 28 else f"{label[:27].rstrip()}…"
