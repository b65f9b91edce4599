"""Workers that can be killed: a query ends at its deadline, or when its client has gone."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from contextlib import suppress
from typing import Any

from esskg.errors import EsskgError, QueryError, StoreError
from esskg.server.answers import Answer, Job
from esskg.server.frames import LENGTH, encoded, framed
from esskg.server.holding import Holding
from esskg.server.limits import Places
from esskg.server.problems import Problem
from esskg.server.turns import Turns

PATIENCE = 0.1
"""Seconds after which an evaluation gives way to those that have just begun."""
NICE = 15
"""The priority it then has; the highest is 0, the lowest 19."""


class Worker:
    """A connection to a process that answers one job after the other; made when first used."""

    def __init__(self, holding: Holding) -> None:
        self.holding = holding
        self.process = 0
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._slowed = False

    async def run(self, job: Job) -> Answer:
        """The answer to a job. Raises QueryError, Problem (406, 503) or StoreError."""
        try:
            header, body = await self._asked(job)
            while header.get("error") == "stale":
                self.hang_up()
                header, body = await self._asked(job)
        except (OSError, asyncio.IncompleteReadError) as error:
            self.hang_up()
            raise StoreError(self.holding.complaint()) from error
        if header.get("error") == "ended" or self._slowed:
            self.hang_up()
        return _answer(header, body, self.holding.opening.memory)

    async def _asked(self, job: Job) -> tuple[dict[str, Any], bytes]:
        reader, writer = self._streams = self._streams or await self._start()
        slow_down = asyncio.get_running_loop().call_later(PATIENCE, self._give_way)
        try:
            writer.write(framed(encoded(job._asdict())))
            await writer.drain()
            return json.loads(await _receive(reader)), await _receive(reader)
        finally:
            slow_down.cancel()

    async def _start(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await self.holding.connect()
        greeting = json.loads(await _receive(reader))
        raise_error(greeting, self.holding.opening.memory)
        self._slowed, self.process = False, greeting["process"]
        return reader, writer

    def _give_way(self) -> None:
        self._slowed = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process, NICE)

    def hang_up(self) -> None:
        """Let go of the process: its keeper kills it, whatever it is doing."""
        streams, self._streams = self._streams, None
        if streams is not None:
            streams[1].transport.abort()


class Pool:
    """A few workers on one version of a dataset."""

    def __init__(self, holding: Holding, places: Places) -> None:
        self.holding = holding
        self.turns = Turns(places)
        self.idle = [Worker(holding) for _ in range(places.running)]
        self.busy = 0
        self.closed = False

    async def run(self, job: Job, timeout: float, client: str = "") -> Answer:
        """The answer to a job of a client within so many seconds.

        Raises Problem: 503 where no worker came free, 504 where evaluation took too long.
        """
        deadline = asyncio.get_running_loop().time() + timeout
        async with self.turns.turn(client, deadline):
            try:
                async with asyncio.timeout_at(deadline):
                    return await self._evaluate(job)
            except TimeoutError:
                detail = f"The query took longer than {timeout:g} seconds and was stopped."
                raise Problem(504, detail, timeout=timeout) from None

    async def _evaluate(self, job: Job) -> Answer:
        worker = self.idle.pop()
        self.busy += 1
        try:
            return await worker.run(job)
        except asyncio.CancelledError:
            worker.hang_up()  # past its deadline, or its client has gone, and still evaluating
            raise
        finally:
            self.busy -= 1
            self.idle.append(worker)
            self._end_if_over()

    def close(self) -> None:
        """End the workers: the idle ones now, the others when they have answered."""
        self.closed = True
        self._end_if_over()

    def _end_if_over(self) -> None:
        if self.closed:
            for worker in self.idle:
                worker.hang_up()
        if self.closed and not self.busy:
            self.holding.close()


def ended(code: int, memory: int) -> EsskgError | Problem:
    """Why a process ended by itself: what is out of memory aborts, what is out of stack is killed."""
    if code == -signal.SIGABRT:
        return out_of_memory(memory)
    if code == -signal.SIGSEGV:
        return QueryError("The query is nested too deeply.")
    return StoreError("The process that evaluated the query died; ask again.")


def out_of_memory(memory: int) -> Problem:
    """The answer to a query that would take more than so many bytes."""
    detail = f"The query needed more than {memory / 1e6:,.0f} MB of memory and was stopped. "
    return Problem(503, detail + "Ask for less: bind more, or sort and join fewer rows.", memory=memory)


async def _receive(stream: asyncio.StreamReader) -> bytes:
    (length,) = LENGTH.unpack(await stream.readexactly(LENGTH.size))
    return await stream.readexactly(length)


def _answer(header: dict[str, Any], body: bytes, memory: int) -> Answer:
    raise_error(header, memory)
    return Answer(**header | {"body": body})


def raise_error(header: dict[str, Any], memory: int) -> None:
    """The error that a process tells of, if it does."""
    match header.pop("error", None):
        case None:
            return
        case "query":
            raise QueryError(**header)
        case "store":
            raise StoreError(header["reason"])
        case "ended":
            raise ended(header["code"], memory)
        case "timeout":
            raise Problem(504, "The update took too long and was not made.")
        case _:
            raise Problem(406, f"None of the accepted media types can carry a {header['kind']}.")
