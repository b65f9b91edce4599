"""A keeper process as the server sees it: what it holds, how to reach it, and its end."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from esskg.errors import ConfigError, StoreError
from esskg.server.changes import Change
from esskg.server.frames import encoded, framed, receive
from esskg.server.keeper import CHANGES, COUNTER, Counter

if TYPE_CHECKING:
    from esskg.config import StoreSettings

QUESTIONS = "questions"
"""The socket for questions, in the keeper's folder."""
BACKLOG = 128
"""Connections that may wait while the keeper makes a change."""
LINGERING = 5.0
"""Seconds that a keeper has to end."""


class Opening(NamedTuple):
    """What a keeper is told to hold, as JSON, and the bytes that an evaluation may take."""

    held: str
    memory: int

    @classmethod
    def of_files(
        cls, files: tuple[Path, ...], base: str, memory: int, services: tuple[str, ...] = ()
    ) -> Opening:
        """RDF files, in memory."""
        return cls(json.dumps({"files": [*map(str, files)], "base": base, "services": services}), memory)

    @classmethod
    def of_project(
        cls, settings: StoreSettings, folder: Path, base: str, memory: int, services: tuple[str, ...] = ()
    ) -> Opening:
        """The store of a project's version, opened by each worker."""
        told = {"settings": settings.model_dump(mode="json"), "folder": str(folder)}
        return cls(json.dumps(told | {"base": base, "services": services}), memory)


class Holding:
    """A keeper, started at once; who connects before it is ready waits."""

    def __init__(self, opening: Opening) -> None:
        self.opening = opening
        self._temporary = TemporaryDirectory(prefix="esskg-")
        self._folder = Path(self._temporary.name)
        (self._folder / COUNTER).write_bytes(bytes(8))
        self._counter = Counter(self._folder / COUNTER)
        self._owner = os.getpid()
        self._process = self._start()

    def _start(self) -> Popen[bytes]:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(self._folder / QUESTIONS))
            listening.listen(BACKLOG)
            descriptor = listening.fileno()
            command = (sys.executable, "-m", "esskg.server.keeper", str(self._folder), str(descriptor))
            process = Popen(command, stdin=PIPE, stdout=PIPE, pass_fds=(descriptor,))
        assert process.stdin is not None
        # Not as an argument: the settings of a remote store may hold its password.
        process.stdin.write(encoded(json.loads(self.opening.held) | {"memory": self.opening.memory}) + b"\n")
        process.stdin.flush()
        return process

    def ready(self) -> None:
        """Wait until the dataset is there. Raises ConfigError where it can't be."""
        assert self._process.stdout is not None
        if error := json.loads(self._process.stdout.readline() or b'{"error": "the keeper died"}').get(
            "error"
        ):
            self.close()
            raise ConfigError(error)

    @property
    def alive(self) -> bool:
        """Whether the process is there, as far as the one that started it can tell."""
        return os.getpid() != self._owner or self._process.poll() is None

    @property
    def changed(self) -> int:
        """How many changes were made."""
        return self._counter.read()

    def complaint(self) -> str:
        """What to say where a connection broke."""
        return (
            "The process that evaluated the query died; ask again." if self.alive else "The dataset is gone."
        )

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to a new worker."""
        return await asyncio.open_unix_connection(str(self._folder / QUESTIONS), limit=2**20)

    def change(self, change: Change, content: bytes) -> dict[str, object]:
        """What became of a change; blocks until it is made. Raises StoreError where the keeper is gone."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(self._folder / CHANGES))
                with connection.makefile("rwb") as stream:
                    stream.write(framed(encoded(change._asdict()), content))
                    stream.flush()
                    told: dict[str, object] = json.loads(receive(stream) or b"{}")
        except OSError as error:
            raise StoreError(self.complaint()) from error
        if not told:
            raise StoreError("The change was not made; its process died.")
        return told

    def let_go(self) -> None:
        """In a process that was forked from this one: leave the keeper's end to the one that started it."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def close(self) -> None:
        """End the keeper and its workers, unless another process started it."""
        if os.getpid() != self._owner:
            return
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe and pipe.close()
        try:
            self._process.wait(LINGERING)
        except TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._temporary.cleanup()
