"""A server in several processes, which share its socket."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn


def run_in(number: int, work: Callable[[], None]) -> None:
    """Do some work in so many processes, this one among them, until this one is told to end."""
    signal.signal(signal.SIGTERM, _leave)
    children = [_fork(work) for _ in range(number - 1)]
    try:
        work()
    finally:
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
        for child in children:
            os.waitpid(child, 0)


def _fork(work: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        work()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        sys.stdout.flush()
        os._exit(0)


def _leave(*_: object) -> NoReturn:
    sys.exit(0)
