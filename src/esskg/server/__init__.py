"""Serving a project: SPARQL protocol, linked data, pages and a JSON interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from esskg.project import Project


def serve(project: Project, *, host: str = "127.0.0.1", port: int = 8420) -> None:
    """Serve a project until interrupted; prints the address, the counts and three things to try."""
    from esskg.server.running import run  # worker processes import this package and need none of it

    run(project, host=host, port=port)
