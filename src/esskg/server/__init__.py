"""Serving a project: SPARQL protocol, linked data, pages and a JSON interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from esskg.project import Project
    from esskg.server.limits import Limits
    from esskg.server.listening import Site


def serve(project: Project, site: Site, limits: Limits) -> None:
    """Serve a project until interrupted; prints the address, the counts and three things to try."""
    from esskg.server.running import run  # worker processes import this package and need none of it

    run(project, site, limits)
