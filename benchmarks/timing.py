"""Timing that holds on a noisy machine: medians of several runs, and ratios of runs taken in turn."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from statistics import median


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU time of this process for one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def wall_seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def command_seconds(command: Sequence[str]) -> float:
    """Wall time of a command from start to exit. Raises CalledProcessError where it fails."""
    return wall_seconds(lambda: subprocess.run(command, check=True, capture_output=True))


def ratio(one: Callable[[], float], other: Callable[[], float], runs: int = 5) -> tuple[float, float, float]:
    """Median of one, median of the other, and the median of the ratios one/other, measured in turn."""
    pairs = [(one(), other()) for _ in range(runs)]
    return (
        median(first for first, _ in pairs),
        median(second for _, second in pairs),
        median(first / second for first, second in pairs),
    )
