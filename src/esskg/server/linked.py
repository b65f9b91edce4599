"""Linked data: every IRI of the project answers, with a page for people and RDF for programs."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esskg.query.formats import GRAPHS
from esskg.server import description
from esskg.server.answers import Answer, Job
from esskg.server.i18n import preferred
from esskg.server.missing import not_found
from esskg.server.negotiate import HTML, Choice, best, named
from esskg.server.problems import Problem
from esskg.server.refs import PAGES
from esskg.server.rows import select, text, values
from esskg.server.snapshot import Service, Snapshot
from esskg.server.terms import anchor, local_name
from esskg.vocab import VOCABULARY

KINDS = ("document", "statement", "relation", "evidence", "figure", "quotation", "run", "agent", "version")
FILES = {"id": "entity"}
"""The first part of the address of a description where it isn't the first part of the IRI."""
VARY = {"Vary": "Accept, Accept-Language"}
EVIDENCE = """
SELECT ?owner ?document WHERE {{
  {values}
  ?owner ess:evidence ?evidence OPTIONAL {{ ?evidence oa:hasSource ?document }}
}}"""
KNOWN = "SELECT ?p WHERE {{ {values} ?it ?p ?o }} LIMIT 1"
REPLACED = "SELECT ?now WHERE {{ {values} ?old dcterms:isReplacedBy ?now }}"


def _snapshot(request: Request) -> Snapshot:
    service: Service = request.app.state.service
    return service.current()


def resource(request: Request) -> Response:
    """303 from the IRI of a thing to its page or its description, as the client likes (W3C, Cool URIs)."""
    snapshot, path = _snapshot(request), request.url.path
    kind, name = path.strip("/").split("/", 1)
    kind = "id" if kind == "entity" else kind
    if kind in PAGES and not select(snapshot.project.store, _known(snapshot.iri(kind, name))):
        raise not_found(snapshot, name)
    choice = best(request.headers.get("accept"), (HTML, *GRAPHS))
    if choice is None:
        raise _not_acceptable()
    if choice.format is HTML:
        target = page_of(snapshot, kind, name, preferred(request))
    else:
        target = f"/{FILES.get(kind, kind)}/{name}.{choice.format.name}"
    return RedirectResponse(target, 303, VARY)


def _known(iri: str) -> str:
    return KNOWN.format(values=values("it", [iri]))


def page_of(snapshot: Snapshot, kind: str, name: str, language: str) -> str:
    """The page that shows a resource; where it has none of its own, its description as Turtle."""
    if kind == "evidence":
        return _place_of_evidence(snapshot, name, language)
    if kind in PAGES:
        return f"/{language}/{PAGES[kind]}/{name}"
    return f"/{kind}/{name}.ttl"


def _place_of_evidence(snapshot: Snapshot, name: str, language: str) -> str:
    iri = snapshot.iri("evidence", name)
    found = select(snapshot.project.store, EVIDENCE.format(values=values("evidence", [iri])))
    if not found:
        raise not_found(snapshot, name)
    if "document" in found[0]:
        return f"/{language}/document/{local_name(text(found[0], 'document'))}#ev-{name}"
    kind, owner = text(found[0], "owner").removeprefix(f"{snapshot.base}/").split("/", 1)
    return f"/{language}/{PAGES[kind]}/{owner}"


async def described(request: Request) -> Response:
    """The description of a resource in the format that its address names."""
    snapshot = _snapshot(request)
    kind = "id" if request.path_params["kind"] == "entity" else request.path_params["kind"]
    name, choice = request.path_params["name"], _named_format(request)
    iri = snapshot.iri(kind, name)
    if kind == "id" and (now := await run_in_threadpool(_replacement, snapshot, iri)):
        return RedirectResponse(f"/entity/{local_name(now)}.{choice.format.name}", 301)
    answer = await _found(request, choice, *description.descriptions(iri))
    if answer is None:
        raise await run_in_threadpool(not_found, snapshot, name)
    return _rdf(answer.body, choice, f"/{kind}/{name}")


async def _found(request: Request, choice: Choice, *queries: str) -> Answer | None:
    """What the first of some CONSTRUCT queries finds that finds anything, within the usual limits."""
    service: Service = request.app.state.service
    limits = service.limits
    for query in queries:
        job = Job(query, None, None, choice.format.name, limits.rows, limits.size)
        answer = await service.run(request, job)
        if answer.rows:
            return answer
    return None


def _replacement(snapshot: Snapshot, iri: str) -> str | None:
    rows = select(snapshot.project.store, REPLACED.format(values=values("old", [iri])))
    return text(rows[0], "now") if rows else None


async def graph(request: Request) -> Response:
    """A named graph, whole, in the format that the client likes."""
    snapshot, name = _snapshot(request), request.path_params["name"]
    choice = best(request.headers.get("accept"), GRAPHS) or Choice(GRAPHS[0], GRAPHS[0].media_type)
    answer = await _found(request, choice, description.whole_graph(snapshot.iri("graph", name)))
    if answer is None:
        raise Problem(404, f"There is no graph {name!r}.")
    return _rdf(answer.body, choice, None)


async def ontology(request: Request) -> Response:
    """The ontology: its page for people, all of it as RDF for programs."""
    choice = best(request.headers.get("accept"), (HTML, *GRAPHS))
    if choice is None:
        raise _not_acceptable()
    if choice.format is HTML:
        return RedirectResponse(f"/{preferred(request)}/ontology", 303, VARY)
    return await _ontology(request, choice)


async def ontology_file(request: Request) -> Response:
    """The ontology in the format that the address names."""
    return await _ontology(request, _named_format(request))


async def _ontology(request: Request, choice: Choice) -> Response:
    iri = _snapshot(request).iri("graph", "ontology")
    answer = await _found(request, choice, description.whole_graph(iri))
    return _rdf(answer.body if answer else b"", choice, "/ontology")


async def vocabulary(request: Request) -> Response:
    """A vocabulary or one of its concepts: where it stands on the ontology page, or its description."""
    name = request.path_params["name"]
    choice = best(request.headers.get("accept"), (HTML, *GRAPHS))
    if choice is None:
        raise _not_acceptable()
    if choice.format is HTML:
        return RedirectResponse(f"/{preferred(request)}/ontology#{anchor(VOCABULARY + name)}", 303, VARY)
    answer = await _found(request, choice, *description.descriptions(VOCABULARY + name)[1:])
    if answer is None:
        raise Problem(404, f"There is no vocabulary or concept {name!r}.")
    return _rdf(answer.body, choice, None)


def void(request: Request) -> Response:
    """The description of the dataset."""
    choice = best(request.headers.get("accept"), GRAPHS) or Choice(GRAPHS[0], GRAPHS[0].media_type)
    return _rdf(description.dataset(_snapshot(request), choice.format), choice, None)


def _named_format(request: Request) -> Choice:
    choice = named(request.path_params["format"], GRAPHS)
    if choice is None:
        names = ", ".join(format.name for format in GRAPHS)
        raise Problem(404, f"There is no such format; there are {names}.")
    return choice


def _rdf(body: bytes, choice: Choice, about: str | None) -> Response:
    headers = {"Vary": "Accept"}
    if about:
        headers["Link"] = f'<{about}>; rel="describes"'
    return Response(body, headers=headers, media_type=choice.media_type)


def _not_acceptable() -> Problem:
    offered = ", ".join(format.media_type for format in (HTML, *GRAPHS))
    return Problem(406, f"None of the accepted media types is offered: {offered}.")


def routes() -> list[BaseRoute]:
    """The routes of linked data; those of descriptions come first, since their addresses are longer."""
    return [
        Route("/{kind:kind}/{name:name}.{format}", described),
        Route("/.well-known/void", void),
        Route("/dataset", void),
        Route("/ontology.{format}", ontology_file),
        Route("/ontology", ontology),
        Route("/vocabulary/{name:address}", vocabulary),
        Route("/graph/{name:address}", graph),
        *(Route(f"/{kind}/{{name:name}}", resource) for kind in ("id", "entity", *KINDS)),
    ]
