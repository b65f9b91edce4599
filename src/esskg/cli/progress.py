"""How far a long command is: bars on a terminal, plain lines elsewhere, both on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from esskg.progress import Progress as Watcher
from esskg.progress import T, watched


class Bars:
    """One bar for each stage."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._task: TaskID | None = None

    def stage(self, name: str, total: int | None = None) -> None:
        """Close the last stage's bar and open the next one's."""
        self._finish()
        self._task = self._shown.add_task(name, total=total)

    def step(self) -> None:
        """Move the current bar."""
        if self._task is not None:
            self._shown.advance(self._task)

    def _finish(self) -> None:
        if self._task is not None:
            done = self._shown.tasks[self._task].completed
            self._shown.update(self._task, total=max(done, 1), completed=max(done, 1))


class Lines:
    """A line for each stage, and one every ten seconds within it."""

    _PAUSE = 10.0

    def __init__(self) -> None:
        self._name, self._total, self._done = "", 0, 0
        self._told = monotonic()

    def stage(self, name: str, total: int | None = None) -> None:
        """Name the stage that begins."""
        self._name, self._total, self._done, self._told = name, total or 0, 0, monotonic()
        print(f"{name} …" if total is None else f"{name} … {total}", file=sys.stderr)

    def step(self) -> None:
        """Say where the stage is, not too often."""
        self._done += 1
        if monotonic() - self._told > self._PAUSE:
            self._told = monotonic()
            of = f" of {self._total}" if self._total else ""
            print(f"{self._name} … {self._done}{of}", file=sys.stderr)


@contextmanager
def progress() -> Iterator[Watcher]:
    """Progress as the terminal allows."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    columns = TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as shown:
        yield Bars(shown)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Names what goes on, where nobody knows how long it takes."""
    with progress() as shown:
        shown.stage(name)
        yield


def progress_of(items: Sequence[T], name: str) -> Iterator[T]:
    """The items in turn, with their progress shown where there are several."""
    if len(items) < 2:
        yield from items
        return
    with progress() as shown:
        yield from watched(items, name, shown)
