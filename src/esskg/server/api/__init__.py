"""The interface for programs beside SPARQL: questions, entities, paths, search, documents."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from esskg.server.api import catalogue, finding, things
from esskg.server.api.openapi import openapi
from esskg.server.api.operation import Operation, service_of

OPERATIONS: tuple[Operation, ...] = (*catalogue.OPERATIONS, *finding.OPERATIONS, *things.OPERATIONS)


def health(request: Request) -> Response:
    """Whether the server can answer, and from which version."""
    version = service_of(request).current().version
    return JSONResponse({"status": "ok", "dataset": version.id, "counts": version.manifest.counts})


def described(request: Request) -> Response:
    """The interface in the terms of OpenAPI 3.1."""
    return JSONResponse(openapi(service_of(request).current(), OPERATIONS))


def routes() -> list[BaseRoute]:
    """The routes of the interface."""
    return [
        Route("/api/openapi.json", described),
        *catalogue.routes(),
        *(operation.route() for operation in OPERATIONS),
        Route("/health", health),
    ]
