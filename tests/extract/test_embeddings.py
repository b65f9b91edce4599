"""Embeddings that are kept: the very same numbers, whatever was met before and however few are kept."""

from __future__ import annotations

import numpy
import pytest

from esskg.extract import embeddings
from esskg.extract.embeddings import keep_embeddings
from esskg.extract.parse import MODELS

spacy = pytest.importorskip("spacy")
TEXTS = [
    "La Ville de Montréal finance le projet.",
    "La Ville de Nantes a fondé l'association en 1998 !",
    "Le projet finance la Ville.",
]


@pytest.mark.parametrize("kept", [embeddings.KEPT, 12])
def test_what_is_kept_is_what_the_model_gives(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    model = spacy.load(MODELS["fr"], enable=["tok2vec"])
    plain = [doc.tensor for doc in model.pipe(TEXTS)]
    monkeypatch.setattr(embeddings, "KEPT", kept)
    keep_embeddings(model)
    for _ in range(2):
        for text, tensor in zip(TEXTS, plain, strict=True):
            assert numpy.array_equal(model(text).tensor, tensor)
