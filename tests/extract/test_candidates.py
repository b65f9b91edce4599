"""Candidates: which of those that overlap are kept."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from esskg.extract.candidates import Candidate, best, united
from esskg.model import EntityType

TEXT = "Ville de Montréal et " * 5
SPANS = st.tuples(st.integers(0, 90), st.integers(1, 14)).map(lambda pair: (pair[0], pair[0] + pair[1]))
CANDIDATES = st.builds(
    lambda span, weight: Candidate(*span, "head", weight), SPANS, st.floats(0.1, 3, allow_nan=False)
)


def test_a_longer_name_wins_over_those_inside_it() -> None:
    city = Candidate(0, 17, "head", 2.6, EntityType.PUBLIC_BODY)
    place = Candidate(9, 17, "gazetteer", 2.6, EntityType.PLACE)
    assert best([place, city], TEXT) == [city]


def test_finders_of_the_same_span_strengthen_it_and_each_votes() -> None:
    known = Candidate(0, 5, "gazetteer", 2.0, EntityType.PLACE)
    guessed = Candidate(0, 5, "ner", 0.8, EntityType.PERSON)
    (one,) = united([guessed, known])
    assert (one.source, one.type, one.weight > 2.0) == ("gazetteer", EntityType.PLACE, True)
    assert one.votes == {EntityType.PLACE: 2.0, EntityType.PERSON: 0.8}


@given(st.lists(CANDIDATES, max_size=12))
def test_what_is_kept_never_overlaps(candidates: list[Candidate]) -> None:
    kept = best(candidates, TEXT)
    assert all(first.end <= second.start for first, second in pairwise(kept))


@given(st.lists(CANDIDATES, max_size=12), st.randoms())
def test_the_worth_kept_does_not_hang_on_the_order(candidates: list[Candidate], random: Random) -> None:
    shuffled = random.sample(candidates, len(candidates))
    assert best(united(candidates), TEXT) == best(united(shuffled), TEXT)
