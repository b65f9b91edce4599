"""Clients that are slow on purpose: how long they have to ask, and to take in what they asked for."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from esskg.server.problems import Problem

HEADERS = 10.0
"""Seconds from the first byte of a request, or from the connection, to the end of its headers."""
BODY = 60.0
"""Seconds for the body."""
TAKING = 60.0
"""Seconds in which a client takes in a piece of the answer."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1 on connections that are closed where headers take too long."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on for headers that aren't whole; uvicorn itself waits between requests."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._stop_waiting()
        elif self._waiting is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(HEADERS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


class Patience:
    """Ends requests whose bodies come too slowly, and answers that are taken in too slowly."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        deadline, whole = asyncio.get_running_loop().time() + BODY, False

        async def receive_in_time() -> Message:
            nonlocal whole
            if whole:
                return await receive()  # what comes is that the client goes, whenever that is
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise Problem(408, "The request took too long to come.", {"Connection": "close"}) from None
            whole = not message.get("more_body", False)
            return message

        async def send_in_time(message: Any) -> None:
            async with asyncio.timeout(TAKING):
                await send(message)

        return await self.app(scope, receive_in_time, send_in_time)
