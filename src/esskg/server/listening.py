"""The socket of the server, and the loop that serves it."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from esskg.errors import ConfigError
from esskg.server.processes import run_in

if TYPE_CHECKING:
    from starlette.types import ASGIApp


HERE = ("localhost", "127.0.0.1", "::1")
"""Names of this machine."""


class Site(NamedTuple):
    """Where and for whom a server listens."""

    host: str = "127.0.0.1"
    port: int = 8420
    """0 takes a free one."""
    writable: bool = False
    tokens: Path | None = None
    """A file that says who may write."""
    workers: int = 1
    """Processes that answer."""
    prefix: str = ""
    """The beginning of paths that a proxy takes away before it passes a request on."""
    proxies: str = "127.0.0.1"
    """Addresses whose ``X-Forwarded-…`` headers are believed, with commas between."""
    names: tuple[str, ...] = ()
    """Names under which the server is reached; ``*`` stands for any."""

    @property
    def hosts(self) -> list[str]:
        """The hosts that requests may name; else a site that someone visits could reach this server under a
        name of its own."""
        return [*HERE, *self.names] if self.host in HERE or self.names else ["*"]


BACKLOG = 2048
"""Connections that may wait to be taken."""
GRACE = 3
"""Seconds that answers under way have when the server is told to end."""


def listen(site: Site) -> socket.socket:
    """A socket that is bound. Raises ConfigError where it can't be."""
    try:
        family = socket.getaddrinfo(site.host, site.port, type=socket.SOCK_STREAM)[0][0]
        # With its protocol named: only then does asyncio send at once what is written.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((site.host, site.port))
        listening.listen(BACKLOG)
    except OSError as error:
        remedy = "Choose another port with --port (0 takes a free one)."
        raise ConfigError(f"can't listen on {site.host}:{site.port}: {error.strerror}. {remedy}") from error
    return listening


def address(site: Site, listening: socket.socket) -> str:
    """Where a bound socket is reached."""
    host = f"[{site.host}]" if ":" in site.host else site.host
    return f"http://{host}:{listening.getsockname()[1]}"


def serve_until_interrupted(app: ASGIApp, listening: socket.socket, site: Site) -> None:
    """Serve until the process is told to end; answers under way are finished first."""
    run_in(site.workers, lambda: _serve(app, listening, site))


def _serve(app: ASGIApp, listening: socket.socket, site: Site) -> None:
    import uvicorn  # a quarter of a second, while the keeper reads what is to be served

    from esskg.server.patience import PatientProtocol

    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        log_level="warning",
        timeout_graceful_shutdown=GRACE,
        root_path=site.prefix,
        forwarded_allow_ips=site.proxies,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listening])
