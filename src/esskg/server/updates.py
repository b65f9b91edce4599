"""The update operation of the SPARQL 1.1 Protocol, at ``/update``."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode
from starlette.datastructures import QueryParams
from starlette.requests import Request

from esskg.errors import QueryError
from esskg.graph.sparql import with_dataset
from esskg.server.problems import Problem
from esskg.server.protocol import FORM, media_type, read_text

UPDATE = "application/sparql-update"


async def read_update(request: Request) -> str:
    """The update that a request asks for, seeing the graphs that it names. Raises Problem or QueryError."""
    match media_type(request):
        case "application/x-www-form-urlencoded":
            given = QueryParams(await read_text(request))
        case "application/sparql-update":
            given = QueryParams([*request.query_params.multi_items(), ("update", await read_text(request))])
        case other:
            raise Problem(
                415, f"Send an update as {FORM} or {UPDATE}, not {other or 'without Content-Type'}."
            )
    updates = given.getlist("update")
    if len(updates) != 1:
        raise Problem(400, f"Give one update, not {len(updates)}.")
    return with_dataset(updates[0], *_graphs(given))


class _Graphs(NamedTuple):
    default: list[str]
    named: list[str]


def _graphs(given: QueryParams) -> _Graphs:
    graphs = _Graphs(given.getlist("using-graph-uri"), given.getlist("using-named-graph-uri"))
    for iri in (*graphs.default, *graphs.named):
        check_iri(iri)
    return graphs


def check_iri(iri: str) -> str:
    """An absolute IRI as it is. Raises QueryError for what isn't one."""
    try:
        return NamedNode(iri).value
    except ValueError as error:
        raise QueryError(f"{iri!r} is not an IRI, so it names no graph") from error
