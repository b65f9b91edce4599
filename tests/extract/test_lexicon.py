"""The lexicons: every example reads as it is marked."""

from __future__ import annotations

import pytest
from entity_reading import entities, marked, plain

from esskg.extract.lexicon import LANGUAGES, examples, lexicon
from esskg.model import EntityType

EXAMPLES = [(language, text) for language in LANGUAGES for text in examples(language)]


@pytest.mark.parametrize(("language", "text"), EXAMPLES)
def test_an_example_reads_as_marked(language: str, text: str) -> None:
    assert marked(plain(text), entities(plain(text), language)) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_but_persons_has_heads(language: str) -> None:
    types = {head.type for heads in lexicon(language).heads.values() for head in heads}
    assert types == set(EntityType) - {EntityType.PERSON}


def test_the_condition_of_a_head_decides_before_its_length() -> None:
    heads = [("fonds",), ("fonds", "de", "solidarité")]
    assert lexicon("fr").type_of(heads, "Fonds régional").type is EntityType.POLICY_INSTRUMENT
    assert lexicon("fr").type_of(heads, "Fonds de solidarité").type is EntityType.FINANCIAL_INSTITUTION


def test_a_language_without_lexicon_reads_as_french() -> None:
    assert lexicon("de") is lexicon("fr-CA")
