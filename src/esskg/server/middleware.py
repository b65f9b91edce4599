"""What every request passes through before it is answered, and every answer on its way out."""

from __future__ import annotations

from collections.abc import Callable

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from esskg.server import guard
from esskg.server.http import SafetyHeaders, VersionTags

EXPOSED = ["ETag", "Link", "Location", "Retry-After", "Esskg-Rows", "Esskg-Truncated", "Esskg-Version"]
"""Headers that pages of other sites may read."""


def layers(version: Callable[[], str | None], longest_body: int = guard.LONGEST_BODY) -> list[Middleware]:
    """The layers of a server whose answers depend on a version of the data, the outermost first."""
    return [
        Middleware(SafetyHeaders),
        Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["*"],
            expose_headers=EXPOSED,
        ),
        Middleware(VersionTags, version=version),
        Middleware(guard.ShortBodies, longest=longest_body),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
    ]
