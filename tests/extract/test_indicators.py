"""What figures count, as concepts of the vocabulary that the ontology ships."""

from __future__ import annotations

import pytest

from esskg import shipped
from esskg.extract.grammar import rules
from esskg.extract.indicators import indicator_of, notations


@pytest.mark.parametrize(("language", "words", "unit", "notation"), rules("indicators")["examples"])
def test_words_name_a_concept_of_their_unit(language: str, words: str, unit: str, notation: str) -> None:
    assert (indicator_of(words, "CAD" if unit == "money" else unit, language) or "") == notation


def test_every_notation_is_a_concept_with_names_in_three_languages() -> None:
    text = (shipped.folder("ontology") / "vocabularies" / "indicator.ttl").read_text("utf-8")
    for notation in notations():
        concept = text.split(f"\nc:{notation} a skos:Concept ;")[1].split("\n\n")[0]
        assert all(f'"@{language}' in concept for language in ("en", "fr", "es"))
    assert text.count(" a skos:Concept ;") == len(notations())
