"""What a query may not do: change the graph, or make this server call others."""

from __future__ import annotations

from esskg.errors import QueryError
from esskg.graph.sparql import refuse_calls, tokens
from esskg.server.problems import Problem

UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
PROLOGUE = frozenset(("PREFIX", "BASE"))
LONGEST = 32_000
"""Characters of a query: the checks below look at each of them several times."""
LONGEST_BODY = 12 * LONGEST
"""Bytes of a request: a form spells a character in up to twelve."""


def too_long() -> Problem:
    """The answer to a query over that length."""
    return Problem(
        413, f"A query may have {LONGEST:,} characters here. Ask a longer one with: esskg query FILE"
    )


def check(query: str) -> None:
    """Refuse updates, calls to other servers (403) and what is too long (413). Raises Problem."""
    if len(query) > LONGEST:
        raise too_long()
    words = (token.text.upper() for token in tokens(query) if token.kind == "word")
    first = next((word for word in words if word not in PROLOGUE), None)
    if first in UPDATES:
        raise Problem(403, f"{first} is an update, and this endpoint only answers queries.")
    try:
        refuse_calls(query)
    except QueryError as error:
        raise Problem(403, error.reason, line=error.line, column=error.column) from error
