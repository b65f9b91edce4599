"""Where nodes stand in a drawing: the same graph and seed give the same picture, in any order of nodes.

Each connected part is laid out alone, by Fruchterman and Reingold's forces ("Graph drawing by force-directed
placement", 1991), then the parts are packed in rows, the largest first. Positions mean nothing beyond that
neighbours tend to be near.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Sized
from itertools import combinations, count, product

import networkx as nx
import rustworkx as rx

from esskg.network.projection import Graph
from esskg.network.simple import Simple, components, part, restricted, to_rustworkx, undirected

SEED = 20230418
"""The seed where none is given; drawings record it."""
SPACING = 100.0
"""The room that a node takes in each direction."""
NETWORKX_BELOW = 500
"""Parts with fewer nodes are laid out by networkx (more need SciPy), others by rustworkx."""

Point = tuple[float, float]
Positions = dict[str, Point]


def positions(graph: Graph, seed: int = SEED) -> Positions:
    """Where each node stands, y downwards, so far apart that no two overlap."""
    simple = undirected(graph)
    placed = [_placed(part(simple, nodes), seed) for nodes in components(simple)]
    packed = {node: point for each in _packed(placed) for node, point in each.items()}
    return {node: (round(packed[node][0], 1), round(packed[node][1], 1)) for node in simple}


def completed(graph: Graph, given: Mapping[str, Point] | None) -> Positions:
    """The given positions of a graph's nodes; those that lack one are laid out below."""
    known = {node: given[node] for node in graph if node in given} if given else {}
    rest = positions(restricted(graph, (node for node in graph if node not in known)))
    below = max((y for _, y in known.values()), default=-2 * SPACING) + 2 * SPACING
    return known | {node: (x, y + below) for node, (x, y) in rest.items()}


def joined(placed: Positions, origin: str, newcomers: Sequence[str]) -> Positions:
    """The same positions, with newcomers on rings around the entity that brought them in.

    Nothing that stands moves, so a reader who unfolds a network keeps his bearings.
    """
    x, y = placed.get(origin, (0.0, 0.0))
    grown, taken = dict(placed), list(placed.values())
    free = (spot for spot in _rings(x, y) if all(_apart_enough(spot, other) for other in taken))
    for node in newcomers:
        grown[node] = next(free)
        taken.append(grown[node])
    return grown


def _rings(x: float, y: float) -> Iterator[Point]:
    """Places around a point, nearer ones first, a node's room apart from each other."""
    for ring in count(1):
        radius = ring * 1.3 * SPACING
        room = max(6, math.floor(2 * math.pi * ring * 1.2))
        for place in range(room):
            angle = 2 * math.pi * place / room + ring
            yield round(x + radius * math.cos(angle), 1), round(y + radius * math.sin(angle), 1)


def _apart_enough(a: Point, b: Point) -> bool:
    return math.dist(a, b) >= 0.9 * SPACING


def _placed(component: Simple, seed: int) -> Positions:
    """One connected part, its upper left corner at the origin."""
    if len(component) <= 2:
        return {node: (index * 1.5 * SPACING, 0.0) for index, node in enumerate(component)}
    forced = (
        _by_networkx(component, seed) if len(component) < NETWORKX_BELOW else _by_rustworkx(component, seed)
    )
    return _cornered(_apart(_scaled(forced)))


def _by_networkx(component: Simple, seed: int) -> Positions:
    rounds = max(50, min(200, 2 * len(component)))
    found = nx.spring_layout(component, seed=seed, iterations=rounds, weight=None)
    return {node: (float(x), float(y)) for node, (x, y) in found.items()}


def _by_rustworkx(component: Simple, seed: int) -> Positions:
    found = rx.spring_layout(to_rustworkx(component), seed=seed, num_iter=_rounds(component))
    return {node: (found[index][0], found[index][1]) for index, node in enumerate(component)}


def _box(placed: Positions) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in placed.values()], [y for _, y in placed.values()]
    return min(xs), min(ys), max(xs), max(ys)


def _scaled(placed: Positions) -> Positions:
    """Lying rather than standing, with as much room as its nodes need."""
    left, top, right, bottom = _box(placed)
    scale = SPACING * 1.5 * math.sqrt(len(placed)) / max(right - left, bottom - top)
    flipped = bottom - top > right - left
    scaled = ((node, x * scale, y * scale) for node, (x, y) in placed.items())
    return {node: (y, x) if flipped else (x, y) for node, x, y in scaled}


def _rounds(nodes: Sized) -> int:
    """How often nodes are moved: fewer times the more there are, since every round compares them all."""
    return max(15, min(100, 100_000 // len(nodes)))


def _apart(placed: Positions) -> Positions:
    """Pushes apart what is nearer than ``SPACING``, a little in each round."""
    moved = dict(placed)
    for _ in range(_rounds(placed)):
        pushes = dict.fromkeys(moved, (0.0, 0.0))
        for a, b in _near(moved):
            x, y = _push(moved[a], moved[b])
            pushes[a] = pushes[a][0] - x, pushes[a][1] - y
            pushes[b] = pushes[b][0] + x, pushes[b][1] + y
        if not any(map(any, pushes.values())):
            break
        moved = {node: (x + pushes[node][0], y + pushes[node][1]) for node, (x, y) in moved.items()}
    return moved


def _near(placed: Positions) -> Iterator[tuple[str, str]]:
    """The pairs of nodes that may be nearer than ``SPACING``, each once, found on a grid of that width."""
    cells: dict[tuple[int, int], list[str]] = {}
    for node, (x, y) in placed.items():
        cells.setdefault((math.floor(x / SPACING), math.floor(y / SPACING)), []).append(node)
    for (column, row), nodes in cells.items():
        yield from combinations(nodes, 2)
        for neighbour in ((column + 1, row - 1), (column + 1, row), (column + 1, row + 1), (column, row + 1)):
            yield from product(nodes, cells.get(neighbour, ()))


def _push(a: Point, b: Point) -> Point:
    """Half of what is missing between two points, from the first towards the second."""
    x, y = b[0] - a[0], b[1] - a[1]
    distance = math.hypot(x, y)
    if distance >= SPACING:
        return 0.0, 0.0
    if distance == 0:
        return SPACING / 2, 0.0
    share = (SPACING - distance) / 2 / distance
    return x * share, y * share


def _cornered(placed: Positions) -> Positions:
    left, top, _, _ = _box(placed)
    return {node: (x - left, y - top) for node, (x, y) in placed.items()}


def _packed(parts: list[Positions]) -> Iterator[Positions]:
    """The parts in rows, in their order, about as wide as a screen is for its height."""
    sizes = [_box(each)[2:] for each in parts]
    area = sum((width + 2 * SPACING) * (height + 2 * SPACING) for width, height in sizes)
    row_width = max([math.sqrt(1.6 * area), *(width for width, _ in sizes)])
    x = y = row_height = 0.0
    for each, (width, height) in zip(parts, sizes, strict=True):
        if x and x + width > row_width:
            x, y, row_height = 0.0, y + row_height + 2 * SPACING, 0.0
        yield {node: (x + dx, y + dy) for node, (dx, dy) in each.items()}
        x, row_height = x + width + 2 * SPACING, max(row_height, height)
