"""The interface for programs beside SPARQL: questions of the catalogue, search, health."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from esskg.server import guard
from esskg.server.i18n import LANGUAGES, preferred
from esskg.server.plain import plain
from esskg.server.problems import Problem
from esskg.server.questions import asked, questions
from esskg.server.refs import Ref, refs
from esskg.server.snapshot import Service, Snapshot
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
    guard.check(sparql)
    return await answer_wish(request, service, Wish(sparql, (), (), format, service.limits.timeout))


def search(request: Request) -> Response:
    """Entities and documents whose names or words match."""
    snapshot, text = _service(request).current(), request.query_params.get("q", "").strip()
    hits = snapshot.project.search(text, limit=_limit(request)) if text else []
    return JSONResponse({"query": text, "hits": plain(_named(request, snapshot, [hit.iri for hit in hits]))})


def complete(request: Request) -> Response:
    """Names that begin with some letters."""
    snapshot, text = _service(request).current(), request.query_params.get("q", "").strip()
    hits = snapshot.project.index.complete(text) if text else []
    return JSONResponse({"suggestions": plain(_named(request, snapshot, [hit.iri for hit in hits]))})


def _named(request: Request, snapshot: Snapshot, iris: list[str]) -> list[Ref]:
    return list(refs(snapshot, iris, _language(request)).values())


def _limit(request: Request) -> int:
    asked_for = request.query_params.get("limit", "20")
    if not asked_for.isdecimal() or not 0 < int(asked_for) <= MOST:
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
