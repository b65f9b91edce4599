"""The context: sentences and mentions by their offsets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from entity_reading import context, document, parser

from esskg.extract.context import read_context
from esskg.model import EntityReading, EntityType, LocalId, Mention

TEXT = "« L’ONU » salue le Chili.\nLe Chili remercie l’ONU."
ONU = EntityReading(LocalId("e1"), EntityType.INTERGOVERNMENTAL_BODY, "ONU", (Mention(4, 7), Mention(46, 49)))
CHILE = EntityReading(LocalId("e2"), EntityType.PUBLIC_BODY, "Chili", (Mention(19, 24), Mention(29, 34)))


def test_plain_typography_keeps_every_offset() -> None:
    read = context(TEXT)
    assert len(read.text) == len(TEXT)
    assert read.text.startswith('" L\'ONU "')


def test_each_sentence_knows_its_block_and_words() -> None:
    first, second = context(TEXT).sentences
    assert (first.block.start, second.block.start) == (0, 26)
    assert [token.text for token in second.tokens][:2] == ["Le", "Chili"]


def test_mentions_come_in_the_order_of_the_text() -> None:
    read = context(TEXT).with_entities((CHILE, ONU))
    assert [entity.name for _, entity in read.mentions_in(0, len(TEXT))] == ["ONU", "Chili", "Chili", "ONU"]


def test_a_mention_that_only_begins_inside_is_left_out() -> None:
    read = context(TEXT).with_entities((ONU, CHILE))
    assert [mention.span for mention, _ in read.mentions_in(4, 22)] == [(4, 7)]


def test_entities_are_found_by_id() -> None:
    read = context(TEXT).with_entities((ONU, CHILE))
    assert read.entity(LocalId("e2")) is CHILE
    with pytest.raises(KeyError):
        read.entity(LocalId("e9"))


def test_the_documents_country_comes_before_the_projects() -> None:
    given = document(TEXT)
    told = replace(given, metadata=replace(given.metadata, country="BE"))
    assert read_context(given, parser(models=False), country="CA").country == "CA"
    assert read_context(told, parser(models=False), country="CA").country == "BE"
