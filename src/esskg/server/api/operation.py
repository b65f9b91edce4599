"""One operation of the interface: from it come its route, its checks and its part of the OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from esskg.query.search import NameUnclearError
from esskg.server.i18n import preferred
from esskg.server.problems import Problem
from esskg.server.snapshot import Service, Snapshot
from esskg.vocab import Language


class Given(BaseModel):
    """Parameters that every operation takes; others that it doesn't know are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    lang: Language | None = None
    """The language of labels; else the one that Accept-Language likes best."""
    version: str | None = Field(default=None, min_length=1, max_length=40)
    """A kept version, by the beginning of its id or date; else the newest."""


class Call(NamedTuple):
    """A call of an operation: what it is answered from, in which language, and the names in its path."""

    snapshot: Snapshot
    language: Language
    path: Mapping[str, str]


Handler = Callable[[Call, Any], BaseModel]


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client can ask, and what it gets."""

    name: str
    path: str
    """With the names of its variable parts in braces."""
    summary: str
    given: type[Given]
    """The parameters of the query string."""
    answer: type[BaseModel]
    handle: Handler
    statuses: tuple[int, ...] = ()
    """Of the errors that it can end in, beside those of wrong parameters."""

    def route(self) -> Route:
        """Where it is answered."""
        return Route(self.path.replace("}", ":name}"), self._endpoint, name=self.name)

    def _endpoint(self, request: Request) -> Response:
        given = read(self.given, request.query_params)
        language = given.lang or preferred(request)
        call = Call(service_of(request).asked(request), language, request.path_params)
        try:
            answer = self.handle(call, given)
        except NameUnclearError as error:
            raise unclear(error) from error
        return Response(answer.model_dump_json(), media_type="application/json", headers=VARY)


VARY = {"Vary": "Accept-Language"}


def service_of(request: Request) -> Service:
    """The service that answers a request."""
    service: Service = request.app.state.service
    return service


def read(model: type[Given], parameters: QueryParams) -> Any:
    """The parameters of a query string, checked. Raises Problem (400) with each that is wrong."""
    lists = {name for name, field in model.model_fields.items() if get_origin(field.annotation) is tuple}
    raw: dict[str, Any] = {
        name: (parameters.getlist(name) if name in lists else parameters[name]) for name in parameters
    }
    repeated = [name for name in raw if name not in lists and len(parameters.getlist(name)) > 1]
    if repeated:
        raise Problem(400, f"{repeated[0]} is given more than once.", parameter=repeated[0])
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problems = json.loads(error.json(include_url=False, include_context=False, include_input=False))
        told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in problems)
        raise Problem(400, told) from error


def unclear(error: NameUnclearError) -> Problem:
    """A name that stands for nothing (404) or for several entities (409), with those that may be meant."""
    candidates = [
        {"slug": hit.slug, "name": hit.label, "type": hit.type, "documents": hit.documents}
        for hit in error.candidates
    ]
    return Problem(409 if error.several else 404, str(error), candidates=candidates or None)


NAME = Field(min_length=1, max_length=300)
"""What an entity is called, its slug or its IRI."""
