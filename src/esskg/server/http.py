"""What every response carries: version tags, safety headers, CORS."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
SAFETY = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer-when-downgrade",
}
UNTAGGED = ("/health", "/metrics", "/static/")


class SafetyHeaders:
    """Adds the security policy to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete its response."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFETY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_safely if scope["type"] == "http" else send)


class VersionTags:
    """Gives what a GET returns an ETag, and answers 304 to who has it already.

    The tag hashes the version of the data, the address and what the client accepts: all that an answer
    depends on, so that a 304 costs no work.
    """

    def __init__(self, app: ASGIApp, version: Callable[[], str | None]) -> None:
        self.app, self.version = app, version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on unless its answer is known to its client."""
        tag = self._tag(scope) if scope["type"] == "http" else None
        if tag is None:
            await self.app(scope, receive, send)
        elif tag in Headers(scope=scope).get("if-none-match", ""):
            start = {"type": "http.response.start", "status": 304, "headers": [(b"etag", tag.encode())]}
            await send(start)
            await send({"type": "http.response.body", "body": b""})
        else:
            await self.app(scope, receive, self._tagging(send, tag))

    def _tag(self, scope: Scope) -> str | None:
        untagged = scope["path"].startswith(UNTAGGED)
        if scope["method"] not in {"GET", "HEAD"} or untagged or (version := self.version()) is None:
            return None
        headers = Headers(scope=scope)
        accepts = [headers.get(name, "") for name in ("host", "accept", "accept-language")]
        address = scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
        key = "\x1f".join((version, *address, *accepts))
        return f'W/"{hashlib.sha256(key.encode()).hexdigest()[:24]}"'

    @staticmethod
    def _tagging(send: Send, tag: str) -> Send:
        async def tagging(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = MutableHeaders(scope=message)
                headers.setdefault("etag", tag)
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        return tagging
