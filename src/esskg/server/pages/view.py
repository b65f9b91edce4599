"""What a visitor asks the graph page to show: everything stands in the address, so that it can be sent on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from esskg.network.expansion import Expansion
from esskg.server.site import Visit

DEEPEST, LONGEST = 4, 8
"""Steps from the entities asked for; steps of a path."""
MOST, AT_ALL = 800, 5000
"""Links shown, the surest first: unless more are asked for, and at all."""
UNFOLDED = 25
"""Links that unfolding an entity brings in, unless more are asked for."""
_PIN = re.compile(r"([^:]+):(-?\d{1,7}):(-?\d{1,7})", re.ASCII)
STRUCTURE = frozenset(
    ("around", "q", "depth", "question", "path", "longest", "hub", "expand", "state", "most")
)
FILTERS = frozenset(("type", "rel", "from", "to", "undated", "src", "min_conf", "country", "words", "hide"))
LOOKS = frozenset(("isolated", "color", "size", "sel", "cam", "focus", "pin"))
RESERVED = STRUCTURE | FILTERS | LOOKS
"""Parameters of the page; all others are those of its question."""


class Pin(NamedTuple):
    """Where a visitor has put an entity."""

    entity: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class View:
    """The network that is asked for; how much of it is shown, filters say."""

    around: tuple[str, ...]
    """Names or slugs of entities to begin with."""
    depth: int
    question: str
    """Of the catalogue, instead of a beginning."""
    given: dict[str, str]
    """Parameters of the question."""
    path: tuple[str, ...] = ()
    """Two entities to find the shortest chains between."""
    longest: int = 6
    hub: int | None = None
    """Entities with more neighbours than this aren't passed through."""
    expand: tuple[Expansion, ...] = ()
    review: bool = False
    """Whether statements that are still to be reviewed are shown as well."""
    most: int = MOST
    pins: tuple[Pin, ...] = ()
    unknown: tuple[str, ...] = ()
    """Parameters that mean nothing here."""

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for yet."""
        return not (self.around or self.question or self.path)


def view_of(visit: Visit) -> View:
    """The view that an address describes."""
    parameters = visit.request.query_params
    slugs = [slug for value in parameters.getlist("around") for slug in value.split()]
    question = visit.asked("question")
    others = {name: value for name, value in parameters.items() if name not in RESERVED and value}
    return View(
        around=(*slugs, *filter(None, [visit.asked("q")])),
        depth=_number(visit, "depth", 1, DEEPEST) or 1,
        question=question,
        given=others if question else {},
        path=tuple(filter(None, map(str.strip, parameters.getlist("path"))))[:2],
        longest=_number(visit, "longest", 1, LONGEST) or 6,
        hub=_number(visit, "hub", 1, AT_ALL),
        expand=tuple(map(_expansion, parameters.getlist("expand"))),
        review=visit.asked("state") == "review",
        most=_number(visit, "most", 1, AT_ALL) or MOST,
        pins=tuple(_pins(parameters.getlist("pin"))),
        unknown=() if question else tuple(others),
    )


def _number(visit: Visit, name: str, least: int, most: int) -> int | None:
    """A whole number within bounds; None where none is given."""
    value = visit.asked(name)
    return min(max(int(value), least), most) if value.isdecimal() and len(value) < 6 else None


def _pins(texts: Iterable[str]) -> Iterator[Pin]:
    """``slug:x:y``; what is written otherwise is left out."""
    for text in texts:
        if found := _PIN.fullmatch(text):
            yield Pin(found[1], float(found[2]), float(found[3]))


def _expansion(text: str) -> Expansion:
    """``slug``, ``slug:relation``, ``slug:relation:out`` (or ``in``), and how many: ``slug:::50``."""
    slug, relation, way, most, *_ = [*text.strip().split(":"), "", "", ""]
    return Expansion(
        slug,
        relation or None,
        {"out": True, "in": False}.get(way),
        min(int(most), AT_ALL) if most.isdecimal() and len(most) < 6 else UNFOLDED,
    )
