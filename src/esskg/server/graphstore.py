"""The SPARQL 1.1 Graph Store HTTP Protocol, at ``/store`` (https://www.w3.org/TR/sparql11-http-rdf-update/)."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import NamedTuple
from uuid import uuid4

from pyoxigraph import RdfFormat
from starlette.requests import Request
from starlette.responses import Response

from esskg.query.formats import GRAPHS
from esskg.server.answers import Job
from esskg.server.changes import Change
from esskg.server.negotiate import best, named
from esskg.server.problems import Problem
from esskg.server.protocol import Answering, media_type
from esskg.server.updates import check_iri

ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
IS_THERE = "ASK { GRAPH <%s> {} }"


class Target(NamedTuple):
    """What a request is about."""

    graph: str | None
    """None for the default graph, or for all graphs."""
    whole: bool = False
    """Whether it is about the store itself rather than a graph."""


def target(request: Request, address: str) -> Target:
    """The graph that a request names, directly by its address or indirectly. Raises Problem or QueryError."""
    graphs, path = request.query_params.getlist("graph"), request.path_params.get("path", "")
    default = "default" in request.query_params
    if len(graphs) + default + bool(path) > 1:
        raise Problem(400, "Name one graph: by the address, by graph=IRI, or by default.")
    if graphs:
        return Target(check_iri(graphs[0]))
    return Target(f"{address}/{path}" if path else None, whole=not (default or path))


async def read(request: Request, service: Answering, found: Target) -> Response:
    """A graph, in the format that the client likes."""
    if found.whole:
        raise Problem(400, "Name a graph: by graph=IRI, or by default.")
    format = request.query_params.get("format")
    choice = named(format, GRAPHS) if format else best(request.headers.get("accept"), GRAPHS)
    if choice is None:
        raise Problem(406, "A graph is offered as Turtle, JSON-LD, N-Triples or RDF/XML.")
    answer = await service.run(request, _job(found.graph, choice.format.name, service))
    if answer.truncated:
        raise Problem(413, f"The graph has more than {service.limits.size / 1e6:,.0f} MB: query parts of it.")
    if not answer.rows and found.graph:
        await _must_be_there(request, service, found.graph)
    return Response(answer.body, media_type=choice.media_type, headers={"Vary": "Accept"})


def _job(graph: str | None, format: str, service: Answering) -> Job:
    graphs = (graph,) if graph else ()
    return Job(ALL, None, "json", format, service.limits.size, service.limits.size, graphs)


async def _must_be_there(request: Request, service: Answering, graph: str) -> None:
    asked = Job(IS_THERE % graph, None, "json", None, 1, 1000)
    if b"true" not in (await service.run(request, asked)).body:
        raise missing(graph)


def missing(graph: str) -> Problem:
    """The answer to who asks for a graph that isn't there."""
    return Problem(404, f"There is no graph {graph}.")


async def read_changes(request: Request, found: Target) -> list[tuple[Change, bytes]]:
    """What PUT, POST or DELETE asks for, with its content. Raises Problem."""
    if request.method == "DELETE":
        return [(_change(request, found, None), b"")]
    kind, body = media_type(request), await request.body()
    if kind == "multipart/form-data":
        parts = list(_parts(request.headers["content-type"], body))
    else:
        parts = [(kind or "text/turtle", body)]
    changes = [(_change(request, found, format), content) for format, content in parts]
    if not changes:
        raise Problem(400, "The form has no parts.")
    return [changes[0], *((change._replace(kind="post"), content) for change, content in changes[1:])]


def _change(request: Request, found: Target, format: str | None) -> Change:
    if format is not None and RdfFormat.from_media_type(format) is None:
        raise Problem(415, f"{format!r} is not RDF that is read here.")
    change = Change(request.method.lower(), found.graph, format, found.whole)
    if found.whole and not (change.has_graphs or change.kind == "post"):
        raise Problem(400, "Name a graph: by graph=IRI, or by default.")
    return change


def _parts(content_type: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    message = message_from_bytes(b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + body)
    for part in message.get_payload() if message.is_multipart() else ():
        assert isinstance(part, Message)
        content = part.get_payload(decode=True)
        yield part.get_content_type(), content if isinstance(content, bytes) else b""


def new_graph(address: str) -> Target:
    """A graph that isn't there yet."""
    return Target(f"{address}/{uuid4()}")
