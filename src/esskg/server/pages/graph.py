"""The graph page: the network around some entities, or a question's, as a drawing over a table."""

from __future__ import annotations

from typing import Any

from esskg.errors import EsskgError
from esskg.network import encodings
from esskg.server.pages.drawing import Place, Sketch, sketch
from esskg.server.pages.home import connected
from esskg.server.questions import questions
from esskg.server.refs import page_address
from esskg.server.site import Page, Visit

DEEPEST, MOST = 3, 800
"""Steps from the entities asked for; edges shown, the surest first."""


def graph(visit: Visit) -> Page:
    """The network asked for; without a wish, places to begin, and never the whole graph."""
    around = [
        slug for value in visit.request.query_params.getlist("around") for slug in value.split() if slug
    ]
    wish = {
        "around": around,
        "q": visit.asked("q"),
        "question": visit.asked("question"),
        "depth": _depth(visit),
    }
    problem = ""
    network = None
    if wish["q"] or around or wish["question"]:
        try:
            network = _network(visit, wish)
        except EsskgError as error:
            problem = str(error)
    data: dict[str, Any] = {"wish": wish, "problem": problem, "network": network, "deepest": DEEPEST}
    data |= {
        "questions": questions(visit.snapshot, visit.language),
        "connected": connected(visit, 12) if network is None else [],
    }
    drawn = (
        {"sketch": _sketch(network), "ends": {node["key"]: node for node in network["nodes"]}}
        if network
        else {}
    )
    return Page("graph.html", visit.words("graph.title"), data, status=404 if problem else 200, drawn=drawn)


def _depth(visit: Visit) -> int:
    asked = visit.asked("depth", "1")
    return min(max(int(asked), 1), DEEPEST) if asked.isdecimal() else 1


def _network(visit: Visit, wish: dict[str, Any]) -> dict[str, Any]:
    project = visit.snapshot.project
    starts = [*wish["around"], *([wish["q"]] if wish["q"] else [])]
    if wish["question"]:
        found = project.network(query=wish["question"], language=visit.language)
    else:
        found = project.network(starts, depth=wish["depth"], language=visit.language)
    edges = sorted(
        found.edges(data=True), key=lambda edge: (-(edge[2].get("confidence") or 0), edge[2]["id"])
    )
    shown = [_edge(visit, *edge) for edge in edges[:MOST]]
    ends = {end for edge in shown for end in (edge["source"], edge["target"])}
    degrees = dict(found.degree(ends))
    highest = max(degrees.values(), default=1)
    nodes = [
        _node(visit, key, found.nodes[key], encodings.radius(degrees[key], highest), degrees[key])
        for key in sorted(ends, key=lambda key: (-degrees[key], key))
    ]
    return {"nodes": nodes, "edges": shown, "total": len(edges)}


def _node(visit: Visit, key: str, data: dict[str, Any], size: float, degree: int) -> dict[str, Any]:
    kind = encodings.kind(data["type"])
    x, y = visit.snapshot.project.positions.get(key, (0.0, 0.0))
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
        "x": x,
        "y": y,
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
