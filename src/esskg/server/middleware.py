"""What every request passes through before it is answered, and every answer on its way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from esskg.server import guard
from esskg.server.http import SafetyHeaders, VersionTags
from esskg.server.metrics import Counted, Metrics
from esskg.server.patience import Patience

EXPOSED = ["ETag", "Link", "Location", "Retry-After", "Esskg-Rows", "Esskg-Truncated", "Esskg-Version"]
"""Headers that pages of other sites may read."""


class Passing(NamedTuple):
    """What the layers depend on."""

    version: Callable[[], str | None]
    """The version of the data that answers are about."""
    metrics: Metrics
    hosts: Sequence[str] = ("*",)
    longest_body: int = guard.LONGEST_BODY


def layers(passing: Passing) -> list[Middleware]:
    """The layers of a server, the outermost first."""
    return [
        Middleware(Counted, metrics=passing.metrics),
        Middleware(SafetyHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=passing.hosts, www_redirect=False),
        Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["*"],
            expose_headers=EXPOSED,
        ),
        Middleware(VersionTags, version=passing.version),
        Middleware(guard.ShortBodies, longest=passing.longest_body),
        Middleware(Patience),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
    ]
