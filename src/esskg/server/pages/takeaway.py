"""What the graph page shows, as a file: a drawing, a network for other programs, or a table."""

from __future__ import annotations

import csv
import io
from typing import Any

from starlette.responses import Response

from esskg.drawing import Drawing
from esskg.network.projection import Graph
from esskg.server.pages.drawing import Place, sketch
from esskg.server.pages.filters import Filters, filters_of
from esskg.server.pages.graph import network
from esskg.server.pages.picture import picture
from esskg.server.pages.view import view_of
from esskg.server.problems import Problem
from esskg.server.site import Visit, environment, shared

MEDIA = {
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "csv": "text/csv; charset=utf-8",
}
COLUMNS = ("source", "relation", "target", "details", "confidence", "state", "document", "date", "sentence")


def takeaway(visit: Visit) -> Response:
    """The network of an address, as far as its filters show it, in one of `MEDIA`.

    Raises EsskgError where an entity or question isn't known, Problem where nothing is asked for.
    """
    ending, view, filters = visit.request.path_params["ending"], view_of(visit), filters_of(visit)
    if view.empty:
        raise Problem(400, "Nothing is asked for: add around=, path= or question= to the address.")
    found = network(visit, view)
    graph = _shown(found.graph, filters)
    places = {node: found.places[node] for node in graph}
    if ending in ("svg", "csv"):
        shown = picture(visit, graph, places, filters)
        content = _svg(visit, shown) if ending == "svg" else _csv(shown)
    else:
        title = visit.snapshot.project.settings.title_in(visit.language)
        drawing = Drawing(graph, title, visit.language, places, visit.snapshot.version.id)
        content = drawing.content(f".{ending}")
    saved = {"Content-Disposition": f'attachment; filename="esskg-graph.{ending}"'}
    return Response(content, media_type=MEDIA[ending], headers=saved)


def _shown(graph: Graph, filters: Filters) -> Graph:
    """The links that the filters let through, and what they link."""
    kept: Graph = graph.copy()
    for source, target, key, data in graph.edges(keys=True, data=True):
        if not filters.shows(graph, source, target, data):
            kept.remove_edge(source, target, key)
    kept.remove_nodes_from([node for node, degree in kept.degree() if not degree])
    return kept


def _svg(visit: Visit, shown: dict[str, Any]) -> bytes:
    places = {node["key"]: Place(node["x"], node["y"], node["size"]) for node in shown["nodes"]}
    drawn = sketch(places, [(edge["source"], edge["target"]) for edge in shown["edges"]])
    context = shared(visit.request, visit.language) | {
        "network": shown,
        "sketch": drawn,
        "version": visit.snapshot.version.id,
    }
    return environment().get_template("graph.svg").render(context).encode()


def _csv(shown: dict[str, Any]) -> bytes:
    """One row for each sentence that says a statement, or for a statement without one."""
    names = {node["key"]: node["name"] for node in shown["nodes"]}
    buffer = io.StringIO()
    rows = csv.writer(buffer)
    rows.writerow(COLUMNS)
    for edge in shown["edges"]:
        start = (names[edge["source"]], edge["label"], names[edge["target"]])
        about = (edge["details"], edge["confidence"], edge["state"])
        for proof in edge["evidence"] or [{"title": "", "date": "", "text": ""}]:
            rows.writerow((*start, *about, proof["title"], proof["date"], proof["text"]))
    return buffer.getvalue().encode()
