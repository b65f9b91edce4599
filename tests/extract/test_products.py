"""Products by numpy: the same parses as spaCy's own, and the threads that others use given back."""

from __future__ import annotations

import pytest
from threadpoolctl import threadpool_info

from esskg.extract.parse import MODELS
from esskg.extract.products import multiply_by_numpy, one_thread

spacy = pytest.importorskip("spacy")
TEXT = "La Ville de Montréal finance la Coopérative du Quai, que Marie Tremblay a fondée à Laval en 1998."


def test_what_is_parsed_stays_the_same() -> None:
    model = spacy.load(MODELS["fr"])
    plain = model(TEXT).to_json()
    multiply_by_numpy(model)
    assert model(TEXT).to_json() == plain


def test_threads_are_given_back() -> None:
    before = threads()
    with one_thread():
        assert set(threads().values()) == {1}
    assert threads() == before


def threads() -> dict[str, int]:
    """How many threads each copy of BLAS that numpy brings may use."""
    return {
        pool["filepath"]: pool["num_threads"]
        for pool in threadpool_info()
        if "numpy.libs" in pool["filepath"]
    }
