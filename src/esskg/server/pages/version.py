"""The page of a version: what it holds, and what changed with it, or since another that is kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esskg.errors import StoreError
from esskg.export.description import version_description
from esskg.graph.changes import Changes
from esskg.graph.history import Entry
from esskg.query.formats import write_graph
from esskg.server.answers import Answer
from esskg.server.i18n import preferred
from esskg.server.linked import VARY, choose, named_format, snapshot_of
from esskg.server.links import forms, rdf
from esskg.server.negotiate import HTML
from esskg.server.problems import Problem
from esskg.server.site import Page, Visit
from esskg.server.snapshot import Service

SHOWN = 500
"""Changes of a kind that a page shows."""


def version(visit: Visit) -> Page:
    """One version with its changes; ``since`` names another kept one to compare it with."""
    service, since = visit.service, visit.asked("since")
    entry = _entry(service, visit.request.path_params["slug"])
    found = _compared(service, since, entry) if since else service.history.changes(entry)
    kept = {each.folder.name for each in service.kept()}
    data: dict[str, Any] = {
        "entry": asdict(entry),
        "since": since or entry.since,
        "counts": found.counts(),
        "entities": found.entities[:SHOWN],
        "statements": found.statements[:SHOWN],
        "kept": entry.name in kept,
        "comparable": [each for each in service.history.entries() if each.name in kept - {entry.name}],
    }
    title = visit.words("version.of", moment=visit.words.moment(entry.built))
    iri = visit.snapshot.iri("version", entry.name)
    return Page("version.html", title, data, forms(f"/version/{entry.name}"), about=iri)


def _entry(service: Service, name: str) -> Entry:
    for entry in service.history.entries():
        if name in {entry.name, entry.id}:
            return entry
    raise Problem(404, f"There never was a version {name!r}.")


def _compared(service: Service, since: str, entry: Entry) -> Changes:
    try:
        return service.current().project.diff(since, entry.id)
    except StoreError as error:
        raise Problem(404, str(error)) from error


def thing(request: Request) -> Response:
    """303 from the IRI of a version to its page or its description."""
    service: Service = request.app.state.service
    entry, choice = _entry(service, request.path_params["name"]), choose(request)
    page = f"/{preferred(request)}/version/{entry.name}"
    target = page if choice.format is HTML else f"/version/{entry.name}.{choice.format.name}"
    return RedirectResponse(target, 303, VARY)


def described(request: Request) -> Response:
    """A version in the terms of DCAT."""
    service: Service = request.app.state.service
    entry, choice, snapshot = (
        _entry(service, request.path_params["name"]),
        named_format(request),
        snapshot_of(request),
    )
    before = next((each for each in service.history.entries() if each.id == entry.since), None)
    triples = list(version_description(snapshot.base, entry, before))
    answer = Answer("graph", choice.format.name, len(triples), None, write_graph(triples, choice.format))
    address = f"/version/{entry.name}"
    return rdf(snapshot, answer, choice, address, address)


def routes() -> list[BaseRoute]:
    """The routes of a version's IRI."""
    return [
        Route("/version/{name:name}.{format:form}", described),
        Route("/version/{name:name}", thing),
    ]
