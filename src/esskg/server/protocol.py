"""What the SPARQL 1.1 Protocol says about a query: how it is asked, and how its answer is sent."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from esskg.query.formats import GRAPHS, TABLES, TRUTHS, Format
from esskg.server.answers import Answer, Job
from esskg.server.limits import Limits
from esskg.server.negotiate import Choice, best, named
from esskg.server.problems import Problem

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


class Answering(Protocol):
    """Who answers queries."""

    limits: Limits

    async def run(self, request: Request, job: Job, timeout: float | None = None) -> Answer:
        """Answer a request's query within so many seconds, as long as its client waits."""


class Wish(NamedTuple):
    """What a client asks of the endpoint."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None
    timeout: float


async def answer_wish(request: Request, service: Answering, wish: Wish) -> Response:
    """Run a query in a worker, and send what comes out in the format that the client likes."""
    choices = _choices(request, wish.format)
    answer = await service.run(request, _job(wish, choices, service), wish.timeout)
    response = _response(answer, choices, service)
    response.headers["Esskg-Version"] = request.state.version
    return response


async def read_wish(request: Request, longest: float) -> Wish:
    """What a request asks, in any of the protocol's three ways. Raises Problem."""
    if request.method != "POST":
        return _wish(request.query_params, request.query_params, longest)
    match media_type(request):
        case "application/x-www-form-urlencoded":
            return _wish(QueryParams(await read_text(request)), request.query_params, longest)
        case "application/sparql-query":
            direct = QueryParams([*request.query_params.multi_items(), ("query", await read_text(request))])
            return _wish(direct, request.query_params, longest)
        case "application/sparql-update":
            raise Problem(403, "This endpoint only answers queries.")
        case other:
            raise Problem(415, f"Send a query as {FORM} or {QUERY}, not {other or 'without Content-Type'}.")


def media_type(request: Request) -> str:
    """What a request says that it carries, without parameters. Raises Problem for an encoding but UTF-8."""
    kind, *parameters = request.headers.get("content-type", "").lower().split(";")
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "charset" and value.strip('"') not in {"utf-8", "utf8", "us-ascii"}:
            raise Problem(415, f"Send text in UTF-8, not {value}.")
    return kind.strip()


async def read_text(request: Request) -> str:
    """The body of a request. Raises Problem where it isn't UTF-8."""
    try:
        return (await request.body()).decode()
    except UnicodeDecodeError as error:
        raise Problem(400, f"The text is not UTF-8: {error}.") from error


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


def _job(wish: Wish, choices: Choices, service: Answering) -> Job:
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


def _response(answer: Answer, choices: Choices, service: Answering) -> Response:
    choice = getattr(choices, answer.kind)
    headers = {"Esskg-Rows": str(answer.rows), "Vary": "Accept"}
    if answer.truncated:
        limit = service.limits.rows if answer.truncated == "rows" else service.limits.size
        headers["Esskg-Truncated"] = f"{answer.truncated}; limit={limit}"
    return Response(answer.body, headers=headers, media_type=choice.media_type)
