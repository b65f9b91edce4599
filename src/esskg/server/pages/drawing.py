"""A network as SVG: for readers without scripts or WebGL, and for paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

WIDTH, HEIGHT, MARGIN = 1000, 640, 40


class Place(NamedTuple):
    """Where a node stands, and its radius in pixels."""

    x: float
    y: float
    size: float


class Stroke(NamedTuple):
    """A line from the rim of one node to the rim of another."""

    x1: float
    y1: float
    x2: float
    y2: float


class Sketch(NamedTuple):
    """The drawing: places by node, and a stroke for each edge in order."""

    width: int
    height: int
    places: dict[str, Place]
    strokes: list[Stroke]


def sketch(nodes: Mapping[str, Place], edges: Iterable[tuple[str, str]]) -> Sketch:
    """Fit positions (y upwards) into the drawing (y downwards), keeping their proportions."""
    if not nodes:
        return Sketch(WIDTH, HEIGHT, {}, [])
    left, right = min(node.x for node in nodes.values()), max(node.x for node in nodes.values())
    low, high = min(node.y for node in nodes.values()), max(node.y for node in nodes.values())
    scale = min((WIDTH - 2 * MARGIN) / max(right - left, 1e-9), (HEIGHT - 2 * MARGIN) / max(high - low, 1e-9))

    def fitted(node: Place) -> Place:
        x = WIDTH / 2 + (node.x - (left + right) / 2) * scale
        y = HEIGHT / 2 - (node.y - (low + high) / 2) * scale
        return Place(round(x, 1), round(y, 1), node.size)

    places = {key: fitted(node) for key, node in nodes.items()}
    return Sketch(WIDTH, HEIGHT, places, [_stroke(places[a], places[b]) for a, b in edges])


def _stroke(start: Place, end: Place) -> Stroke:
    dx, dy = end.x - start.x, end.y - start.y
    length = max((dx * dx + dy * dy) ** 0.5, 1e-9)
    cut = min(end.size + 2, length / 2) / length
    return Stroke(start.x, start.y, round(end.x - dx * cut, 1), round(end.y - dy * cut, 1))
