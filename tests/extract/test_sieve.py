"""The sieve: never hides a match, and spares most patterns the search."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esskg.extract.relations.slots import slots
from esskg.extract.sieve import Sieve, needs

PATTERNS = [
    r"adh[ée]r(?:e|ent|ait) (?:à|au) [\ue000-\ue003]",
    r"(?:la )?coop(?:érative)?s? de (?:travail|loisirs?)",
    r"\b(?:1[5-9]|20)\d\d\b",
    r"(?P<a>membre|soci(?:été|o))(?=,| dont)(?:, )?",
    r"[^;:]{0,20}?(?:don|prêt){1,2}+",
    r"(?:fondée?|créée?)? ?en",
    r"(?i:ESS|scop)|\d+ ans",
    r"(?<=\()sig[lm]es?(?!x)",
]


@given(st.data())
@pytest.mark.parametrize("source", PATTERNS)
def test_what_matches_passes(source: str, data: st.DataObject) -> None:
    pattern = re.compile(source, re.IGNORECASE)
    text = data.draw(st.text() | st.from_regex(source.replace("}+", "}")))
    if pattern.search(text):
        assert Sieve([(pattern, source)]).passing(text) == [source]


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        (r"adhérente?s?", [{"adhérent", "adhérents", "adhérente", "adhérentes"}]),
        (r"siège.{1,9} (?:à|en) [\ue00a]", [{"siège"}, {" à \ue00a", " en \ue00a"}]),
        (r"[\w ]+|\W", []),
    ],
)
def test_needs_are_read_from_the_pattern(source: str, needed: list[set[str]]) -> None:
    assert needs(re.compile(source)) == needed


def test_a_text_passes_few_of_the_rules() -> None:
    rules = slots("fr", first=False)
    sieve = Sieve((slot.pattern, slot) for slot in rules)
    assert len(sieve.passing("Ce matin-là, il faisait beau sur la place du marché.")) < len(rules) / 5
