"""The embeddings of words, each worked out once.

The first layer of a spaCy model (`spacy.MultiHashEmbed`: hashed attributes, a static vector, a mixing layer)
sees every word by itself: what it gives for a word is the same to the last bit whatever stands beside it. It
takes three tenths of a model's time, and most words of a text are the same few thousand, so these are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy
from spacy.attrs import ORTH, intify_attr
from thinc.api import Model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

KEPT = 40_000
"""Words whose embeddings are kept, 0.5 kB each; more than are ever parsed together."""

_Layer = Model[Any, Any]


def keep_embeddings(language: Language) -> None:
    """Let every part of a model that embeds words keep what it gave for them."""
    for node in word_layers(language):
        embed = node.get_ref("embed")
        node.layers[node.layers.index(embed)] = _kept(embed)


def word_layers(language: Language) -> list[_Layer]:
    """The parts of a model that embed words and then encode each with its neighbours."""
    models = [model for _, pipe in language.pipeline if (model := getattr(pipe, "model", None))]
    return [node for model in models for node in model.walk() if node.has_ref("embed")]


def _kept(layer: _Layer) -> _Layer:
    embeddings = _Embeddings(layer)
    return Model("kept_embeddings", lambda _, docs, is_train: (embeddings.of(docs), list))


class _Embeddings:
    """What a layer gives for words, by all the attributes of a word that it looks at."""

    def __init__(self, layer: _Layer) -> None:
        self._layer, self._columns = layer, _columns(layer)
        self._places: dict[bytes, int] = {}
        self._table = numpy.empty((KEPT, layer.get_dim("nO")), "float32")

    def of(self, docs: Sequence[Doc]) -> list[Any]:
        """For each document one row a word."""
        words = numpy.concatenate([doc.to_array(self._columns) for doc in docs])
        keys = words.view(f"V{words.itemsize * words.shape[1]}").ravel().tolist()
        self._add(keys, docs[0].vocab)
        rows = self._table[[self._places[key] for key in keys]]
        return numpy.split(rows, numpy.cumsum([len(doc) for doc in docs[:-1]]))

    def _add(self, keys: Sequence[bytes], vocab: Vocab) -> None:
        new = [key for key in dict.fromkeys(keys) if key not in self._places]
        if len(self._places) + len(new) > KEPT:
            self._places.clear()
            new = list(dict.fromkeys(keys))
        if new:
            words = _Words(numpy.frombuffer(b"".join(new), "uint64"), self._columns, vocab)
            first = len(self._places)
            self._table[first : first + len(new)] = self._layer.predict([words])[0]
            self._places.update((key, first + n) for n, key in enumerate(new))


class _Words:
    """Words without a text: as much of a spaCy document as the layer asks for."""

    def __init__(self, attributes: Any, columns: Sequence[int | str], vocab: Vocab) -> None:
        self.vocab = vocab
        self._attributes, self._columns = attributes.reshape(-1, len(columns)), columns

    def __len__(self) -> int:
        return len(self._attributes)

    def to_array(self, names: Any) -> Any:
        """One attribute of each word, or several side by side."""
        if isinstance(names, int):
            return self._attributes[:, self._columns.index(names)]
        return self._attributes[:, [self._columns.index(intify_attr(name)) for name in names]]


def _columns(layer: _Layer) -> list[int | str]:
    """The attributes that a layer looks at: those that it hashes, and what its vectors are found by."""
    hashed = {intify_attr(name) for node in layer.walk() for name in node.attrs.get("columns", ())}
    return sorted(hashed | {ORTH})
