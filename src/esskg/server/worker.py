"""What a forked process does: it answers queries on its view of a store, one after the other.

Oxigraph can't stop an evaluation, but a process can be killed: see ``keeper``. Jobs come in as JSON; a header
as JSON, then the body, goes out.
"""

from __future__ import annotations

import json
import os
import resource
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from esskg.errors import EsskgError, QueryError, StoreError
from esskg.server.answers import Job, NotAcceptableError, Queryable, run
from esskg.server.frames import encoded, framed, receive

MEMORY = Path("/proc/self/statm")
"""Where Linux says how many pages of memory this process has; the sixth number is that of data."""


def serve(connection: socket.socket, store: Queryable, is_stale: Callable[[], bool]) -> None:
    """Say which process this is, then answer jobs until the connection closes; a stale view answers none."""
    stream = connection.makefile("rwb")
    stream.write(framed(encoded({"process": os.getpid()})))
    stream.flush()
    while (message := receive(stream)) is not None:
        if is_stale():
            stream.write(framed(encoded({"error": "stale"}), b""))
        else:
            header, body = reply(store, Job(**json.loads(message)))
            stream.write(framed(encoded(header), body))
        stream.flush()


def reply(store: Queryable, job: Job) -> tuple[dict[str, Any], bytes]:
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


def limit_memory(size: int) -> None:
    """Let this process take so many bytes more than it has: where it would take more, it aborts.

    Only Linux keeps to that limit; elsewhere the deadline alone ends what takes too much.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what aborts would write all its memory to disk first
    if MEMORY.exists():
        taken = int(MEMORY.read_text().split()[5]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_DATA, (taken + size, resource.RLIM_INFINITY))
