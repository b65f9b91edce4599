"""The ontology, its vocabularies, shapes and context at their own addresses."""

from __future__ import annotations

from difflib import get_close_matches

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esskg.graph import context
from esskg.graph import ontology as files
from esskg.query.formats import write_graph
from esskg.server import description
from esskg.server.answers import Answer
from esskg.server.i18n import preferred
from esskg.server.linked import VARY, choose, first_found, named_format, snapshot_of
from esskg.server.links import rdf
from esskg.server.missing import NEAR
from esskg.server.negotiate import HTML, Choice
from esskg.server.problems import Problem
from esskg.server.snapshot import Snapshot
from esskg.server.terms import anchor
from esskg.vocab import ESS, VOCABULARY

ROOT = ESS.removesuffix("ontology#")
"""Where the ontology's IRIs begin, whatever the base of the project."""


async def ontology(request: Request) -> Response:
    """The ontology: its page for people, all of it as RDF for programs."""
    choice = _choice(request)
    if choice.format is HTML:
        return RedirectResponse(f"/{preferred(request)}/ontology", 303, VARY)
    snapshot = snapshot_of(request)
    answer = await first_found(request, choice, description.whole_graph(snapshot.iri("graph", "ontology")))
    if answer is None:
        raise Problem(404, "This dataset holds no ontology.")
    return rdf(snapshot, answer, choice, "/ontology")


async def term(request: Request) -> Response:
    """A vocabulary, one of its concepts or a part of the ontology: where its page shows it, or its RDF."""
    snapshot, choice = snapshot_of(request), _choice(request)
    address = f"{request.path_params['part']}/{request.path_params['name']}"
    iri = ROOT + address
    if choice.format is HTML and snapshot.terms.get(iri).kind:
        target = f"/{preferred(request)}/ontology#{anchor(iri)}"
        return RedirectResponse(target, 303, VARY)
    if choice.format is HTML and iri in snapshot.terms.parts:
        return RedirectResponse(f"/{preferred(request)}/ontology", 303, VARY)
    asked = () if choice.format is HTML else description.of_term(iri)
    answer = await first_found(request, choice, *asked)
    if answer is None:
        raise _no_term(snapshot, iri)
    return rdf(snapshot, answer, choice, f"/{address}", f"/{address}")


def _no_term(snapshot: Snapshot, iri: str) -> Problem:
    start = VOCABULARY if iri.startswith(VOCABULARY) else ROOT
    known = [each.iri.removeprefix(start) for each in snapshot.terms if each.iri.startswith(start)]
    near = get_close_matches(iri.removeprefix(start), known, NEAR, 0.5)
    told = f" Did you mean {', '.join(near)}?" if near else ""
    return Problem(
        404, f"There is no vocabulary or concept {iri.removeprefix(start)!r}.{told}", terms=near or None
    )


def shapes(request: Request) -> Response:
    """The shapes that the graph is checked against."""
    choice = _choice(request)
    if choice.format is HTML:
        return RedirectResponse(f"/{preferred(request)}/ontology", 303, VARY)
    triples = list(files.parse_files(files.shapes_files(files.shipped_ontology())))
    body = write_graph(triples, choice.format)
    answer = Answer("graph", choice.format.name, len(triples), None, body)
    return rdf(snapshot_of(request), answer, choice, "/shape")


def served_context(request: Request) -> Response:
    """The JSON-LD context."""
    return JSONResponse(context.document(), media_type="application/ld+json")


def _choice(request: Request) -> Choice:
    return named_format(request) if "format" in request.path_params else choose(request)


def routes() -> list[BaseRoute]:
    """The routes of the ontology; those that name a format come first."""
    return [
        Route("/context.jsonld", served_context),
        Route("/ontology.{format:form}", ontology),
        Route("/ontology", ontology),
        Route("/shape.{format:form}", shapes),
        Route("/shape", shapes),
        *(Route(f"/{{part:part}}/{{name:address}}{ending}", term) for ending in (".{format:form}", "")),
    ]
