"""The interface for programs beside SPARQL: questions of the catalogue, search, health."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from esskg.network.encodings import kind
from esskg.query.search import Hit
from esskg.server.i18n import LANGUAGES, preferred
from esskg.server.plain import plain
from esskg.server.problems import Problem
from esskg.server.questions import asked, questions
from esskg.server.refs import page_address
from esskg.server.snapshot import Service
from esskg.server.sparql import Wish, answer_wish

MOST = 100
"""Results of a search at most."""


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def _language(request: Request) -> str:
    wanted = request.query_params.get("lang", "")
    return wanted if wanted in LANGUAGES else preferred(request)


def catalogue(request: Request) -> Response:
    """All questions with their parameters."""
    found = questions(_service(request).current(), _language(request))
    return JSONResponse({"questions": plain(found)})


async def question(request: Request) -> Response:
    """A question of the catalogue, its parameters in the query string (grlc's convention)."""
    service = _service(request)
    given = dict(request.query_params)
    format = request.path_params.get("format") or given.pop("format", None)
    given.pop("format", None)
    sparql = asked(service.current(), request.path_params["name"], given)
    return await answer_wish(request, service, Wish(sparql, (), (), format, service.limits.timeout))


def search(request: Request) -> Response:
    """Entities and documents whose names or words match."""
    words, types = request.query_params.get("q", "").strip(), _types(request)
    index = _service(request).current().project.index
    hits = index.search(words, types=types, limit=_limit(request)) if words else []
    return JSONResponse({"query": words, "hits": [_hit(request, hit) for hit in hits]})


def complete(request: Request) -> Response:
    """Entities that a person who has typed so far may mean."""
    words, types = request.query_params.get("q", "").strip(), _types(request)
    hits = _service(request).current().project.index.complete(words, types=types) if words else []
    return JSONResponse({"suggestions": [_hit(request, hit) for hit in hits]})


def _types(request: Request) -> list[str] | None:
    return request.query_params.getlist("type") or None


def _hit(request: Request, hit: Hit) -> dict[str, str | int]:
    snapshot, language = _service(request).current(), _language(request)
    iri = snapshot.iri("document" if hit.type == "Document" else "id", hit.slug)
    return {
        "name": hit.label,
        "slug": hit.slug,
        "type": hit.type,
        "label": kind(hit.type).name[language],
        "documents": hit.documents,
        "snippet": hit.snippet,
        "iri": iri,
        "href": page_address(snapshot, iri, language),
    }


def _limit(request: Request) -> int:
    asked_for = request.query_params.get("limit", "20")
    if not (asked_for.isdecimal() and len(asked_for) < 6 and 0 < int(asked_for) <= MOST):
        raise Problem(400, f"limit is a number from 1 to {MOST}, not {asked_for!r}.")
    return int(asked_for)


def health(request: Request) -> Response:
    """Whether the server can answer, and from which version."""
    version = _service(request).current().version
    return JSONResponse({"status": "ok", "dataset": version.id, "counts": version.manifest.counts})


def routes() -> list[BaseRoute]:
    """The routes of the interface."""
    return [
        Route("/api/query", catalogue),
        Route("/api/query/{name:name}.{format}", question),
        Route("/api/query/{name:name}", question),
        Route("/api/search", search),
        Route("/api/complete", complete),
        Route("/health", health),
    ]
