"""Errors as the client reads them: a page for people, problem+json for programs."""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from esskg.server.http import SAFETY
from esskg.server.i18n import LANGUAGES, preferred
from esskg.server.negotiate import wants_html
from esskg.server.problems import Problem, as_problem, problem_response
from esskg.server.site import environment, shared

log = logging.getLogger("esskg.server")


async def failure(request: Request, error: Exception) -> Response:
    """An error that has a status of its own."""
    return _shown(request, as_problem(error))


async def failed(request: Request, error: Exception) -> Response:
    """An error that nobody foresaw: logged, and told without its details."""
    log.error("%s %s", request.method, request.url.path, exc_info=error)
    response = _shown(request, as_problem(error))
    response.headers.update(SAFETY)  # it leaves outside the middleware that adds them
    return response


def _shown(request: Request, problem: Problem) -> Response:
    if request.url.path.endswith(".json") or not wants_html(request.headers):
        return problem_response(problem)
    first = request.url.path.split("/")[1]
    language = first if first in LANGUAGES else preferred(request)
    context = shared(request, language) | {
        "problem": problem,
        "unknown": problem.members.get("name"),
        "question": problem.members.get("question"),
        "questions": problem.members.get("questions") or {},
        "suggestions": problem.members.get("suggestions") or [],
    }
    body = environment().get_template("error.html").render(context)
    return HTMLResponse(body, problem.status_code, problem.headers)
