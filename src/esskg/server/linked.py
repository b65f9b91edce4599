"""Linked data: every IRI of the project answers, with a page for people and RDF for programs."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esskg.export.description import canonical_hash
from esskg.query.formats import GRAPHS, write_graph
from esskg.server import description
from esskg.server.answers import Answer, Job
from esskg.server.downloads import DOWNLOADS, written
from esskg.server.i18n import preferred
from esskg.server.links import alternates, forms, header, rdf
from esskg.server.missing import missing
from esskg.server.negotiate import HTML, Choice, best, named
from esskg.server.problems import Problem
from esskg.server.refs import PAGES
from esskg.server.rows import select, text, values
from esskg.server.snapshot import Service, Snapshot
from esskg.server.terms import local_name

KINDS = ("document", "statement", "relation", "evidence", "figure", "quotation", "run", "agent", "version")
PLAIN = "resource"
"""The page that lists the properties of what has no page of its own."""
FILES = {"id": "entity"}
"""The first part of the address of a description where it isn't the first part of the IRI."""
VARY = {"Vary": "Accept, Accept-Language"}
EVIDENCE = """
SELECT ?owner ?document WHERE {{
  {values}
  ?owner ess:evidence ?evidence OPTIONAL {{ ?evidence oa:hasSource ?document }}
}}"""
KNOWN = """
SELECT ?merged WHERE {{
  {{ {values} ?it ?p ?o BIND (true AS ?merged) }} UNION {{ GRAPH ?g {{ {values} ?it ?p ?o }} }}
}} ORDER BY DESC(?merged) LIMIT 1"""
IN_GRAPH = "SELECT ?s WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }} LIMIT 1"
REPLACED = "SELECT ?now WHERE {{ {values} ?old dcterms:isReplacedBy+ ?now }}"


def snapshot_of(request: Request) -> Snapshot:
    """The version of the project that a request is answered from."""
    service: Service = request.app.state.service
    return service.asked(request)


def resource(request: Request) -> Response:
    """303 from the IRI of a thing to its page or its description, as the client likes (W3C, Cool URIs).

    A merged entity leads to the one that took its place, with 301.
    """
    snapshot, kind = snapshot_of(request), request.path_params["kind"]
    kind, name = ("id" if kind == "entity" else kind), request.path_params["name"]
    iri = snapshot.iri(kind, name)
    if kind == "id" and (now := replacement(snapshot, iri)):
        return RedirectResponse(f"/id/{local_name(now)}", 301)
    found = select(snapshot.project.store, KNOWN.format(values=values("it", [iri])))
    if not found:
        raise missing(snapshot, kind, name)
    address = f"/{FILES.get(kind, kind)}/{name}"
    choice = choose(request)
    if choice.format is HTML:
        target = page_of(snapshot, kind, name, preferred(request), merged="merged" in found[0])
    else:
        target = f"{address}.{choice.format.name}"
    described = alternates(forms(address).items(), "describedby")
    return RedirectResponse(target, 303, VARY | {"Link": header(described)})


def page_of(snapshot: Snapshot, kind: str, name: str, language: str, *, merged: bool) -> str:
    """The page that shows a resource, which one that merged data don't hold has none of its own."""
    if merged and kind == "evidence":
        return _place_of_evidence(snapshot, name, language)
    if merged and kind in PAGES:
        return f"/{language}/{PAGES[kind]}/{name}"
    return f"/{language}/{PLAIN}/{kind}/{name}"


def _place_of_evidence(snapshot: Snapshot, name: str, language: str) -> str:
    iri = snapshot.iri("evidence", name)
    row = select(snapshot.project.store, EVIDENCE.format(values=values("evidence", [iri])))[0]
    if "document" in row:
        return f"/{language}/document/{local_name(text(row, 'document'))}#ev-{name}"
    kind, owner = text(row, "owner").removeprefix(f"{snapshot.base}/").split("/", 1)
    return f"/{language}/{PAGES[kind]}/{owner}"


async def described(request: Request) -> Response:
    """The description of a resource in the format that its address names."""
    snapshot = snapshot_of(request)
    kind = "id" if request.path_params["kind"] == "entity" else request.path_params["kind"]
    name, choice = request.path_params["name"], named_format(request)
    iri = snapshot.iri(kind, name)
    if kind == "id" and (now := await run_in_threadpool(replacement, snapshot, iri)):
        return RedirectResponse(f"/entity/{local_name(now)}.{choice.format.name}", 301)
    answer = await first_found(request, choice, *description.descriptions(snapshot, iri))
    if answer is None:
        raise await run_in_threadpool(missing, snapshot, kind, name)
    return rdf(snapshot, answer, choice, f"/{FILES.get(kind, kind)}/{name}", f"/{kind}/{name}")


async def first_found(request: Request, choice: Choice, *asked: description.Asked) -> Answer | None:
    """What the first of some CONSTRUCT queries finds that finds anything, within the usual limits."""
    service: Service = request.app.state.service
    limits = service.limits
    for query, graphs in asked:
        job = Job(query, None, None, choice.format.name, limits.rows, limits.size, graphs)
        answer = await service.run(request, job)
        if answer.rows:
            return answer
    return None


def replacement(snapshot: Snapshot, iri: str) -> str | None:
    """The IRI of the entity that took the place of a merged one."""
    rows = select(snapshot.project.store, REPLACED.format(values=values("old", [iri])))
    return text(rows[-1], "now") if rows else None


async def graph(request: Request) -> Response:
    """A named graph, whole: the page that tells of it for people, RDF for programs."""
    snapshot, name = snapshot_of(request), request.path_params["name"]
    choice = named_format(request) if "format" in request.path_params else choose(request)
    iri = snapshot.iri("graph", name)
    if not await run_in_threadpool(select, snapshot.project.store, IN_GRAPH.format(iri=iri)):
        raise Problem(404, f"There is no graph {name!r}.")
    if choice.format is HTML:
        return RedirectResponse(f"/{preferred(request)}/{PLAIN}/graph/{name}", 303, VARY)
    answer = await first_found(request, choice, description.whole_graph(iri))
    assert answer is not None
    return rdf(snapshot, answer, choice, f"/graph/{name}", f"/graph/{name}")


def dataset(request: Request) -> Response:
    """The dataset, its catalogue: the page of data for people, VoID and DCAT for programs."""
    snapshot, choice = snapshot_of(request), choose(request)
    if choice.format is HTML:
        return RedirectResponse(f"/{preferred(request)}/data", 303, VARY)
    return _dataset(snapshot, choice)


def void(request: Request) -> Response:
    """The description of the dataset at its well-known address, or in the format that the address names."""
    if "format" in request.path_params:
        return _dataset(snapshot_of(request), named_format(request))
    choice = best(request.headers.get("accept"), GRAPHS) or Choice(GRAPHS[0], GRAPHS[0].media_type)
    return _dataset(snapshot_of(request), choice)


def _dataset(snapshot: Snapshot, choice: Choice) -> Response:
    nquads = next(each for each in DOWNLOADS if each.format == "nquads")
    triples = [*snapshot.described, *canonical_hash(snapshot.base, written(snapshot, nquads).plain)]
    body = write_graph(triples, choice.format)
    return rdf(snapshot, Answer("graph", choice.format.name, len(triples), None, body), choice, "/dataset")


def choose(request: Request) -> Choice:
    """A page or RDF, whichever the client likes most. Raises Problem (406) where it likes neither."""
    choice = best(request.headers.get("accept"), (HTML, *GRAPHS))
    if choice is None:
        offered = ", ".join(format.media_type for format in (HTML, *GRAPHS))
        raise Problem(406, f"None of the accepted media types is offered: {offered}.")
    return choice


def named_format(request: Request) -> Choice:
    """The format that an address ends in. Raises Problem (404) where there is none of that name."""
    choice = named(request.path_params["format"], GRAPHS)
    if choice is None:
        names = ", ".join(format.name for format in GRAPHS)
        raise Problem(404, f"There is no such format; there are {names}.")
    return choice


def routes() -> list[BaseRoute]:
    """The routes of linked data; those of descriptions come first, since their addresses are longer."""
    return [
        Route("/{kind:kind}/{name:name}.{format:form}", described),
        Route("/.well-known/void", void),
        Route("/dataset.{format:form}", void),
        Route("/dataset", dataset),
        Route("/catalogue", dataset),
        Route("/graph/{name:address}.{format:form}", graph),
        Route("/graph/{name:address}", graph),
        Route("/{kind:thing}/{name:name}", resource),
    ]
