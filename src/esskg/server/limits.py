"""What one query may cost, and how many may run at once."""

from __future__ import annotations

import os
from typing import NamedTuple


class Places(NamedTuple):
    """How many may evaluate and wait."""

    running: int
    """At once."""
    each: int
    """Of these, for one client: the others stay free for others."""
    waiting: int = 100
    """Beyond, clients are told to come again."""


class Limits(NamedTuple):
    """What one query may cost."""

    timeout: float = 30.0
    """Seconds."""
    anonymous: float = 10.0
    """Seconds for who shows no token, where tokens are known."""
    rows: int = 100_000
    """Rows of a table, or triples."""
    size: int = 64_000_000
    """Bytes, before compression."""
    memory: int = 1_000_000_000
    """Bytes that an evaluation may take beyond what opening the store took."""
    services: tuple[str, ...] = ()
    """Beginnings of the addresses that SERVICE and LOAD may call."""
    running: int = max(4, 2 * (os.cpu_count() or 2))
    """Queries that are evaluated at once; one client has half of these places at most."""
    waiting: int = 100
    """Queries that may wait for a place."""

    @property
    def places(self) -> Places:
        """How many may evaluate and wait."""
        return Places(self.running, max(1, self.running // 2), self.waiting)
