"""How far long work is, told to whoever watches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Where long work tells how far it is."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins; `total` is the number of steps where it is known."""

    def step(self) -> None:
        """One step of the current stage is done."""


class Silence:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Say nothing."""

    def step(self) -> None:
        """Say nothing."""


def watched(items: Sequence[T], stage: str, progress: Progress | None) -> Iterator[T]:
    """The items in turn, each a step of the stage, done when the next one is asked for."""
    told = progress or Silence()
    told.stage(stage, len(items))
    for item in items:
        yield item
        told.step()
