"""The graph page: the network around some entities, or a question's, as a drawing over a table."""

from __future__ import annotations

from typing import Any, NamedTuple

from esskg.errors import EsskgError
from esskg.network import encodings, layout, projection
from esskg.network.projection import Graph
from esskg.network.simple import restricted
from esskg.server.pages.drawing import Place, Sketch, sketch
from esskg.server.pages.home import connected
from esskg.server.questions import asked, questions
from esskg.server.refs import page_address
from esskg.server.remedy import remedy
from esskg.server.site import Page, Visit

DEEPEST, MOST = 3, 800
"""Steps from the entities asked for; edges shown, the surest first."""
RESERVED = frozenset(("around", "q", "depth", "question"))


class Wish(NamedTuple):
    """What a visitor wants to see: around whom and how far, or what a question of the catalogue finds."""

    around: list[str]
    depth: int
    question: str
    given: dict[str, str]
    """Parameters of the question."""


def graph(visit: Visit) -> Page:
    """The network asked for; without a wish, places to begin, and never the whole graph."""
    wish, problem, network = _wish(visit), None, None
    try:
        network = _network(visit, wish) if wish.around or wish.question else None
    except EsskgError as error:
        problem = remedy(visit, error)
    data = {"wish": wish, "problem": problem, "network": network}
    title = _title(visit, wish, network)
    return Page("graph.html", title, data, status=404 if problem else 200, drawn=_drawn(visit, network))


def _title(visit: Visit, wish: Wish, network: dict[str, Any] | None) -> str:
    names = {node["key"]: node["name"] for node in network["nodes"]} if network else {}
    about = ", ".join(names.get(start, start) for start in wish.around) or _question(visit, wish)
    return f"{visit.words('graph.title')} – {about}" if about else str(visit.words("graph.title"))


def _question(visit: Visit, wish: Wish) -> str:
    """The title of the question asked; nothing where there is none, its name where the catalogue lacks it."""
    titles = {question.name: question.title for question in questions(visit.snapshot, visit.language)}
    return titles.get(wish.question, wish.question)


def _wish(visit: Visit) -> Wish:
    parameters = visit.request.query_params
    slugs = [slug for value in parameters.getlist("around") for slug in value.split()]
    depth = visit.asked("depth", "1")
    return Wish(
        [*slugs, *filter(None, [visit.asked("q")])],
        min(max(int(depth), 1), DEEPEST) if depth.isdecimal() and len(depth) < 3 else 1,
        visit.asked("question"),
        {name: value for name, value in parameters.items() if name not in RESERVED and value},
    )


def _drawn(visit: Visit, network: dict[str, Any] | None) -> dict[str, Any]:
    if network is not None:
        ends = {node["key"]: node for node in network["nodes"]}
        return {"deepest": DEEPEST, "sketch": _sketch(network), "ends": ends}
    return {
        "deepest": DEEPEST,
        "connected": connected(visit, 12),
        "questions": questions(visit.snapshot, visit.language),
    }


def _network(visit: Visit, wish: Wish) -> dict[str, Any]:
    found = _projection(visit, wish)
    edges = sorted(
        found.edges(data=True), key=lambda edge: (-(edge[2].get("confidence") or 0), edge[2]["id"])
    )
    shown = [_edge(visit, *edge) for edge in edges[:MOST]]
    ends = {end for edge in shown for end in (edge["source"], edge["target"])}
    degrees = dict(found.degree(ends))
    highest = max(degrees.values(), default=1)
    places = layout.positions(restricted(found, ends))
    nodes = [
        _node(visit, key, found.nodes[key], encodings.radius(degrees[key], highest), degrees[key])
        | dict(zip(("x", "y"), places[key], strict=True))
        for key in sorted(ends, key=lambda key: (-degrees[key], key))
    ]
    return {"nodes": nodes, "edges": shown, "total": len(edges)}


def _projection(visit: Visit, wish: Wish) -> Graph:
    project = visit.snapshot.project
    if not wish.question:
        return project.network(wish.around, depth=wish.depth, language=visit.language)
    sparql = asked(visit.snapshot, wish.question, wish.given)
    return projection.project(project.store, base=visit.snapshot.base, query=sparql, language=visit.language)


def _node(visit: Visit, key: str, data: dict[str, Any], size: float, degree: int) -> dict[str, Any]:
    kind = encodings.kind(data["type"])
    return {
        "key": key,
        "name": data["label"],
        "language": data["label_language"],
        "type": data["type"],
        "fill": kind.fill,
        "border": kind.border,
        "shape": kind.shape,
        "size": size,
        "degree": degree,
        "href": page_address(visit.snapshot, data["iri"], visit.language),
    }


def _edge(visit: Visit, source: str, target: str, data: dict[str, Any]) -> dict[str, Any]:
    line = encodings.line(data["relation"])
    return {
        "id": data["id"],
        "source": source,
        "target": target,
        "relation": data["relation"],
        "label": data[f"label_{visit.language}"],
        "colour": line.colour,
        "width": line.pixels(data.get("amount")),
        "arrow": line.arrow,
        "confidence": data.get("confidence"),
        "details": _details(visit, data),
        "href": f"/{visit.language}/statement/{data['id']}" if data["evidence"] else "",
        "evidence": [_citation(visit, citation) for citation in data["evidence"]],
    }


def _details(visit: Visit, data: dict[str, Any]) -> str:
    parts = [data.get("role", "")]
    if "amount" in data:
        amount, currency = data["amount"], data.get("currency")
        parts.append(visit.words.money(amount, currency) if currency else visit.words.number(amount))
    if "date" in data:
        parts.append(visit.words.period(data["date"]))
    return " · ".join(filter(None, parts))


def _citation(visit: Visit, citation: Any) -> dict[str, str]:
    place = page_address(visit.snapshot, citation.iri, visit.language)
    if place != citation.iri:
        place += f"#ev-{citation.id.rsplit('/', 1)[-1]}"
    names = ("title", "date", "text", "prefix", "suffix")
    return {"href": place} | {name: getattr(citation, name) for name in names}


def _sketch(network: dict[str, Any]) -> Sketch:
    places = {node["key"]: Place(node["x"], node["y"], node["size"]) for node in network["nodes"]}
    return sketch(places, [(edge["source"], edge["target"]) for edge in network["edges"]])
