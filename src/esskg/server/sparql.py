"""The query operation of the SPARQL 1.1 Protocol on a project, at ``/sparql``."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from esskg.query.formats import GRAPHS
from esskg.server.description import service_description
from esskg.server.i18n import preferred
from esskg.server.negotiate import HTML, best, wants_html
from esskg.server.problems import Problem
from esskg.server.protocol import answer_wish, read_wish
from esskg.server.snapshot import Service, Snapshot


async def sparql(request: Request) -> Response:
    """Answer a query, or describe the service where none is asked."""
    service: Service = request.app.state.service
    snapshot = service.asked(request)
    if request.method in {"GET", "HEAD"} and "query" not in request.query_params:
        return _without_query(request, snapshot)
    wish = await read_wish(request, service.limits.timeout)
    if wish.format is None and request.method == "GET" and wants_html(request.headers):
        return _query_page(request, wish.query)
    return await answer_wish(request, service, wish)


def _without_query(request: Request, snapshot: Snapshot) -> Response:
    if wants_html(request.headers):
        return _query_page(request)
    choice = best(request.headers.get("accept"), (*GRAPHS, HTML))
    if choice is None:
        raise Problem(
            406, "The description of the service is offered as Turtle, JSON-LD, N-Triples or RDF/XML."
        )
    body = service_description(snapshot, str(request.url_for("sparql")), choice.format)
    return Response(body, media_type=choice.media_type, headers={"Vary": "Accept"})


def _query_page(request: Request, query: str | None = None) -> Response:
    asked = "?" + urlencode({"query": query}) if query else ""
    return RedirectResponse(f"/{preferred(request)}/query{asked}", 303, {"Vary": "Accept, Accept-Language"})
