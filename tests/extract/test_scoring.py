"""Scores: the figures of the guidelines, frozen for a small case worked out by hand."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from esskg.extract.scoring import MEASURES, Tally, pair_entities, score

TEXT = "x" * 200
GOLD: dict[str, Any] = {
    "entities": [
        {"id": "e1", "type": "FinancialInstitution", "mentions": [[0, 6], [50, 56]]},
        {"id": "e2", "type": "Event", "mentions": [[20, 25]]},
        {"id": "e3", "type": "Person", "mentions": [[30, 40]]},
    ],
    "relations": [
        {"type": "finances", "subject": "e1", "object": "e2", "evidence": [0, 25], "date": "2023",
         "amount": {"value": 1000, "currency": "CAD", "qualifier": "about"}},
        {"type": "partnersWith", "subject": "e1", "object": "e3", "evidence": [0, 40]},
        {"type": "heldOn", "subject": "e2", "date": "2023-10", "evidence": [20, 60]},
    ],
    "statistics": [{"value": 220000, "unit": "count", "qualifier": "exact", "about": "e1", "place": None,
                    "source": None, "evidence": [60, 80]}],
    "quotes": [{"speaker": "e3", "evidence": [100, 140]}],
}  # fmt: skip
PREDICTED: dict[str, Any] = {
    "entities": [
        {"id": "p1", "type": "FinancialInstitution", "mentions": [[0, 6]]},
        {"id": "p2", "type": "Place", "mentions": [[20, 25]]},
        {"id": "p3", "type": "Person", "mentions": [[30, 40], [190, 210]]},
    ],
    "relations": [
        {"type": "finances", "subject": "p1", "object": "p2", "evidence": [0, 25], "date": "2022",
         "amount": {"value": 1004, "currency": "CAD", "qualifier": "About"}},
        {"type": "partnersWith", "subject": "p3", "object": "p1", "evidence": [0, 190]},
        {"type": "heldOn", "subject": "p9", "date": "2023-10", "evidence": [20, 60]},
    ],
    "statistics": [{"value": 220000, "unit": "count", "about": "p3", "evidence": [70, 90]}],
    "quotes": [{"speaker": "p3", "evidence": [110, 140]}],
}  # fmt: skip
FROZEN = {
    "mentions": (3, 4, 4),
    "mentions (typed)": (2, 4, 4),
    "entities": (2, 3, 3),
    "relations": (1, 3, 3),
    "relations (loose)": (2, 3, 3),
    "cited": (1, 2, 2),
    "amounts": (1, 1, 1),
    "attributes": (1, 2, 2),
    "statistics": (1, 1, 1),
    "statistics (full)": (0, 1, 1),
    "quotes": (1, 1, 1),
}


def test_the_figures_of_a_small_case() -> None:
    scores = score({"a": GOLD}, {"a": PREDICTED}, {"a": TEXT})
    counts = {name: scores.total[name] for name in MEASURES}
    assert {name: (t.right, t.predicted, t.gold) for name, t in counts.items()} == FROZEN
    assert scores.ungrounded == 2  # one mention runs over the end, one relation's subject is nobody


def test_gold_is_right_about_itself() -> None:
    scores = score({"a": GOLD}, {"a": GOLD}, {"a": TEXT})
    assert {scores.total[name].f1 for name in MEASURES} == {1.0}
    assert scores.ungrounded == 0


def test_a_document_without_prediction_counts_as_an_empty_one() -> None:
    scores = score({"a": GOLD, "b": GOLD}, {"a": GOLD})
    assert scores.missing == ["b"]
    assert scores.total["mentions"].recall == 0.5


def test_entities_pair_by_most_shared_mentions() -> None:
    gold = [{"id": "g1", "type": "Place", "mentions": [[0, 1], [2, 3]]},
            {"id": "g2", "type": "Place", "mentions": [[4, 5]]}]  # fmt: skip
    predicted = [{"id": "p1", "type": "Place", "mentions": [[0, 1], [4, 5]]},
                 {"id": "p2", "type": "Place", "mentions": [[0, 1], [2, 3]]}]  # fmt: skip
    assert pair_entities(gold, predicted, typed=True) == {"p2": "g1", "p1": "g2"}


def test_the_table_and_the_json_give_the_same_figures() -> None:
    scores = score({"a": GOLD}, {"a": PREDICTED}, {"a": TEXT})
    plain, table = scores.to_json(per_document=True), scores.table(per_document=True)
    assert plain["documents"] == 1
    assert f"{plain['total']['mentions']['f1']:8.3f}" in table
    assert plain["per_document"]["a"]["quotes"]["right"] == 1


def test_scoring_changes_neither_side() -> None:
    gold, predicted = deepcopy(GOLD), deepcopy(PREDICTED)
    score({"a": gold}, {"a": predicted})
    assert (gold, predicted) == (GOLD, PREDICTED)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_f1_lies_between_precision_and_recall(right: int, wrong: int, missed: int) -> None:
    tally = Tally(right, right + wrong, right + missed)
    low, high = sorted((tally.precision, tally.recall))
    assert low - 1e-9 <= tally.f1 <= high + 1e-9
