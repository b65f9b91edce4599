"""The query operation of the SPARQL 1.1 Protocol, at ``/sparql``."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from esskg.query.formats import GRAPHS, TABLES, TRUTHS, Format
from esskg.server.answers import Answer, Job
from esskg.server.description import service_description
from esskg.server.i18n import preferred
from esskg.server.negotiate import HTML, Choice, best, named, wants_html
from esskg.server.problems import Problem
from esskg.server.snapshot import Service, Snapshot

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


class Wish(NamedTuple):
    """What a client asks of the endpoint."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None
    timeout: float


async def sparql(request: Request) -> Response:
    """Answer a query, or describe the service where none is asked."""
    service: Service = request.app.state.service
    snapshot = service.current()
    if request.method in {"GET", "HEAD"} and "query" not in request.query_params:
        return _without_query(request, snapshot)
    wish = await read_wish(request, service.limits.timeout)
    if wish.format is None and request.method == "GET" and wants_html(request.headers):
        return _query_page(request, wish.query)
    return await answer_wish(request, service, wish)


async def answer_wish(request: Request, service: Service, wish: Wish) -> Response:
    """Run a query in a worker, and send what comes out in the format that the client likes."""
    choices = _choices(request, wish.format)
    answer = await service.run(request, _job(wish, choices, service), wish.timeout)
    return _response(answer, choices, service)


async def read_wish(request: Request, longest: float) -> Wish:
    """What a request asks, in any of the protocol's three ways. Raises Problem."""
    if request.method != "POST":
        return _wish(request.query_params, request.query_params, longest)
    match request.headers.get("content-type", "").split(";")[0].strip().lower():
        case "application/x-www-form-urlencoded":
            return _wish(QueryParams(await _text(request)), request.query_params, longest)
        case "application/sparql-query":
            direct = QueryParams([*request.query_params.multi_items(), ("query", await _text(request))])
            return _wish(direct, request.query_params, longest)
        case "application/sparql-update":
            raise Problem(403, "This endpoint only answers queries.")
        case other:
            raise Problem(415, f"Send a query as {FORM} or {QUERY}, not {other or 'without Content-Type'}.")


async def _text(request: Request) -> str:
    try:
        return (await request.body()).decode()
    except UnicodeDecodeError as error:
        raise Problem(400, f"The query is not UTF-8: {error}.") from error


def _wish(given: QueryParams, url: QueryParams, longest: float) -> Wish:
    if "update" in given:
        raise Problem(403, "This endpoint only answers queries.")
    queries = [str(query) for query in given.getlist("query")]
    if len(queries) != 1:
        raise Problem(400, f"Give one query, not {len(queries)}.")
    format = given.get("format") or url.get("format")
    return Wish(
        queries[0],
        tuple(str(graph) for graph in given.getlist("default-graph-uri")),
        tuple(str(graph) for graph in given.getlist("named-graph-uri")),
        str(format) if format else None,
        _timeout(str(given.get("timeout") or longest), longest),
    )


def _timeout(text: str, longest: float) -> float:
    try:
        seconds = float(text)
    except ValueError:
        raise Problem(400, f"timeout is a number of seconds, not {text!r}.") from None
    if not seconds > 0:
        raise Problem(400, "timeout must be above zero.")
    return min(seconds, longest)


class Choices(NamedTuple):
    """The format for each kind of result, where the client accepts one."""

    table: Choice | None
    truth: Choice | None
    graph: Choice | None


def _choices(request: Request, format: str | None) -> Choices:
    accept = request.headers.get("accept")

    def choose(formats: tuple[Format, ...]) -> Choice | None:
        return named(format, formats) if format else best(accept, formats)

    choices = Choices(choose(TABLES), choose(TRUTHS), choose(GRAPHS))
    if choices == (None, None, None):
        names = ", ".join(dict.fromkeys(known.name for known in (*TABLES, *GRAPHS)))
        if format:
            raise Problem(400, f"No format is called {format!r}. There are: {names}.")
        raise Problem(406, f"None of the accepted media types is offered. Formats: {names}.")
    return choices


def _job(wish: Wish, choices: Choices, service: Service) -> Job:
    table, truth, graph = (choice.format.name if choice else None for choice in choices)
    return Job(
        wish.query,
        table,
        truth,
        graph,
        rows=service.limits.rows,
        size=service.limits.size,
        default_graphs=wish.default_graphs,
        named_graphs=wish.named_graphs,
    )


def _response(answer: Answer, choices: Choices, service: Service) -> Response:
    choice = getattr(choices, answer.kind)
    headers = {"Esskg-Rows": str(answer.rows), "Vary": "Accept"}
    if answer.truncated:
        limit = service.limits.rows if answer.truncated == "rows" else service.limits.size
        headers["Esskg-Truncated"] = f"{answer.truncated}; limit={limit}"
    return Response(answer.body, headers=headers, media_type=choice.media_type)


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
