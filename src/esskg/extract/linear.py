"""Linear models: for each feature of a thing a weight for each class (multinomial logistic regression)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Features = Mapping[str, float]
SCALE = 100
"""Weights are kept as whole hundredths, so that every machine reads the same."""


@dataclass(frozen=True)
class LinearModel:
    """Weights learned from annotated documents."""

    classes: tuple[str, ...]
    bias: tuple[int, ...]
    """In hundredths, as the weights are."""
    weights: Mapping[str, tuple[int, ...]]
    """Feature → a weight for each class."""

    def probabilities(self, features: Features) -> dict[str, float]:
        """How likely each class is; they sum to 1."""
        rows: list[Sequence[float]] = [self.bias]
        for name in features:
            row = self.weights.get(name)
            if row is not None:
                value = features[name]
                rows.append(row if value == 1.0 else [value * weight for weight in row])
        scores = [math.fsum(column) for column in zip(*rows, strict=True)]
        return dict(zip(self.classes, _shares(scores), strict=True))

    def to_json(self) -> dict[str, Any]:
        """The model as plain data, features in alphabetical order."""
        rows = {name: list(self.weights[name]) for name in sorted(self.weights)}
        return {"classes": list(self.classes), "bias": list(self.bias), "weights": rows}


def _shares(scores: list[float]) -> list[float]:
    highest = max(scores)
    powers = [math.exp((score - highest) / SCALE) for score in scores]
    total = math.fsum(powers)
    return [power / total for power in powers]


def from_json(data: Mapping[str, Any]) -> LinearModel:
    """The model of what `LinearModel.to_json` gave."""
    weights = {name: tuple(row) for name, row in data["weights"].items()}
    return LinearModel(tuple(data["classes"]), tuple(data["bias"]), weights)


def present(names: Iterable[str]) -> dict[str, float]:
    """Features that are there or not."""
    return dict.fromkeys(names, 1.0)
