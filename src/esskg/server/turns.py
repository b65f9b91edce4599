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
        except BaseException as error:
            self._give_up(client, granted)
            if isinstance(error, TimeoutError):
                raise busy() from None
            raise

    def _give_up(self, client: str, granted: asyncio.Future[None]) -> None:
        """Leave the line, or the place that was granted at the last moment."""
        line = self._lines.get(client, deque())
        if granted in line:
            line.remove(granted)
        elif not granted.cancelled():
            self._leave(client)

    def _leave(self, client: str) -> None:
        self.running[client] -= 1
        self.running += Counter()  # forgets who has none
        self._let_in()

    def _let_in(self) -> None:
        for client, line in [*self._lines.items()]:
            if self.running.total() >= self.places.running:
                return
            if self.running[client] < self.places.each and (granted := _next(line)):
                self.running[client] += 1
                granted.set_result(None)
                self._lines.move_to_end(client)
            if not line:
                del self._lines[client]


def _next(line: deque[asyncio.Future[None]]) -> asyncio.Future[None] | None:
    """Who waits first in a line; those who have just given up still stand in it."""
    while line:
        if not (granted := line.popleft()).done():
            return granted
    return None


def busy() -> Problem:
    """The answer to who finds no place."""
    return Problem(503, "Too many queries are being answered. Try again later.", {"Retry-After": "5"})
