"""Messages between the server and those who evaluate: a length in four bytes, and that many bytes."""

from __future__ import annotations

import json
import struct
from typing import Any, Protocol

LENGTH = struct.Struct(">I")


class Readable(Protocol):
    """A stream, as far as messages are read from it."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer only at the end."""


def framed(*parts: bytes) -> bytes:
    """Parts, each with its length before it."""
    return b"".join(LENGTH.pack(len(part)) + part for part in parts)


def encoded(message: dict[str, Any]) -> bytes:
    """A message as a part."""
    return json.dumps(message).encode()


def receive(source: Readable) -> bytes | None:
    """The next part; None when there will be no more."""
    length = source.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    return source.read(*LENGTH.unpack(length))
