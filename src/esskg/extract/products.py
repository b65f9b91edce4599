"""Matrix products of spaCy's models by numpy's BLAS, up to four times as fast as the one that spaCy brings.

On one thread: sentences are small, and threads that wait for one another take the cores of other processes.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from esskg.extract.embeddings import word_layers

if TYPE_CHECKING:
    from spacy.language import Language


def multiply_by_numpy(language: Language) -> None:
    """Let the layers of a model that look at the neighbours of words multiply by numpy."""
    ops = NumpyOps(use_blis=False)
    for node in word_layers(language):
        for layer in node.get_ref("encode").walk():
            layer.ops = ops


def one_thread() -> AbstractContextManager[Any]:
    """Within it, numpy multiplies on one thread, so that results are the same on any number of cores."""
    limited: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limited


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
