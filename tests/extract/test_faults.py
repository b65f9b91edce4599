"""Errors by cause: each difference once, by the first cause that holds; their sums are the scores'."""

from __future__ import annotations

from collections import Counter

import pytest
from entity_reading import document
from test_scoring import GOLD, PREDICTED, TEXT

from esskg.extract.annotated import Annotated
from esskg.extract.evaluation import Evaluation
from esskg.extract.faults import Fault, faults, grouped
from esskg.extract.scoring import Comparison, score
from esskg.model import Extraction, LocalId, Modality, RelationType, Slug, State, StatementReading

NAMED = {
    side: content | {"entities": [{"name": "N"} | entity for entity in content["entities"]]}
    for side, content in (("gold", GOLD), ("predicted", PREDICTED))
}


def found(predicted: dict = NAMED["predicted"], *statements: StatementReading) -> list[Fault]:  # type: ignore[type-arg]
    annotated = Annotated("a", document(TEXT), NAMED["gold"], "tuning")
    extraction = Extraction(Slug("a"), "", statements=statements)
    return list(faults(annotated, Comparison(NAMED["gold"], predicted), extraction))


def causes(kind: str, way: str, faults: list[Fault]) -> list[str]:
    return sorted(fault.cause for fault in faults if (fault.kind, fault.way) == (kind, way))


def test_the_faults_of_a_small_case() -> None:
    faults = found()
    assert causes("mention", "missed", faults) == ["not found"]
    assert causes("mention", "invented", faults) == ["no mention"]
    assert causes("type", "missed", faults) == ["Event read as Place"]
    assert causes("entity", "missed", faults) == causes("entity", "invented", faults) == ["wrong type"]
    assert causes("relation", "missed", faults) == ["end of another type"] * 2
    assert causes("relation", "invented", faults) == ["end is no entity", "end of another type"]


def relation(change: dict[str, str]) -> dict:  # type: ignore[type-arg]
    """What is right but for one relation."""
    changed = {"type": "finances", "subject": "e1", "object": "e2", "evidence": [0, 25]} | change
    read = {"rule": "r", "confidence": 0.9}
    return NAMED["gold"] | {"relations": [*GOLD["relations"][1:], changed | read]}


@pytest.mark.parametrize(
    ("change", "missed", "invented"),
    [
        ({"subject": "e2", "object": "e1"}, "wrong direction", "wrong direction"),
        ({"type": "supports"}, "finances for supports", "supports for finances"),
        ({"object": "e3"}, "no rule fired", "partnersWith"),
    ],
)
def test_what_a_relation_was_read_as_instead(change: dict[str, str], missed: str, invented: str) -> None:
    faults = found(relation(change))
    assert causes("relation", "missed", faults) == [missed]
    assert invented in causes("relation", "invented", faults)[0]


@pytest.mark.parametrize(
    ("modality", "cause"), [(Modality.HOLDS, "below threshold"), (Modality.PLANNED, "taken for planned")]
)
def test_what_was_read_and_held_back_says_so(modality: Modality, cause: str) -> None:
    held = StatementReading(
        RelationType.FINANCES, LocalId("e1"), LocalId("e2"), (0, 25), "r", 0.2, State.QUARANTINED, modality
    )
    without = NAMED["gold"] | {"relations": GOLD["relations"][1:]}
    assert causes("relation", "missed", found(without, held)) == [cause]


def test_what_is_right_has_no_faults() -> None:
    assert found(NAMED["gold"]) == []


def test_the_most_frequent_cause_comes_first() -> None:
    counts = [len(group) for _, group in grouped(found())]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.slow
def test_causes_add_up_to_the_counts_of_the_score(evaluation: Evaluation) -> None:
    counted = Counter((fault.kind, fault.way) for fault in evaluation.faults())
    total = evaluation.scores.total
    kinds = {"mention": "mentions", "entity": "entities", "relation": "relations", "statistic": "statistics"}
    for kind, measure in (kinds | {"quote": "quotes"}).items():
        assert counted[kind, "missed"] == total[measure].gold - total[measure].right
        assert counted[kind, "invented"] == total[measure].predicted - total[measure].right
    typed = total["mentions (typed)"]
    assert counted["mention", "missed"] + counted["type", "missed"] == typed.gold - typed.right


def test_the_small_case_is_scored_as_it_is_told() -> None:
    total = score({"a": GOLD}, {"a": PREDICTED}).total["relations"]
    assert len(causes("relation", "missed", found())) == total.gold - total.right
