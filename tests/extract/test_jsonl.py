"""Extractions written and read again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from entity_reading import document
from hypothesis import given
from hypothesis import strategies as st

from esskg.extract import from_gold, from_records, to_gold, to_records
from esskg.model import Extraction, Modality, State


def strategies() -> st.SearchStrategy[Extraction]:
    """Extractions of any content that the types allow, without NaN, which equals nothing."""
    st.register_type_strategy(float, st.floats(allow_nan=False))
    return st.from_type(Extraction)


@given(strategies())
def test_records_lose_nothing(extraction: Extraction) -> None:
    assert from_records(to_records(extraction)) == extraction


@given(strategies())
def test_each_record_is_one_line_of_json(extraction: Extraction) -> None:
    for line in to_records(extraction):
        assert "\n" not in line
        assert json.loads(line)["record"] in {"extraction", "entity", "statement", "figure", "quotation"}


def test_a_foreign_line_is_refused_with_its_beginning() -> None:
    with pytest.raises(ValueError, match=r"no record of an extraction.*nonsense"):
        from_records(['{"record": "nonsense"}'])


GOLD = {
    "id": "x",
    "lang": "fr",
    "date": "2023",
    "title": "T",
    "sources": [],
    "entities": [
        {"id": "e1", "type": "PublicBody", "name": "Ville de Lyon", "aliases": [], "mentions": [[0, 13]]},
        {"id": "e2", "type": "Event", "name": "Forum", "aliases": ["forum"], "mentions": [[22, 27]]},
    ],
    "relations": [
        {"type": "finances", "subject": "e1", "object": "e2", "evidence": [0, 27],
         "amount": {"value": 5.0, "currency": "EUR", "qualifier": "about"}},
        {"type": "heldOn", "subject": "e2", "evidence": [0, 27], "date": "2023-10"},
    ],
    "statistics": [
        {"indicator": "members", "value": 12, "unit": "count", "qualifier": "exact", "about": "e1",
         "place": None, "date": None, "source": None, "evidence": [0, 27]}
    ],
    "quotes": [{"speaker": "e1", "evidence": [0, 13]}],
}  # fmt: skip


def test_the_guidelines_format_comes_back_with_further_keys_only() -> None:
    written = to_gold(from_gold(GOLD), document("Ville de Lyon finance Forum"))
    for kind in ("entities", "relations", "statistics", "quotes"):
        for before, after in zip(GOLD[kind], written[kind], strict=True):
            assert before.items() <= json.loads(json.dumps(after)).items()


@pytest.mark.parametrize(
    "change", [{"state": State.QUARANTINED}, {"state": State.REJECTED}, {"modality": Modality.NEGATED}]
)
def test_what_does_not_hold_or_is_set_aside_is_not_listed(change: dict[str, object]) -> None:
    gold = from_gold(GOLD)
    changed = replace(gold, statements=tuple(replace(s, **change) for s in gold.statements))
    assert to_gold(changed, document("x"))["relations"] == []
    assert len(list(to_records(changed))) == len(list(to_records(gold)))
