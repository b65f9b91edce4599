"""Worker processes that can be killed: a query ends at its deadline, or when its client has gone."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from esskg.config import StoreSettings
from esskg.errors import EsskgError, QueryError, StoreError
from esskg.server.answers import Answer, Job
from esskg.server.problems import Problem
from esskg.server.worker import LENGTH

LINGERING = 5.0
"""Seconds that a process which closed its pipes has to end."""


class Opening(NamedTuple):
    """Which store workers open."""

    settings: StoreSettings
    folder: Path
    base: str
    memory: int
    """Bytes that an evaluation may take."""

    def message(self) -> dict[str, Any]:
        """What a worker is told first."""
        settings = self.settings.model_dump(mode="json")
        return self._asdict() | {"settings": settings, "folder": str(self.folder)}


class Worker:
    """One process, started when first used and again after it was killed."""

    def __init__(self, opening: Opening) -> None:
        self.opening = opening
        self.process: Process | None = None

    async def run(self, job: Job) -> Answer:
        """The answer to a job. Raises QueryError, Problem (406, 503) or StoreError."""
        process = self.process = self.process or await self._start()
        assert process.stdin is not None and process.stdout is not None
        try:
            await _send(process.stdin, job._asdict())
            header = json.loads(await _receive(process.stdout))
            body = await _receive(process.stdout)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise await self._end_of(process) from error
        return _answer(header, body)

    async def _start(self) -> Process:
        command = (sys.executable, "-m", "esskg.server.worker")
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
        assert process.stdin is not None
        # Not as an argument: the settings of a remote store may hold its password.
        await _send(process.stdin, self.opening.message())
        return process

    async def kill(self) -> int | None:
        """End the process, whatever it is doing; its exit code."""
        process, self.process = self.process, None
        if process is None:
            return None
        with suppress(ProcessLookupError):
            process.kill()
        return await process.wait()

    async def _end_of(self, process: Process) -> EsskgError | Problem:
        """Why a process ended by itself: what is out of memory aborts, what is out of stack is killed.

        Its pipes close before it is gone: killed meanwhile, it wouldn't tell why.
        """
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), LINGERING)
        code = await self.kill()
        if code == -signal.SIGABRT:
            return out_of_memory(self.opening.memory)
        if code == -signal.SIGSEGV:
            return QueryError("The query is nested too deeply.")
        return StoreError("The process that evaluated the query died; ask again.")


class Pool:
    """A few workers on one version of the store; who finds none free waits for one, up to the deadline."""

    def __init__(self, opening: Opening, workers: int) -> None:
        self.opening = opening
        self.idle = [Worker(opening) for _ in range(workers)]
        self.free = asyncio.Semaphore(workers)
        self.closed = False

    async def run(self, job: Job, timeout: float) -> Answer:
        """The answer to a job within so many seconds.

        Raises Problem: 503 where no worker came free, 504 where evaluation took too long.
        """
        deadline = asyncio.get_running_loop().time() + timeout
        try:
            async with asyncio.timeout_at(deadline):
                await self.free.acquire()
        except TimeoutError:
            raise Problem(503, "Every worker is busy. Try again later.", {"Retry-After": "5"}) from None
        try:
            async with asyncio.timeout_at(deadline):
                return await self._evaluate(job)
        except TimeoutError:
            detail = f"The query took longer than {timeout:g} seconds and was stopped."
            raise Problem(504, detail, timeout=timeout) from None
        finally:
            self.free.release()

    async def _evaluate(self, job: Job) -> Answer:
        worker = self.idle.pop()
        try:
            return await worker.run(job)
        except asyncio.CancelledError:
            await asyncio.shield(
                worker.kill()
            )  # past its deadline, or its client has gone, and still evaluating
            raise
        finally:
            if self.closed:
                await worker.kill()
            self.idle.append(worker)

    async def close(self) -> None:
        """End the workers: the idle ones now, the others when they have answered."""
        self.closed = True
        for worker in self.idle:
            await worker.kill()


def out_of_memory(memory: int) -> Problem:
    """The answer to a query that would take more than so many bytes."""
    detail = f"The query needed more than {memory / 1e6:,.0f} MB of memory and was stopped. "
    return Problem(503, detail + "Ask for less: bind more, or sort and join fewer rows.", memory=memory)


async def _send(stream: asyncio.StreamWriter, message: dict[str, Any]) -> None:
    encoded = json.dumps(message).encode()
    stream.write(LENGTH.pack(len(encoded)) + encoded)
    await stream.drain()


async def _receive(stream: asyncio.StreamReader) -> bytes:
    (length,) = LENGTH.unpack(await stream.readexactly(LENGTH.size))
    return await stream.readexactly(length)


def _answer(header: dict[str, Any], body: bytes) -> Answer:
    match header.pop("error", None):
        case None:
            return Answer(**header | {"body": body})
        case "query":
            raise QueryError(**header)
        case "store":
            raise StoreError(header["reason"])
        case _:
            raise Problem(406, f"None of the accepted media types can carry a {header['kind']}.")
