"""The application: which address is answered by whom."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from esskg.errors import EsskgError, StoreError
from esskg.project import Project
from esskg.query.formats import GRAPHS
from esskg.server import api, downloads, feeds, linked, ontology
from esskg.server.errors import failed, failure
from esskg.server.i18n import LANGUAGES, preferred
from esskg.server.limits import Limits
from esskg.server.metrics import Metrics, show
from esskg.server.middleware import Passing, layers
from esskg.server.pages import (
    analysis,
    data,
    document,
    entity,
    graph,
    home,
    query,
    resource,
    review,
    said,
    search,
    takeaway,
    version,
)
from esskg.server.pages import ontology as ontology_page
from esskg.server.site import answered, page_routes
from esskg.server.snapshot import Service
from esskg.server.sparql import sparql


class _Pattern(Convertor[str]):
    """A part of an address that is taken as it is."""

    def convert(self, value: str) -> str:
        """The part as it is."""
        return value

    def to_string(self, value: str) -> str:
        """The part as it is."""
        return value


class _Language(_Pattern):
    regex = "|".join(LANGUAGES)


class _Kind(_Pattern):
    regex = "|".join(("entity", *linked.KINDS))


class _Thing(_Pattern):
    regex = "|".join(("id", "entity", *linked.KINDS))


class _Form(_Pattern):
    regex = "|".join(format.name for format in GRAPHS)


class _Part(_Pattern):
    regex = "ontology|vocabulary"


class _Name(_Pattern):
    regex = r"[\w-]+(?:\.[\w-]+)*?"


class _Address(_Pattern):
    regex = r"[\w-]+(?:[./][\w-]+)*"


class _Ending(_Pattern):
    regex = "|".join(takeaway.MEDIA)


register_url_convertor("ending", _Ending())
register_url_convertor("address", _Address())
register_url_convertor("language", _Language())
register_url_convertor("kind", _Kind())
register_url_convertor("name", _Name())
register_url_convertor("thing", _Thing())
register_url_convertor("form", _Form())
register_url_convertor("part", _Part())


def create_app(project: Project, *, limits: Limits | None = None, hosts: Sequence[str] = ("*",)) -> Starlette:
    """The server of a project; it takes up the versions that builds publish while it runs."""
    service = Service(project, limits or Limits())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        service.close()

    metrics = Metrics()
    app = Starlette(
        routes=_routes(),
        middleware=layers(Passing(lambda: _version(service), metrics, hosts)),
        exception_handlers={HTTPException: failure, EsskgError: failure, Exception: failed},
        lifespan=lifespan,
    )
    app.state.service, app.state.metrics = service, metrics
    return app


def _version(service: Service) -> str | None:
    try:
        return service.current().version.id
    except StoreError:
        return None


def _routes() -> list[BaseRoute]:
    return [
        Route("/", to_language),
        Route("/sparql", sparql, methods=["GET", "POST"], name="sparql"),
        Route("/robots.txt", robots),
        Route("/metrics", show),
        *api.routes(),
        Mount("/static", _Static(directory=Path(str(resources.files("esskg.server"))) / "static")),
        *feeds.routes(),
        *_pages(),
        Route("/{language:language}", to_home),
        *analysis.routes(),
        *downloads.routes(),
        *version.routes(),
        *ontology.routes(),
        *linked.routes(),
    ]


def _pages() -> list[BaseRoute]:
    views = {
        "/": home.home,
        "/search": search.search,
        "/entity/{slug:name}": entity.entity,
        "/statement/{slug:name}": said.statement,
        "/relation/{slug:name}": said.statement,
        "/figure/{slug:name}": said.figure,
        "/quotation/{slug:name}": said.quotation,
        "/document/{slug:name}": document.document,
        "/query": query.query,
        "/graph": graph.graph,
        "/review": review.review,
        "/analysis": analysis.analysis,
        "/ontology": ontology_page.ontology,
        "/data": data.data,
        "/version/{slug:name}": version.version,
        "/resource/{kind:thing}/{name:name}": resource.resource,
        "/resource/graph/{name:address}": resource.graph,
    }
    return [
        Route("/{language:language}/review", review.decide, methods=["POST"]),
        Route("/{language:language}/graph/links.json", answered(graph.links_of)),
        Route("/{language:language}/graph.{ending:ending}", answered(takeaway.takeaway)),
        *(route for path, view in views.items() for route in page_routes(path, view)),
    ]


async def to_language(request: Request) -> Response:
    """From the root to the home page in the visitor's language."""
    return RedirectResponse(f"/{preferred(request)}/", 303, {"Vary": "Accept-Language"})


async def to_home(request: Request) -> Response:
    """From a language without its slash to its home page."""
    return RedirectResponse(f"{request.url.path}/", 308)


async def robots(request: Request) -> Response:
    """Pages may be read by robots; queries and drawings cost too much."""
    costly = (
        "/sparql",
        "/api/",
        *(f"/{language}/{page}" for language in LANGUAGES for page in ("query", "graph")),
    )
    return PlainTextResponse("User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in costly))


class _Static(StaticFiles):
    """Static files; those whose address changes with their content may be kept for ever."""

    def file_response(self, *args: object, **named: object) -> Response:
        """The file, with how long it may be kept."""
        response = super().file_response(*args, **named)  # type: ignore[arg-type]
        scope: Scope = next(item for item in (*args, *named.values()) if isinstance(item, dict))
        lasting = scope["query_string"] or "/dist/" in scope["path"]
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return response
