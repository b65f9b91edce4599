"""The graph page: a network around or between entities, or a question's, as a drawing over a table."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.responses import JSONResponse, Response

from esskg.errors import EsskgError
from esskg.network import encodings, layout, projection
from esskg.network.expansion import Tie, expanded, ties
from esskg.network.layout import Positions
from esskg.network.paths import Chain
from esskg.network.projection import Graph
from esskg.server.pages.address import Address
from esskg.server.pages.drawing import Place, Sketch, sketch
from esskg.server.pages.filters import Filters, filters_of
from esskg.server.pages.home import connected, presets
from esskg.server.pages.picture import choices, picture, span, surest
from esskg.server.pages.route import routes_between
from esskg.server.pages.view import DEEPEST, LONGEST, UNFOLDED, View, view_of
from esskg.server.questions import asked, questions
from esskg.server.remedy import remedy
from esskg.server.site import Page, Visit


def graph(visit: Visit) -> Page:
    """The network asked for; without a wish, places to begin, and never the whole graph."""
    view, filters, problem, found = view_of(visit), filters_of(visit), None, None
    try:
        found = None if view.empty else network(visit, view)
    except EsskgError as error:
        problem = remedy(visit, error)
    shown = (
        None if found is None else picture(visit, found.graph, found.places, filters) | {"total": found.total}
    )
    data = {
        "view": view,
        "problem": problem,
        "network": shown,
        "chains": None if found is None else found.chains,
    }
    return Page(
        "graph.html",
        _title(visit, view, shown),
        data,
        status=404 if problem else 200,
        drawn=_drawn(visit, view, filters, shown),
    )


class Found(NamedTuple):
    """A network with where its entities stand."""

    graph: Graph
    places: Positions
    total: int
    """Links before they were cut to as many as are shown."""
    chains: list[Chain] | None
    """The paths asked for; None where none were."""


def links_of(visit: Visit) -> Response:
    """In what ways, and how often, an entity is linked with others: what unfolding it would bring."""
    view, entity = view_of(visit), visit.asked("of")
    found = ties(visit.snapshot.project.store, visit.snapshot.base, entity, review=view.review)
    return JSONResponse({"ties": [asdict(tie) | {"label": _told(visit, tie)} for tie in found]})


def _told(visit: Visit, tie: Tie) -> str:
    """The relation as the entity has it: "finances", "is financed by"."""
    backwards = f"inverse.{tie.relation}"
    if not tie.outgoing and visit.words.has(backwards):
        return visit.words(backwards)
    return tie.label_fr if visit.language == "fr" else tie.label_en


def network(visit: Visit, view: View) -> Found:
    """What a view shows before filters. Raises EsskgError where an entity or question isn't known."""
    start, chains = _start(visit, view)
    shown = surest(start, view.most)
    cut = start.number_of_edges() - shown.number_of_edges()
    places = layout.positions(shown)
    for by in view.expand:
        known = set(shown)
        shown = expanded(shown, visit.snapshot.project.store, by, review=view.review)
        places = layout.joined(places, by.entity, [node for node in shown if node not in known])
    places |= {pin.entity: (pin.x, pin.y) for pin in view.pins if pin.entity in places}
    return Found(shown, places, shown.number_of_edges() + cut, chains)


def _start(visit: Visit, view: View) -> tuple[Graph, list[Chain] | None]:
    project = visit.snapshot.project
    if view.path:
        return routes_between(visit, view)
    if view.question:
        sparql = asked(visit.snapshot, view.question, view.given)
        return projection.project(
            project.store, base=visit.snapshot.base, query=sparql, language=visit.language, review=view.review
        ), None
    return project.network(view.around, depth=view.depth, language=visit.language, review=view.review), None


def _title(visit: Visit, view: View, shown: dict[str, Any] | None) -> str:
    names = {node["key"]: node["name"] for node in shown["nodes"]} if shown else {}
    between = " – ".join(names.get(end, end) for end in view.path)
    about = between or ", ".join(names.get(start, start) for start in view.around) or _question(visit, view)
    return f"{visit.words('graph.title')} – {about}" if about else str(visit.words("graph.title"))


def _question(visit: Visit, view: View) -> str:
    """The title of the question asked; nothing where there is none, its name where the catalogue lacks it."""
    titles = {question.name: question.title for question in questions(visit.snapshot, visit.language)}
    return titles.get(view.question, view.question)


def _drawn(visit: Visit, view: View, filters: Filters, shown: dict[str, Any] | None) -> dict[str, Any]:
    address = Address(visit)
    common = {"deepest": DEEPEST, "longest": LONGEST, "unfolded": UNFOLDED, "also": address.also}
    if shown is None:
        return common | {
            "connected": connected(visit, 12),
            "presets": presets(visit),
            "questions": questions(visit.snapshot, visit.language),
        }
    return common | {
        "sketch": _sketch(shown),
        "ends": {node["key"]: node for node in shown["nodes"]},
        "choices": choices(visit, shown),
        "span": span(shown),
        "filters": filters,
        "left": sum(edge["shown"] for edge in shown["edges"]),
        "kept": address.structure,
        "unfiltered": f"?{urlencode(address.structure)}",
        "line": encodings.line,
    }


def _sketch(shown: dict[str, Any]) -> Sketch:
    places = {node["key"]: Place(node["x"], node["y"], node["size"]) for node in shown["nodes"]}
    return sketch(places, [(edge["source"], edge["target"]) for edge in shown["edges"]])
