"""Serving RDF files as they are: query at ``/sparql``, update at ``/update``, graph store at ``/store``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esskg.errors import EsskgError
from esskg.query.formats import GRAPHS
from esskg.server import graphstore
from esskg.server.access import Access
from esskg.server.answers import Answer, Job
from esskg.server.changes import Change
from esskg.server.evaluation import Evaluation
from esskg.server.holding import Holding
from esskg.server.limits import Limits
from esskg.server.metrics import Metrics, show
from esskg.server.middleware import Passing, layers
from esskg.server.negotiate import best
from esskg.server.pool import raise_error
from esskg.server.problems import Problem, as_problem, problem_response
from esskg.server.protocol import answer_wish, read_wish
from esskg.server.servicedescription import Features, describe
from esskg.server.updates import read_update

LONGEST_BODY = 256_000_000
"""Bytes of a request: a graph may be long."""
WRITING = ["PUT", "POST", "DELETE"]


class Dataset:
    """A dataset that a keeper holds, and who may change it."""

    def __init__(self, holding: Holding, limits: Limits, access: Access, files: str) -> None:
        self.holding, self.limits, self.access = holding, limits, access
        self._files = files
        self.evaluation = Evaluation(limits)
        self.evaluation.serve(holding)

    @property
    def version(self) -> str:
        """Another after each change."""
        return f"{self._files}.{self.holding.changed}"

    async def run(self, request: Request, job: Job, timeout: float | None = None) -> Answer:
        """Answer a request's query within so many seconds, as long as its client waits."""
        request.state.version = self.version
        return await self.evaluation.run(request, self.holding.opening, job, timeout)

    async def change(self, change: Change, content: bytes) -> bool:
        """Make a change; whether the graph was there before. Raises QueryError, StoreError or Problem."""
        told = await run_in_threadpool(self.holding.change, change, content)
        raise_error(told, self.limits.memory)
        return bool(told["existed"])


def create_app(dataset: Dataset, hosts: Sequence[str] = ("*",)) -> Starlette:
    """The server of a dataset."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        dataset.evaluation.close()

    metrics = Metrics()
    app = Starlette(
        routes=_routes(),
        middleware=layers(Passing(lambda: dataset.version, metrics, hosts, LONGEST_BODY)),
        exception_handlers={HTTPException: _failure, EsskgError: _failure, Exception: _failure},
        lifespan=lifespan,
    )
    app.state.service, app.state.metrics = dataset, metrics
    return app


def _routes() -> list[BaseRoute]:
    return [
        Route("/", home),
        Route("/sparql", query, methods=["GET", "POST"], name="sparql"),
        Route("/update", update, methods=["POST"], name="update"),
        Route("/store", store, methods=["GET", *WRITING], name="store"),
        Route("/store/{path:path}", store, methods=["GET", *WRITING]),
        Route("/health", health),
        Route("/metrics", show),
    ]


async def _failure(_: Request, error: Exception) -> Response:
    return problem_response(as_problem(error))


def _dataset(request: Request) -> Dataset:
    dataset: Dataset = request.app.state.service
    return dataset


async def home(_: Request) -> Response:
    """From the root to what is here."""
    return RedirectResponse("/sparql", 303)


async def query(request: Request) -> Response:
    """Answer a query, or describe the service where none is asked."""
    dataset = _dataset(request)
    if request.method in {"GET", "HEAD"} and not {"query", "update"} & request.query_params.keys():
        return _described(request, dataset)
    return await answer_wish(
        request, dataset, await read_wish(request, dataset.access.seconds(request, dataset.limits))
    )


def _described(request: Request, dataset: Dataset) -> Response:
    choice = best(request.headers.get("accept"), GRAPHS)
    if choice is None:
        raise Problem(406, "The service is described as Turtle, JSON-LD, N-Triples or RDF/XML.")
    features = Features(str(request.url_for("sparql")), dataset.version, updates=dataset.access.writable)
    body = describe(features, choice.format)
    return Response(body, media_type=choice.media_type, headers={"Vary": "Accept"})


async def update(request: Request) -> Response:
    """Make an update."""
    dataset = _dataset(request)
    dataset.access.writer(request)
    text = await read_update(request)
    await dataset.change(Change("update", timeout=dataset.limits.timeout), text.encode())
    return Response(status_code=204)


async def store(request: Request) -> Response:
    """Read, replace, extend or delete a graph."""
    dataset, address = _dataset(request), str(request.url_for("store"))
    found = graphstore.target(request, address)
    if request.method in {"GET", "HEAD"}:
        return await graphstore.read(request, dataset, found)
    dataset.access.writer(request)
    changes = await graphstore.read_changes(request, found)
    return await _written(dataset, found, changes, address)


async def _written(
    dataset: Dataset, found: graphstore.Target, changes: list[tuple[Change, bytes]], address: str
) -> Response:
    headers = {}
    if found.whole and changes[0][0].kind == "post" and not changes[0][0].has_graphs:
        found = graphstore.new_graph(address)
        changes = [(change._replace(graph=found.graph, whole=False), content) for change, content in changes]
        headers["Location"] = found.graph or ""
    existed = [await dataset.change(change, content) for change, content in changes]
    if changes[0][0].kind == "delete" and not existed[0]:
        raise graphstore.missing(found.graph or "")
    return Response(status_code=204 if existed[0] else 201, headers=headers)


async def health(request: Request) -> Response:
    """Whether the server can answer, and from which version."""
    dataset = _dataset(request)
    answer = await dataset.run(request, Job("ASK {}", None, "json", None, 1, 1000), 5)
    return JSONResponse({"status": "ok" if b"true" in answer.body else "failing", "dataset": dataset.version})
