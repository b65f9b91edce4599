"""What a query may not do: change the graph, or make this server call others."""

from __future__ import annotations

from esskg.errors import QueryError
from esskg.graph.sparql import refuse_calls, tokens
from esskg.server.problems import Problem

UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
PROLOGUE = frozenset(("PREFIX", "BASE"))


def check(query: str) -> None:
    """Refuse updates and calls to other servers. Raises Problem (403)."""
    words = (token.text.upper() for token in tokens(query) if token.kind == "word")
    first = next((word for word in words if word not in PROLOGUE), None)
    if first in UPDATES:
        raise Problem(403, f"{first} is an update, and this endpoint only answers queries.")
    try:
        refuse_calls(query)
    except QueryError as error:
        raise Problem(403, error.reason, line=error.line, column=error.column) from error
