"""Whether the time of some work grows in proportion to its input."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

Input = TypeVar("Input")


def growth(work: Callable[[Input], object], smaller: Input, larger: Input) -> float:
    """How many times longer the larger input takes: the best of three runs of each, in CPU time."""
    return _seconds(work, larger) / max(_seconds(work, smaller), 1e-4)


def _seconds(work: Callable[[Input], object], given: Input) -> float:
    return min(_once(work, given) for _ in range(3))


def _once(work: Callable[[Input], object], given: Input) -> float:
    """Without the garbage collector, whose time grows with all that other tests keep."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work(given)
        return time.process_time() - start
    finally:
        gc.enable()
