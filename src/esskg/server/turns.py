"""Who may evaluate next: so many at once, no client more than its share, and those who wait go in turn."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from esskg.server.limits import Places
from esskg.server.problems import Problem


class Turns:
    """A queue with a line for each client; the lines are served one after the other."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.running: Counter[str] = Counter()
        self._lines: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._lines.values()))

    @asynccontextmanager
    async def turn(self, client: str, deadline: float) -> AsyncIterator[None]:
        """A place, for as long as the context lasts.

        Raises Problem (503) where too many wait already, or no place came free up to the deadline, a time
        of the event loop.
        """
        if self._is_free_for(client):
            self.running[client] += 1
        else:
            await self._wait(client, deadline)
        try:
            yield
        finally:
            self._leave(client)

    def _is_free_for(self, client: str) -> bool:
        free = self.running.total() < self.places.running
        return free and self.running[client] < self.places.each and not self._lines.get(client)

    async def _wait(self, client: str, deadline: float) -> None:
        if self.waiting >= self.places.waiting:
            raise busy()
        granted = asyncio.get_running_loop().create_future()
        self._lines.setdefault(client, deque()).append(granted)
        try:
            async with asyncio.timeout_at(deadline):
                await granted
        except TimeoutError:
            raise busy() from None
        finally:
            self._forget(client, granted)

    def _forget(self, client: str, granted: asyncio.Future[None]) -> None:
        """Take who waits no longer out of its line; who got a place and can't take it any more, leaves it."""
        line = self._lines.get(client, deque())
        if granted in line:
            line.remove(granted)
        elif granted.cancelled():
            self._leave(client)
        if not line:
            self._lines.pop(client, None)

    def _leave(self, client: str) -> None:
        self.running[client] -= 1
        self.running += Counter()  # forgets who has none
        self._let_in()

    def _let_in(self) -> None:
        for client in [*self._lines]:
            if self.running.total() >= self.places.running:
                return
            if self.running[client] < self.places.each and (line := self._lines[client]):
                self.running[client] += 1
                line.popleft().set_result(None)
                self._lines.move_to_end(client)


def busy() -> Problem:
    """The answer to who finds no place."""
    return Problem(503, "Too many queries are being answered. Try again later.", {"Retry-After": "5"})
