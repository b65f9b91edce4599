"""What a request may not do: be too long, change the graph, or make this server call others."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from esskg.errors import QueryError
from esskg.graph.sparql import refuse_calls, tokens, without_silent_calls
from esskg.server.problems import Problem

UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
PROLOGUE = frozenset(("PREFIX", "BASE"))
LONGEST = 32_000
"""Characters of a query; more are a mistake or an attack."""
DRAINED = 8_000_000
"""Bytes of a body that is too long which are taken in before that is said."""
LONGEST_BODY = 12 * LONGEST
"""Bytes of a request: a form spells a character in up to twelve."""


def too_long() -> Problem:
    """The answer to a query over that length."""
    return Problem(
        413, f"A query may have {LONGEST:,} characters here. Ask a longer one with: esskg query FILE"
    )


class ShortBodies:
    """Refuses a body that is longer than it may be: unread where its length is announced."""

    def __init__(self, app: ASGIApp, longest: int = LONGEST_BODY) -> None:
        self.app, self.longest = app, longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what it sends."""
        taken = 0

        async def receive_some() -> Message:
            nonlocal taken
            if _announced(scope, self.longest) > self.longest:
                await _drain(receive)
                raise self._too_long()
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.longest:
                raise self._too_long()
            return message

        await self.app(scope, receive_some if scope["type"] == "http" else receive, send)

    def _too_long(self) -> Problem:
        if self.longest == LONGEST_BODY:
            return too_long()
        return Problem(413, f"A request may have {self.longest / 1e6:,.0f} MB here.")


async def _drain(receive: Receive) -> None:
    """Take in what is being sent, up to a limit: a client that is cut off while it sends hears no answer."""
    taken, more = 0, True
    while more and taken < DRAINED:
        message = await receive()
        taken += len(message.get("body", b""))
        more = message.get("more_body", False)


def _announced(scope: Scope, longest: int) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isdecimal() and len(length) < 12 else longest + 1


def check(query: str, services: Sequence[str] = ()) -> None:
    """Refuse updates, calls to other servers (403) and what is too long (413). Raises Problem."""
    if len(query) > LONGEST:
        raise too_long()
    words = (token.text.upper() for token in tokens(query) if token.kind == "word")
    first = next((word for word in words if word not in PROLOGUE), None)
    if first in UPDATES:
        raise Problem(403, f"{first} is an update, and this endpoint only answers queries.")
    try:
        refuse_calls(without_silent_calls(query, services), services)
    except QueryError as error:
        raise Problem(403, error.reason, line=error.line, column=error.column) from error
