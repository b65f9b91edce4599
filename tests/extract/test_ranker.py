"""The model that weighs pairs: it finds what no rule reads, and learns the same from the same annotations."""

from __future__ import annotations

import json

import pytest
from rule_examples import context

from esskg.extract.learned import origin
from esskg.extract.relations import read_statements
from esskg.extract.relations.pairs import bit_of, cues_of
from esskg.extract.relations.ranker import BACKWARD, FORWARD, Ranker, from_json, ranked_by, shipped_ranker
from esskg.extract.relations.training import samples, train
from esskg.model import RelationType

NOTHING = Ranker(-1000, {}, {FORWARD: {}, BACKWARD: {}})
GIVES = "[Alpha](FinancialInstitution) {} [Beta](SocialEconomyEnterprise)."
UNREAD = GIVES.format("épaule de ses subventions, sans compter,")


def lesson(number: int, words: str, *, holds: bool):
    read = context(GIVES.format(words))
    entities = [
        {"id": e.id, "type": str(e.type), "name": e.name, "mentions": [list(m.span) for m in e.mentions]}
        for e in read.entities
    ]
    ends = {"subject": "e1", "object": "e2", "evidence": [0, len(read.text)]}
    relations = [{"type": "finances", **ends}] if holds else []
    return {"id": f"d{number}", "entities": entities, "relations": relations}, read


def taught() -> Ranker:
    given = [lesson(n, "tient par ses subventions et ses prêts", holds=True) for n in range(6)]
    given += [lesson(n, "regarde de loin", holds=False) for n in range(6)]
    return train([sample for gold, read in given for sample in samples(gold, read)])


def finances(ranker: Ranker) -> list[str]:
    with ranked_by(ranker):
        return [s.rule for s in read_statements(context(UNREAD)) if s.type == RelationType.FINANCES]


def test_it_finds_what_no_rule_reads() -> None:
    assert finances(NOTHING) == []
    assert finances(taught()) == ["finances.ranked"]


def test_the_same_annotations_teach_the_same() -> None:
    assert taught() == taught()


def test_a_model_comes_back_from_its_json() -> None:
    ranker = taught()
    assert from_json(json.loads(json.dumps(ranker.to_json()))) == ranker


def test_what_is_negated_is_set_aside() -> None:
    text = GIVES.format("n'apporte ni subventions ni prêts à")
    with ranked_by(taught()):
        read = [s for s in read_statements(context(text)) if s.type == "finances"]
    assert {s.modality for s in read} <= {"negated"}


@pytest.mark.parametrize(
    ("word", "relation"), [("subventionnée", "finances"), ("funding", "finances"), ("miembros", "memberOf")]
)
def test_words_speak_of_relations(word: str, relation: str) -> None:
    assert cues_of(word) & bit_of(RelationType(relation))


def test_the_shipped_weights_say_what_they_were_made_from() -> None:
    assert origin("relations").keys() >= {"by", "annotations", "texts"}
    assert shipped_ranker().bias < 0
