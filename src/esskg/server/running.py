"""Running the server of a project, and what is printed when it listens."""

from __future__ import annotations

import sys
from urllib.parse import quote, urlsplit

from esskg.project import Project
from esskg.server.app import create_app
from esskg.server.limits import Limits
from esskg.server.listening import Site, address, listen, serve_until_interrupted


def run(project: Project, site: Site, limits: Limits) -> None:
    """Serve until interrupted.

    Raises ConfigError where the port is taken, StoreError before the first build.
    """
    project.built()
    listening = listen(site)
    print(greeting(project, address(site, listening)), flush=True)
    if warning := port_warning(project.settings.base, listening.getsockname()[1]):
        print(warning, file=sys.stderr, flush=True)
    serve_until_interrupted(create_app(project, limits=limits, hosts=site.hosts), listening, site)


def port_warning(base: str, port: int) -> str:
    """What to say where identifiers lead to another port of this machine than is served; else nothing."""
    parts = urlsplit(base)
    if parts.hostname not in {"localhost", "127.0.0.1", "::1"} or (parts.port or 80) == port:
        return ""
    remedy = f"serve with --port {parts.port or 80}, or set base in esskg.toml and build again"
    return f"warning: identifiers begin with {base}, which is not served on port {port}: {remedy}"


def greeting(project: Project, address: str) -> str:
    """The address, the counts, and three things to try."""
    counts = project.built().manifest.counts
    told = ", ".join(f"{counts.get(name, 0):,} {words}" for name, words in _COUNTED.items())
    names = project.catalogue.names
    question = QUESTION if QUESTION in names else next(iter(names), "")
    return "\n".join(
        (
            f"esskg serves “{project.settings.title_in('en')}” on {address}",
            f"  {told}",
            "Try",
            f"  {address}/en/graph  the graph around someone",
            f"  {address}/en/query?name={quote(question)}  a question with its answers",
            f"  curl -H 'Accept: text/csv' '{address}/sparql?query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+5'",
            "Stop with Ctrl+C.",
        )
    )


QUESTION = "who-finances-whom"
_COUNTED = {"Document": "documents", "mentioned": "entities", "Statement": "statements", "Figure": "figures"}
