"""Running the server: the socket, and what is printed when it listens."""

from __future__ import annotations

import socket
import sys
from urllib.parse import quote, urlsplit

import uvicorn

from esskg.errors import ConfigError
from esskg.project import Project
from esskg.server.app import create_app


def run(project: Project, *, host: str, port: int) -> None:
    """Serve until interrupted.

    Raises ConfigError where the port is taken, StoreError before the first build.
    """
    project.built()
    listening = _listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
    print(greeting(project, address), flush=True)
    if warning := port_warning(project.settings.base, listening.getsockname()[1]):
        print(warning, file=sys.stderr, flush=True)
    config = uvicorn.Config(create_app(project), log_level="warning", timeout_graceful_shutdown=3)
    uvicorn.Server(config).run(sockets=[listening])


def port_warning(base: str, port: int) -> str:
    """What to say where identifiers lead to another port of this machine than is served; else nothing."""
    parts = urlsplit(base)
    if parts.hostname not in {"localhost", "127.0.0.1", "::1"} or (parts.port or 80) == port:
        return ""
    remedy = f"serve with --port {parts.port or 80}, or set base in esskg.toml and build again"
    return f"warning: identifiers begin with {base}, which is not served on port {port}: {remedy}"


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        remedy = "Choose another port with --port (0 takes a free one)."
        raise ConfigError(f"can't listen on {host}:{port}: {error.strerror}. {remedy}") from error
    return listening


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
