"""The annotated documents cut into folds, each read by what the others teach."""

from __future__ import annotations

import random
from collections.abc import Sequence

from esskg.extract.annotated import Annotated

SEED = 20240
"""Fixes which document is in which fold."""


def folded(documents: Sequence[Annotated], folds: int) -> list[list[Annotated]]:
    """The documents in so many folds, of which each holds the same share of every language."""
    cut: list[list[Annotated]] = [[] for _ in range(folds)]
    place = 0
    for language in sorted({found.gold["lang"] for found in documents}):
        own = sorted((d for d in documents if d.gold["lang"] == language), key=lambda d: d.name)
        random.Random(f"{SEED} {language}").shuffle(own)
        for document in own:
            cut[place % folds].append(document)
            place += 1
    return cut
