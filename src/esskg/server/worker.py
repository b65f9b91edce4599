"""A process that answers queries on a read-only store, one after the other.

Started as ``python -m esskg.server.worker``; the first message says which store.

Oxigraph can't stop an evaluation, but a process can be killed. Messages both ways are a length in
four bytes and that many bytes: jobs as JSON in; a header as JSON, then the body, out.
"""

from __future__ import annotations

import json
import resource
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

from esskg.config import StoreSettings
from esskg.errors import EsskgError, QueryError, StoreError
from esskg.graph.store import Store, open_store
from esskg.server.answers import Job, NotAcceptableError, run

MEMORY = Path("/proc/self/statm")
"""Where Linux says how many pages of memory this process has; the sixth number is that of data."""
LENGTH = struct.Struct(">I")


def reply(store: Store, job: Job) -> tuple[dict[str, Any], bytes]:
    """The header and body that tell how a job went."""
    try:
        done = run(store, job)
    except QueryError as error:
        return {"error": "query", "reason": error.reason, "line": error.line, "column": error.column}, b""
    except NotAcceptableError as error:
        return {"error": "not acceptable", "kind": str(error)}, b""
    except (StoreError, OSError) as error:
        return {"error": "store", "reason": str(error)}, b""
    except (EsskgError, ValueError) as error:
        return {"error": "query", "reason": str(error), "line": None, "column": None}, b""
    return done._asdict() | {"body": None}, done.body


def receive(source: BinaryIO) -> dict[str, Any] | None:
    """The next message; None when there will be no more."""
    length = source.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    message: dict[str, Any] = json.loads(source.read(*LENGTH.unpack(length)))
    return message


def limit_memory(size: int) -> None:
    """Let this process take so many bytes more than it has: where it would take more, it aborts.

    Only Linux keeps to that limit; elsewhere the deadline alone ends what takes too much.
    """
    if MEMORY.exists():
        taken = int(MEMORY.read_text().split()[5]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_DATA, (taken + size, resource.RLIM_INFINITY))


def main() -> None:
    """Answer jobs from standard input until it closes."""
    opening = receive(sys.stdin.buffer)
    if opening is None:
        return
    settings, folder = StoreSettings.model_validate(opening["settings"]), Path(opening["folder"])
    store = open_store(settings, folder, base=opening["base"], read_only=True)
    limit_memory(opening["memory"])
    while (job := receive(sys.stdin.buffer)) is not None:
        header, body = reply(store, Job(**job))
        for part in (json.dumps(header).encode(), body):
            sys.stdout.buffer.write(LENGTH.pack(len(part)) + part)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
