"""The process that holds a dataset and forks a worker for every connection that it takes.

Started as ``python -m esskg.server.keeper FOLDER FD``: FD is the listening socket for questions; standard
input says, as JSON, what to hold; a line of JSON on standard output, whether it does. It ends when standard
input closes. In the folder stand the socket for changes and the file that counts them.

A worker is a fork: it begins at once, shares the memory of the dataset, and its view stays as it was at that
moment. A client that hangs up kills its worker, whatever that is doing; of a worker that dies by itself, the
keeper tells the client why.
"""

from __future__ import annotations

import json
import mmap
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from esskg.errors import EsskgError
from esskg.graph.local import LocalStore
from esskg.server import worker
from esskg.server.answers import Queryable
from esskg.server.changes import Change, outcome
from esskg.server.frames import encoded, framed, receive

CHANGES = "changes"
"""The socket for changes, in the keeper's folder."""
COUNTER = "counter"
"""The file that counts changes: eight bytes, the highest first."""


class Counter:
    """How many changes there were, seen by every process that opens the file."""

    def __init__(self, file: Path, *, writable: bool = False) -> None:
        with file.open("r+b" if writable else "rb") as opened:
            access = mmap.ACCESS_WRITE if writable else mmap.ACCESS_READ
            self._bytes = mmap.mmap(opened.fileno(), 8, access=access)

    def read(self) -> int:
        """How many."""
        return int.from_bytes(self._bytes[:8], "big")

    def increase(self) -> int:
        """One more; the new number."""
        changed = self.read() + 1
        self._bytes[:8] = changed.to_bytes(8, "big")
        return changed


class Held(NamedTuple):
    """What gives a worker its store, and what gives a change its own, where changes are taken."""

    to_ask: Callable[[], Queryable]
    to_change: Callable[[], LocalStore] | None = None


class Keeper:
    """A dataset, those who ask, and those who change it."""

    def __init__(self, folder: Path, questions: socket.socket, held: Held, memory: int) -> None:
        self.held, self.memory = held, memory
        self.questions = questions
        self.counter = Counter(folder / COUNTER, writable=True)
        self.changes = socket.socket(socket.AF_UNIX)
        self.changes.bind(str(folder / CHANGES))
        self.changes.listen()
        self.workers: dict[int, socket.socket] = {}
        self.poll = select.poll()

    def run(self) -> None:
        """Serve until standard input closes."""
        ended, ending = socket.socketpair()
        ending.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(ending.fileno(), warn_on_full_buffer=False)
        for source in (self.questions, self.changes, ended, sys.stdin):
            self.poll.register(source, select.POLLIN)
        while True:
            for descriptor, _ in self.poll.poll():
                if descriptor == sys.stdin.fileno():
                    return
                if descriptor == ended.fileno():
                    ended.recv(4096)
                    self._reap()
                elif descriptor == self.questions.fileno():
                    self._fork(self.questions.accept()[0])
                elif descriptor == self.changes.fileno():
                    self._change(self.changes.accept()[0])
                else:
                    self._kill(descriptor)

    def close(self) -> None:
        """End all workers."""
        signal.set_wakeup_fd(-1)
        for process in self.workers:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def _fork(self, connection: socket.socket) -> None:
        process = os.fork()
        if process == 0:
            self._be_worker(connection)
        self.workers[process] = connection
        self.poll.register(connection, 0)  # only hanging up is looked for: what is sent is for the worker

    def _be_worker(self, connection: socket.socket) -> NoReturn:
        try:
            _as_child(self.questions, self.changes, *self.workers.values())
            born = self.counter.read()
            store = self.held.to_ask()
            worker.limit_memory(self.memory)
            worker.serve(connection, store, lambda: self.counter.read() != born)
        except EsskgError as error:
            connection.sendall(framed(encoded({"error": "store", "reason": str(error)}), b""))
        finally:
            os._exit(0)

    def _kill(self, descriptor: int) -> None:
        for process, connection in self.workers.items():
            if connection.fileno() == descriptor:
                self.poll.unregister(descriptor)
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
                return

    def _reap(self) -> None:
        with suppress(ChildProcessError):
            while (status := os.waitpid(-1, os.WNOHANG))[0]:
                self._tell_end(status[0], os.waitstatus_to_exitcode(status[1]))

    def _tell_end(self, process: int, code: int) -> None:
        connection = self.workers.pop(process, None)
        if connection is None:
            return
        with suppress(KeyError):
            self.poll.unregister(connection)
        with suppress(OSError), connection:
            connection.sendall(framed(encoded({"error": "ended", "code": code}), b""), socket.MSG_DONTWAIT)

    def _change(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as stream, suppress(OSError):
            described, content = receive(stream), receive(stream)
            if described is None or content is None:
                return
            told = self._changed(Change(**json.loads(described)), content)
            stream.write(framed(encoded(told)))

    def _changed(self, change: Change, content: bytes) -> dict[str, Any]:
        if self.held.to_change is None:
            return {"error": "store", "reason": "the dataset is held for reading only"}
        failure = self._tried(change, content) if change.may_take_long else None
        told = failure or outcome(self.held.to_change(), change, content)
        if "error" not in told:
            self.counter.increase()
        return told

    def _tried(self, change: Change, content: bytes) -> dict[str, Any] | None:
        """Why a change can't be made, by a fork that tries it: it fails, takes too long or too much."""
        here, there = socket.socketpair()
        process = os.fork()
        if process == 0:
            self._try(there, change, content)
        there.close()
        here.settimeout(change.timeout)
        try:
            with here, here.makefile("rb") as stream:
                told: dict[str, Any] = json.loads(receive(stream) or b"{}")
        except TimeoutError:
            os.kill(process, signal.SIGKILL)
            return {"error": "timeout"}
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if not told:
            return {"error": "ended", "code": code}
        return told if "error" in told else None

    def _try(self, told: socket.socket, change: Change, content: bytes) -> NoReturn:
        try:
            assert self.held.to_change is not None
            worker.limit_memory(self.memory)
            told.sendall(framed(encoded(outcome(self.held.to_change(), change, content))))
        finally:
            os._exit(0)


def _as_child(*inherited: socket.socket) -> None:
    """Let go of what belongs to the keeper; closing it all here would close it for nobody else."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which ends its workers
    for connection in inherited:
        connection.close()


def _held(told: dict[str, Any]) -> Held:
    """What standard input says is to be held. Raises ConfigError, StoreError."""
    if "files" in told:
        from esskg.graph.files import read_files

        files, services = map(Path, told["files"]), told["services"]
        read = LocalStore(read_files(files), told["base"], prefixes={}, services=services)
        return Held(lambda: read, lambda: read)
    from esskg.config import StoreSettings
    from esskg.graph.store import open_store

    settings, folder = StoreSettings.model_validate(told["settings"]), Path(told["folder"])

    def open_anew() -> Queryable:
        return open_store(settings, folder, base=told["base"], read_only=True, services=told["services"])

    if settings.kind != "memory":
        return Held(open_anew)
    in_memory = open_anew()
    return Held(lambda: in_memory)


def _tell(error: str | None) -> None:
    """Say whether what was asked for is held; the server may have ended meanwhile."""
    with suppress(BrokenPipeError):
        print(json.dumps({"error": error}), flush=True)


def main() -> None:
    """Hold what standard input says, until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    folder, questions = Path(sys.argv[1]), socket.socket(fileno=int(sys.argv[2]))
    told = json.loads(sys.stdin.readline())
    try:
        keeper = Keeper(folder, questions, _held(told), told["memory"])
    except EsskgError as error:
        _tell(str(error))
        return
    _tell(None)
    try:
        keeper.run()
    finally:
        keeper.close()


if __name__ == "__main__":
    main()
