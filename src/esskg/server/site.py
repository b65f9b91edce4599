"""How a page is made: a view gathers plain data; a template shows them, the JSON twin holds them as is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from esskg.network import encodings
from esskg.server.i18n import LANGUAGES, Messages, messages
from esskg.server.links import Link, alternates, header, usual
from esskg.server.plain import plain
from esskg.server.snapshot import Service, Snapshot
from esskg.vocab import Language


class Visit(NamedTuple):
    """One request for a page."""

    request: Request
    snapshot: Snapshot
    language: Language

    @property
    def words(self) -> Messages:
        """The messages of the visitor's language."""
        return messages(self.language)

    @property
    def service(self) -> Service:
        """The service that answers."""
        service: Service = self.request.app.state.service
        return service

    def asked(self, name: str, default: str = "") -> str:
        """A parameter of the query string."""
        return self.request.query_params.get(name, default).strip()


@dataclass(frozen=True, slots=True)
class Page:
    """What a view found: the data, the template that shows them, and where else they can be had."""

    template: str
    title: str
    data: Mapping[str, Any]
    alternates: Mapping[str, str] | None = None
    """Addresses of the same in other media types."""
    status: int = 200
    about: str = ""
    """The IRI of the thing that the page describes."""
    drawn: Mapping[str, Any] | None = None
    """What only the template needs: drawings and the like, which the JSON twin leaves out."""


Shown: TypeAlias = "Page | Response"
View: TypeAlias = Callable[[Visit], "Shown | Awaitable[Shown]"]


def page_routes(path: str, view: View) -> list[BaseRoute]:
    """The routes of a page in every language, and of its JSON twin."""
    twin = f"{path}index.json" if path.endswith("/") else f"{path}.json"
    return [
        Route(f"/{{language:language}}{twin}", _endpoint(view, _as_json)),
        Route(f"/{{language:language}}{path}", _endpoint(view, as_html)),
    ]


def _endpoint(
    view: View, show: Callable[[Visit, Page], Response]
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        service: Service = request.app.state.service
        snapshot = await run_in_threadpool(service.asked, request)
        visit = Visit(request, snapshot, request.path_params["language"])
        found = await run_in_threadpool(view, visit)
        page: Shown = await found if isinstance(found, Awaitable) else found
        return page if isinstance(page, Response) else await run_in_threadpool(show, visit, page)

    return endpoint


def answered(answer: Callable[[Visit], Response]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for what isn't a page, in the language of its address."""
    return _endpoint(answer, as_html)


def _as_json(visit: Visit, page: Page) -> Response:
    about = {"title": page.title, "dataset": visit.snapshot.version.id}
    return JSONResponse(about | plain(page.data), page.status, {"Access-Control-Allow-Origin": "*"})


def as_html(visit: Visit, page: Page) -> Response:
    """A page as a browser shows it."""
    context = shared(visit.request, visit.language) | {
        "visit": visit,
        "page": page,
        "snapshot": visit.snapshot,
        "terms": visit.snapshot.terms,
        "past": visit.snapshot is not visit.service.current(),
        "canonical": visit.snapshot.base + visit.request.url.path,
    }
    body = (
        environment().get_template(page.template).render(context | dict(page.data) | dict(page.drawn or {}))
    )
    return HTMLResponse(body, page.status, {"Link": _links(visit, page), "Content-Language": visit.language})


def _links(visit: Visit, page: Page) -> str:
    others = (page.alternates or {}).items()
    links = [*alternates(others), *usual(visit.snapshot, visit.request.url.path)]
    if page.about:
        described = ((kind, href) for kind, href in others if not href.endswith(".atom"))
        links += [*alternates(described, "describedby"), Link(page.about, "cite-as")]
    return header(links)


def shared(request: Request, language: str) -> dict[str, Any]:
    """What every template may use, even that of an error."""
    path = request.url.path
    rest = path.removeprefix(f"/{language}")
    asked = f"?{request.url.query}" if request.url.query else ""
    return {
        "t": messages(language),
        "language": language,
        "others": [(other, f"/{other}{rest}{asked}") for other in LANGUAGES if other != language],
        "path": rest,
        "twin": (f"{path}index.json" if path.endswith("/") else f"{path}.json") + asked,
        "site_title": request.app.state.service.folder.settings.title_in(language),
    }


@cache
def environment() -> Environment:
    """The templates, with what they may call."""
    loaded = Environment(
        loader=PackageLoader("esskg.server"),
        autoescape=select_autoescape(default_for_string=True, default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    loaded.globals |= {"asset": asset, "bundle": bundle, "kind": encodings.kind, "kinds": encodings.kinds}
    loaded.filters |= {"plain": plain, "asked": urlencode}
    return loaded


@cache
def asset(name: str) -> str:
    """The address of a static file, with a mark that changes with its content."""
    content = resources.files("esskg.server").joinpath("static", name).read_bytes()
    return f"/static/{name}?{fingerprint(content)}"


def bundle(name: str) -> str | None:
    """The address of a bundle of browser code; None where it wasn't built."""
    manifest = resources.files("esskg.server").joinpath("static", "dist", "manifest.json")
    if not manifest.is_file():
        return None
    return f"/static/dist/{json.loads(manifest.read_text('utf-8'))[name]}"


def fingerprint(content: bytes) -> str:
    """A short mark of some content."""
    return hashlib.sha256(content).hexdigest()[:12]
