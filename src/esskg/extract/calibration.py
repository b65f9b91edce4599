"""Whether confidences mean what they say: of what has a confidence of .8, eight in ten should be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from esskg.extract.scoring import Comparison, relation_keys
from esskg.model import State

EDGES = (0.0, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 1.0)
"""Where one bin of confidences ends and the next begins; the last one holds 1."""
KINDS = ("mentions", "relations", "statistics", "quotes")


@dataclass(slots=True)
class Bin:
    """Readings with like confidences: how many, how many right, and what the confidences promised."""

    read: int = 0
    right: int = 0
    promised: float = 0.0

    def add(self, confidence: float, right: bool) -> None:
        """Count a reading."""
        self.read, self.right, self.promised = self.read + 1, self.right + right, self.promised + confidence

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.read if self.read else 0.0

    def to_json(self) -> dict[str, float]:
        """Count, mean confidence and share that is right."""
        mean = self.promised / self.read if self.read else 0.0
        return {
            "read": self.read,
            "right": self.right,
            "confidence": round(mean, 4),
            "precision": round(self.share, 4),
        }


@dataclass(frozen=True, slots=True)
class Calibration:
    """The reliability of each kind of reading by bin of confidence, and the precision of what is asserted."""

    bins: dict[str, dict[str, Bin]]
    """Kind → range of confidences → its readings."""
    asserted: dict[str, Bin]

    @classmethod
    def of(cls, comparisons: Iterable[Comparison]) -> Calibration:
        """Counted over documents."""
        bins: dict[str, dict[str, Bin]] = {kind: defaultdict(Bin) for kind in KINDS}
        asserted: dict[str, Bin] = defaultdict(Bin)
        for comparison in comparisons:
            for kind, confidence, right, state in _judged(comparison):
                bins[kind][_name(confidence)].add(confidence, right)
                if state == State.ASSERTED:
                    asserted[kind].add(confidence, right)
        return cls({kind: dict(sorted(found.items())) for kind, found in bins.items()}, dict(asserted))

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "bins": {kind: {n: b.to_json() for n, b in found.items()} for kind, found in self.bins.items()},
            "asserted": {kind: found.to_json() for kind, found in self.asserted.items()},
        }

    def table(self, title: str) -> str:
        """For people."""
        heading = f"{f'calibration, {title}':32}{'read':>8}{'conf.':>8}{'right':>8}"
        return "\n".join([heading, *self._rows()])

    def _rows(self) -> Iterator[str]:
        for kind, found in self.bins.items():
            for name, bin_ in found.items():
                yield _row(f"{kind} {name}", bin_)
            if kind in self.asserted:
                yield _row(f"{kind} asserted", self.asserted[kind])


def _row(name: str, bin_: Bin) -> str:
    figures = bin_.to_json()
    return f"{name:32}{bin_.read:8}{figures['confidence']:8.3f}{figures['precision']:8.3f}"


def _name(confidence: float) -> str:
    for low, high in pairwise(EDGES):
        if confidence < high or high == EDGES[-1]:
            return f"{low:.2f}–{high:.2f}"
    raise ValueError(f"{confidence} is no confidence")


def _judged(comparison: Comparison) -> Iterator[tuple[str, float, bool, str | None]]:
    """Kind, confidence, whether it is right, and state of each reading; a mention has no state."""
    wanted = {tuple(span) for entity in comparison.gold["entities"] for span in entity["mentions"]}
    for entity in comparison.predicted.get("entities", ()):
        for span, confidence in zip(entity["mentions"], entity["confidence"], strict=True):
            yield "mentions", confidence, tuple(span) in wanted, None
    keys = relation_keys(comparison.gold.get("relations", ()))
    for key, relation in relation_keys(comparison.predicted.get("relations", ()), comparison.strict).items():
        yield "relations", relation["confidence"], key in keys, relation["state"]
    for kind, pairs in (("statistics", comparison.figures), ("quotes", comparison.quotes)):
        right = {id(found) for found, _ in pairs}
        for reading in comparison.predicted.get(kind, ()):
            yield kind, reading["confidence"], id(reading) in right, reading.get("state", State.ASSERTED)
