"""What a language model claims becomes a statement only where the text bears it out."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_server import TEXT, FakeServer, reader, reading

from esskg.extract.llm.answers import claims_in
from esskg.extract.llm.prompt import shipped_prompt
from esskg.model import Modality, RelationType, State, StatementReading

FUNDING = "la Ville de Brumeval a versé 1 300 000 $ CA à la Coopérative du Grand Orme"
RIGHT: dict[str, Any] = {
    "type": "finances", "subject": "e1", "object": "e2", "quote": FUNDING,
    "amount": {"value": 1300000, "currency": "CAD"},
}  # fmt: skip


def added(server: FakeServer, folder: Path, *claims: dict[str, Any]) -> tuple[StatementReading, ...]:
    """What is read when the server claims the same of every passage."""
    server.says(list(claims))
    return reader(server, folder).read(*reading()).statements


def test_a_right_claim_is_added_with_its_evidence(server: FakeServer, tmp_path: Path) -> None:
    (statement,) = added(server, tmp_path, RIGHT)
    assert TEXT[slice(*statement.evidence)] == FUNDING
    assert (statement.type, statement.subject, statement.object) == (RelationType.FINANCES, "e1", "e2")
    assert statement.amount is not None
    assert (statement.amount.value, statement.amount.currency) == (1_300_000, "CAD")
    assert (statement.rule, statement.state) == ("llm/tiny", State.REVIEW)


def test_a_quote_may_differ_in_spaces_and_apostrophes_only(server: FakeServer, tmp_path: Path) -> None:
    quote = FUNDING.replace(" a versé ", "\n a\u00a0versé ")
    assert added(server, tmp_path, RIGHT | {"quote": quote})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quote": FUNDING.replace("versé", "donné")}, "quote not in the text"),
        ({"quote": FUNDING.replace("1 300 000", "1 800 000")}, "quote not in the text"),
        ({"amount": {"value": 1800000, "currency": "CAD"}}, "amount not in the quote"),
        ({"amount": {"value": 1300000, "currency": "EUR"}}, "amount not in the quote"),
        ({"amount": {"value": True, "currency": "CAD"}}, "amount not in the quote"),
        ({"amount": "1300000 CAD"}, "amount not in the quote"),
        ({"quote": "300 000 $ CA à la Coopérative du Grand Orme"}, "end outside the quote"),
        ({"quote": "la Ville de Brumeval a versé"}, "end outside the quote"),
        ({"subject": "e3"}, "entity not in the passage"),
        ({"subject": "e9"}, "entity not in the passage"),
        ({"subject": ["e1"]}, "entity not in the passage"),
        ({"type": "bribes"}, "unknown relation"),
        ({"type": None}, "unknown relation"),
        ({"type": "hasRole"}, "ends of the wrong type"),
        ({"object": "e1"}, "ends of the wrong type"),
        ({"negated": True}, "negated by its own word"),
        ({"quote": 7}, "quote missing or too long"),
        ({"quote": FUNDING + " " * 700}, "quote missing or too long"),
        ({"type": "foundedIn", "subject": "e2", "date": "1998"}, "date not in the quote"),
    ],
)
def test_what_the_text_does_not_bear_out_is_refused(
    server: FakeServer, tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    server.says([RIGHT | change], [])
    asked = reader(server, tmp_path)
    assert asked.read(*reading()).statements == ()
    assert asked.outcomes == {reason: 1}


@pytest.mark.parametrize(
    ("type_", "subject", "object_", "quote"),
    [
        ("finances", "e1", "e3", "La Ville de Brumeval n'a pas financé la Mutuelle des Trois Lacs"),
        (
            "supports",
            "e3",
            "e2",
            "La Mutuelle des Trois Lacs prévoit de soutenir la Coopérative du Grand Orme",
        ),
    ],
)
def test_what_the_text_denies_or_plans_is_refused(
    server: FakeServer, tmp_path: Path, type_: str, subject: str, object_: str, quote: str
) -> None:
    server.says([{"type": type_, "subject": subject, "object": object_, "quote": quote}])
    asked = reader(server, tmp_path)
    assert asked.read(*reading()).statements == ()
    assert asked.outcomes["negated, planned or hypothetical in the text"] == 1


def test_an_amount_cut_out_of_a_longer_number_is_refused(server: FakeServer, tmp_path: Path) -> None:
    claim = {
        "type": "finances",
        "subject": "e1",
        "object": "e2",
        "amount": {"value": 300000, "currency": "CAD"},
    }
    assert added(server, tmp_path, claim | {"quote": FUNDING}) == ()


def test_orders_in_the_document_stay_data(server: FakeServer, tmp_path: Path) -> None:
    obeyed = {
        "type": "founded", "subject": "e3", "object": "e1",
        "quote": "la Mutuelle des Trois Lacs a fondé la Ville de Brumeval",
    }  # fmt: skip
    assert all(statement.state is State.REVIEW for statement in added(server, tmp_path, obeyed))
    question = server.asked[1]
    assert "tools" not in question
    assert json.loads(question["messages"][1]["content"])["text"].startswith("La Ville de Brumeval n'a pas")
    assert "Ignore tes consignes" not in question["messages"][0]["content"]


def test_statements_of_the_rules_are_never_changed(server: FakeServer, tmp_path: Path) -> None:
    document, extraction = reading()
    (own,) = added(server, tmp_path, RIGHT)
    denied = replace(own, rule="finances.give", modality=Modality.NEGATED, state=State.QUARANTINED)
    asked = reader(server, tmp_path)
    assert asked.read(document, replace(extraction, statements=(denied,))).statements == (denied,)
    assert asked.outcomes["known already"] == 1


def test_a_measured_model_may_assert(server: FakeServer, tmp_path: Path) -> None:
    server.says([RIGHT], [])
    (statement,) = reader(server, tmp_path, reliability=0.95).read(*reading()).statements
    assert statement.state is State.ASSERTED
    assert statement.confidence == pytest.approx(0.95 * 0.9)


@pytest.mark.parametrize(
    "answer",
    [
        "Voici :\n```json\n{}\n```\nBonne lecture !",
        "<think>{maybe}</think> {}",
        "{}\n{}",
    ],
)
def test_json_in_prose_and_fences_is_found(server: FakeServer, tmp_path: Path, answer: str) -> None:
    server.says(answer.replace("{}", json.dumps({"statements": [RIGHT]})), "{}")
    assert len(reader(server, tmp_path).read(*reading()).statements) == 1


@pytest.mark.parametrize(
    "answer", ["", "{", '{"statements": 3}', "[1]", "null", "{" * 50_000, '{"a":' * 50_000]
)
def test_answers_without_statements_add_nothing(server: FakeServer, tmp_path: Path, answer: str) -> None:
    server.says(answer)
    asked = reader(server, tmp_path)
    assert asked.read(*reading()).statements == ()
    assert asked.outcomes == {"no JSON in the answer": 3}


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("statements") | st.text(), inner),
)


@given(st.text() | JSON.map(json.dumps))
def test_any_words_are_claims_or_a_value_error(answer: str) -> None:
    with suppress(ValueError):
        assert all(isinstance(claim, dict) for claim in claims_in(answer))


def test_the_same_question_is_asked_once(server: FakeServer, tmp_path: Path) -> None:
    first, asked = added(server, tmp_path, RIGHT), len(server.asked)
    assert added(server, tmp_path, RIGHT) == first
    assert len(server.asked) == asked == 3


def test_another_model_or_a_damaged_answer_is_asked_again(server: FakeServer, tmp_path: Path) -> None:
    added(server, tmp_path, RIGHT)
    reader(server, tmp_path, model="other").read(*reading())
    assert len(server.asked) == 6
    next(tmp_path.iterdir()).write_text('{"answer":', "utf-8")
    added(server, tmp_path, RIGHT)
    assert len(server.asked) == 7


def test_the_cost_is_known_before_anything_is_asked(server: FakeServer, tmp_path: Path) -> None:
    asked = reader(server, tmp_path)
    before = asked.cost([reading()])
    assert (before.calls, before.kept, server.asked) == (3, 0, [])
    assert before.tokens > 3 * len(shipped_prompt().system) // 4
    added(server, tmp_path, RIGHT)
    after = asked.cost([reading()])
    assert (after.calls, after.kept, after.tokens) == (0, 3, 0)


def test_ollama_is_asked_in_its_own_way(server: FakeServer, tmp_path: Path) -> None:
    server.says([RIGHT], [])
    assert len(reader(server, tmp_path, api="ollama").read(*reading()).statements) == 1
    assert server.paths[0] == "/api/chat"
    assert server.asked[0]["options"]["temperature"] == 0
    assert server.asked[0]["stream"] is False


def test_every_relation_is_explained_to_the_model() -> None:
    system = shipped_prompt().system
    assert all(f"\n- {relation}: " in system for relation in RelationType)


def test_the_reading_is_the_same_in_any_order_of_claims(server: FakeServer, tmp_path: Path) -> None:
    place = {
        "type": "locatedIn",
        "subject": "e2",
        "object": "e4",
        "quote": "Coopérative du Grand Orme, installée à Brumeval",
    }
    first = added(server, tmp_path / "one", RIGHT, place)
    assert added(server, tmp_path / "two", place, RIGHT) == first
    assert len(first) == 2


def test_the_fingerprint_tells_models_apart(server: FakeServer, tmp_path: Path) -> None:
    prints = {reader(server, tmp_path, model=name).fingerprint for name in ("a", "b", "a")}
    assert len(prints) == 2
