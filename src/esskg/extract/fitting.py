"""Fitting linear models to annotated examples. Needs scikit-learn (``esskg[train]``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from esskg.errors import ConfigError
from esskg.extract.linear import SCALE, Features, LinearModel

RARE = 2
"""Features of fewer examples are left out."""
_FAINT = 6
"""Weights below so many hundredths in all classes are left out."""


@dataclass(slots=True)
class Examples:
    """Things with what is told of them and what they are."""

    features: list[Features] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def add(self, features: Features, label: str) -> None:
        """Count a further example in."""
        self.features.append(features)
        self.labels.append(label)


def fit(examples: Examples, *, strength: float) -> LinearModel:
    """The weights that make the labels likeliest (L2-regularised; a smaller strength holds them smaller).

    The same examples in the same order give the same weights: nothing is drawn at random.
    """
    try:
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.linear_model import LogisticRegression
        from threadpoolctl import threadpool_limits
    except ImportError as error:
        raise ConfigError("training needs scikit-learn: pip install 'esskg[train]'") from error
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(_frequent(examples.features))
    with threadpool_limits(1):  # sums in another order would round otherwise
        fitted = LogisticRegression(C=strength, max_iter=300, tol=1e-4).fit(matrix, examples.labels)
    names = vectorizer.get_feature_names_out().tolist()
    rows = (_row(weights) for weights in fitted.coef_.T.tolist())
    weights = {name: row for name, row in zip(names, rows, strict=True) if max(map(abs, row)) >= _FAINT}
    return LinearModel(tuple(fitted.classes_.tolist()), _row(fitted.intercept_.tolist()), weights)


def _row(weights: list[float]) -> tuple[int, ...]:
    """Weights in hundredths, one a class: of two classes only the second's is fitted."""
    return tuple(round(weight * SCALE) for weight in (weights if len(weights) > 1 else [0.0, *weights]))


def _frequent(features: Sequence[Features]) -> list[dict[str, float]]:
    """Those of enough examples, in alphabetical order: sums in another order would round otherwise."""
    counts = Counter(name for found in features for name in found)
    return [{name: found[name] for name in sorted(found) if counts[name] >= RARE} for found in features]
