"""A process that answers queries on a read-only store, one after the other.

Started as ``python -m esskg.server.worker FOLDER BASE``.

Oxigraph can't stop an evaluation, but a process can be killed. Messages both ways are a length in
four bytes and that many bytes: a job as JSON in; a header as JSON, then the body, out.
"""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

from esskg.errors import EsskgError, QueryError
from esskg.graph.local import LocalStore, open_on_disk
from esskg.server.answers import Job, NotAcceptableError, run

LENGTH = struct.Struct(">I")


def reply(store: LocalStore, job: Job) -> tuple[dict[str, Any], bytes]:
    """The header and body that tell how a job went."""
    try:
        done = run(store, job)
    except QueryError as error:
        return {"error": "query", "reason": error.reason, "line": error.line, "column": error.column}, b""
    except NotAcceptableError as error:
        return {"error": "not acceptable", "kind": str(error)}, b""
    except (EsskgError, ValueError, OSError) as error:
        return {"error": "query", "reason": str(error), "line": None, "column": None}, b""
    return done._asdict() | {"body": None}, done.body


def read_job(source: BinaryIO) -> Job | None:
    """The next job; None when there will be no more."""
    length = source.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    return Job(**json.loads(source.read(*LENGTH.unpack(length))))


def main(folder: str, base: str) -> None:
    """Answer jobs from standard input until it closes."""
    store = LocalStore(open_on_disk(Path(folder), read_only=True), base, read_only=True)
    while (job := read_job(sys.stdin.buffer)) is not None:
        header, body = reply(store, job)
        for part in (json.dumps(header).encode(), body):
            sys.stdout.buffer.write(LENGTH.pack(len(part)) + part)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
