"""How kinds of entities and relations look: one table for drawings, legends and exports."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

GREY, GREY_ON_DARK = "#595959", "#A0A7AF"
WHITE = "#FFFFFF"
NO_AMOUNT = 1.5
"""The width of a funding without an amount, in pixels."""
SIZES = (4.0, 18.0)
"""The radius of the least and the best connected node, in pixels."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity: its letter, colour, shape (of vis-network) and name in each language."""

    code: str
    types: tuple[str, ...]
    fill: str
    shape: str
    name: dict[str, str]

    @property
    def border(self) -> str:
        """The colour of the outline."""
        return GREY if self.fill == WHITE else self.fill


@dataclass(frozen=True, slots=True)
class Line:
    """How a relation is drawn."""

    names: tuple[str, ...]
    colour: str
    width: float | Literal["amount"]
    arrow: bool = True
    dark: str = ""

    @property
    def on_dark(self) -> str:
        """The colour on a dark page."""
        return self.dark or self.colour

    def pixels(self, amount: float | None) -> float:
        """The line's width; that of money is its order of magnitude in its own currency, 1 to 6."""
        if self.width != "amount":
            return self.width
        if amount is None or amount <= 0:
            return NO_AMOUNT
        return min(6.0, max(1.0, round(math.log10(amount) - 2, 2)))


@cache
def _table() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(resources.files("esskg.network").joinpath("encodings.toml").read_text("utf-8"))


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order of the legend."""
    return tuple(Kind(**{**row, "types": tuple(row["types"])}) for row in _table()["kinds"])


@cache
def kind(type_: str) -> Kind:
    """The kind of an entity type; the last one for a type without a row."""
    return next((row for row in kinds() if type_ in row.types), kinds()[-1])


@cache
def lines() -> tuple[Line, ...]:
    """All lines; the last is that of relations without a row."""
    return tuple(Line(**{**row, "names": tuple(row["names"])}) for row in _table()["relations"])


@cache
def line(relation: str) -> Line:
    """How a relation is drawn."""
    return next((row for row in lines() if relation in row.names), lines()[-1])


def radius(degree: int, highest: int) -> float:
    """The radius of a node in pixels: its area grows with the number of its neighbours."""
    low, high = SIZES
    return round(low + (high - low) * math.sqrt(degree / highest), 2) if highest else low
