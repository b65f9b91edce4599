"""Questions of the catalogue by name, in every format (grlc's convention, https://github.com/CLARIAH/grlc)."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from esskg.graph.sparql import form
from esskg.query.formats import GRAPHS, TABLES, TRUTHS, Format
from esskg.query.search import NameUnclearError
from esskg.server.api.models import Model
from esskg.server.api.operation import Call, Given, Operation, service_of, unclear
from esskg.server.api.values import fits, schema
from esskg.server.problems import Problem
from esskg.server.protocol import Wish, answer_wish
from esskg.server.questions import asked, questions
from esskg.server.snapshot import Snapshot


class Field(Model):
    """A parameter of a question."""

    name: str
    label: str
    type: str
    value: str
    """Its default, or the example of one that is required."""
    required: bool
    of: list[str]
    """Types that an entity is looked for among."""


class Question(Model):
    """A question with its parameters and the titles of its columns."""

    name: str
    title: str
    question: str
    fields: list[Field]
    columns: dict[str, str]
    tags: list[str]


class Questions(Model):
    """The catalogue."""

    questions: list[Question]


def catalogue(call: Call, _: Given) -> Questions:
    """All questions with their parameters."""
    return Questions.model_validate(
        {"questions": questions(call.snapshot, call.language)}, from_attributes=True
    )


async def question(request: Request) -> Response:
    """A question of the catalogue, its parameters in the query string."""
    service, given = service_of(request), dict(request.query_params)
    repeated = [name for name in given if len(request.query_params.getlist(name)) > 1]
    if repeated:
        raise Problem(400, f"{repeated[0]} is given more than once.", parameter=repeated[0])
    format = given.pop("format", request.path_params.get("format"))
    given.pop("version", None)
    snapshot = await run_in_threadpool(service.asked, request)
    sparql = await run_in_threadpool(_sparql, snapshot, request.path_params["name"], given)
    names = [each.name for each in formats(sparql)]
    if format not in {None, *names}:
        raise Problem(400, f"format is one of {', '.join(names)}, not {format!r}.", parameter="format")
    wish = Wish(sparql, (), (), format, service.limits.timeout)
    return await answer_wish(request, service, wish)


def _sparql(snapshot: Snapshot, name: str, given: dict[str, str]) -> str:
    catalogue = snapshot.project.catalogue
    if name not in catalogue:
        raise Problem(404, f"The catalogue has no question {name!r}; /api/query lists them.")
    for parameter in catalogue[name].parameters:
        if parameter.name in given and not fits(parameter, given[parameter.name]):
            detail = f"{parameter.name} is not a value that a parameter of type {parameter.type} takes."
            raise Problem(400, detail, parameter=parameter.name, schema=schema(parameter))
    try:
        return asked(snapshot, name, given)
    except NameUnclearError as error:
        raise unclear(error) from error


def formats(sparql: str) -> tuple[Format, ...]:
    """The formats that the answer of a query can be had in."""
    return {"SELECT": TABLES, "ASK": TRUTHS}.get(form(sparql), GRAPHS)


OPERATIONS = (
    Operation("catalogue", "/api/query", "The questions of the catalogue", Given, Questions, catalogue),
)


def routes() -> list[BaseRoute]:
    """The routes of single questions."""
    return [
        Route("/api/query/{name:name}.{format}", question),
        Route("/api/query/{name:name}", question),
    ]
