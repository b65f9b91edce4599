"""Evaluating what clients ask, on what is served at the moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from esskg.server import guard
from esskg.server.answers import Answer, Job
from esskg.server.holding import Holding, Opening
from esskg.server.limits import Limits
from esskg.server.pool import Pool
from esskg.server.problems import Problem

SHORT = 4_000
"""Characters of a query that are looked through at once, without a thread."""


class Evaluation:
    """The workers; new ones where something else is to be served: the old ones end after their answers."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._pool: Pool | None = None

    async def run(self, request: Request, opening: Opening, job: Job, timeout: float | None) -> Answer:
        """Answer a request's query within so many seconds, as long as its client waits.

        Raises QueryError, Problem or StoreError.
        """
        if len(job.query) < SHORT:
            guard.check(job.query, self.limits.services)
        else:
            await run_in_threadpool(guard.check, job.query, self.limits.services)
        work = self.pool(opening).run(job, timeout or self.limits.timeout, client(request))
        return await _unless_gone(request, work)

    def pool(self, opening: Opening) -> Pool:
        """The workers on what is to be opened, started where they aren't there."""
        if self._pool is None or self._pool.holding.opening != opening or not self._pool.holding.alive:
            self.serve(Holding(opening))
        assert self._pool is not None
        return self._pool

    def serve(self, holding: Holding) -> None:
        """Take workers from a keeper from now on."""
        self.close()
        self._pool = Pool(holding, self.limits.places)

    def gauges(self) -> dict[str, int]:
        """How many queries run and wait at the moment."""
        turns = self._pool.turns if self._pool else None
        return {"running": turns.running.total(), "waiting": turns.waiting} if turns else {}

    def close(self) -> None:
        """End the workers."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()


def client(request: Request) -> str:
    """Who asks, as far as taking turns goes: an address."""
    return request.client.host if request.client else ""


async def _unless_gone(request: Request, work: Awaitable[Answer]) -> Answer:
    """The outcome of some work that is cancelled when the client hangs up."""
    evaluation = asyncio.ensure_future(work)
    hang_up = asyncio.ensure_future(_hung_up(request))
    try:
        await asyncio.wait({evaluation, hang_up}, return_when=asyncio.FIRST_COMPLETED)
        if not evaluation.done():
            raise Problem(400, "The client has gone.")
        return evaluation.result()
    finally:
        for task in (evaluation, hang_up):
            task.cancel()


async def _hung_up(request: Request) -> None:
    await request.body()
    while (await request.receive())["type"] != "http.disconnect":
        pass
