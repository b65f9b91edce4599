"""A drawing of an entity and its neighbours: who acts on it to the left, what it acts on to the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from esskg.network import encodings
from esskg.server.refs import Ref
from esskg.server.statements import Statement

ROW, WIDTH, NODE, MOST = 30, 920, 260, 30
"""Pixels: a row, the drawing, from its edges to the columns; and the most neighbours on a side."""
SHORT = 34
"""Characters of a name that fit beside a node."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A neighbour with its place and the line that leads to it."""

    ref: Ref
    short: str
    label: str
    href: str
    """Of the statement."""
    x: float
    y: float
    left: bool
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Ego:
    """The drawing's size and contents."""

    centre: Ref
    x: float
    y: float
    width: int
    height: int
    neighbours: tuple[Neighbour, ...]
    left_out: int


def ego(centre: Ref, statements: Iterable[Statement]) -> Ego:
    """Lay out the neighbours that some statements, the surest first, connect with an entity."""
    sides: dict[bool, dict[tuple[str, str], Statement]] = {True: {}, False: {}}
    for statement in statements:
        assert statement.object is not None
        incoming = statement.object.iri == centre.iri
        other = statement.subject if incoming else statement.object
        sides[incoming].setdefault((other.iri, statement.predicate), statement)
    rows = max(min(len(side), MOST) for side in sides.values())
    height = max(rows, 3) * ROW + 20
    placed = [item for left, side in sides.items() for item in _column(side.values(), height, left=left)]
    left_out = sum(max(len(side) - MOST, 0) for side in sides.values())
    return Ego(centre, WIDTH / 2, height / 2, WIDTH, height, tuple(placed), left_out)


def _column(side: Iterable[Statement], height: int, *, left: bool) -> Iterator[Neighbour]:
    shown = sorted(list(side)[:MOST], key=lambda statement: (statement.predicate, statement.id))
    top = (height - len(shown) * ROW) / 2 + ROW / 2
    for place, statement in enumerate(shown):
        other = statement.subject if left else statement.object
        assert other is not None
        line = encodings.line(statement.predicate)
        label = statement.label.text
        x = NODE if left else WIDTH - NODE
        yield Neighbour(
            other, shorten(other.name), label, statement.href, x, top + place * ROW, left, line.colour, 1.5
        )


def shorten(name: str, most: int = SHORT) -> str:
    """A name that fits, with an ellipsis where it was longer."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
