"""What went wrong, told to programs as problem+json (RFC 9457); one table maps errors to statuses."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from esskg.errors import ConfigError, EsskgError, QueryError, StoreError

STATUSES: dict[type[EsskgError], int] = {
    QueryError: HTTPStatus.BAD_REQUEST,
    StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
    ConfigError: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Problem(HTTPException):
    """An error with members of its own beside status, title and detail."""

    def __init__(
        self, status: int, detail: str, headers: dict[str, str] | None = None, **members: Any
    ) -> None:
        super().__init__(status, detail, headers)
        self.members = members


def as_problem(error: Exception) -> Problem:
    """Any error that has an HTTP status of its own, as a problem; everything else is an internal error."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        return Problem(error.status_code, error.detail, dict(error.headers or {}))
    if isinstance(error, QueryError):
        return Problem(HTTPStatus.BAD_REQUEST, error.reason, line=error.line, column=error.column)
    for kind, status in STATUSES.items():
        if isinstance(error, kind):
            return Problem(status, str(error), {"Retry-After": "5"} if status == 503 else None)
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The server failed; its log says why.")


def problem_response(problem: Problem) -> JSONResponse:
    """A problem as a program reads it."""
    members = {name: value for name, value in problem.members.items() if value is not None}
    content = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status_code).phrase,
        "status": problem.status_code,
        "detail": problem.detail,
        **members,
    }
    return JSONResponse(content, problem.status_code, problem.headers, "application/problem+json")
