"""What was learned from annotated documents belongs to them, and learning it again gives the same."""

from __future__ import annotations

import json
from functools import cache

import pytest
from entity_reading import DATA, reader

from esskg.extract.annotated import read_annotated
from esskg.extract.folds import folded
from esskg.extract.learned import NAMES, origin, shipped_weights
from esskg.extract.training import Lesson, annotations_hash, learn, read_lessons, texts_hash
from esskg.extract.unseen import unseen

SAMPLE = 6
LARGEST = 300_000


@cache
def lessons() -> tuple[Lesson, ...]:
    return tuple(read_lessons(read_annotated(DATA / "gold", DATA / "documents", part="tuning")[-SAMPLE:]))


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_weights_belong_to_the_shipped_annotations(name: str) -> None:
    made = origin(name)
    documents = read_annotated(DATA / "gold", DATA / "documents")
    assert made["annotations"] == annotations_hash(DATA / "gold"), f"train again: {made['by']}"
    assert made["texts"] == texts_hash(documents), f"train again: {made['by']}"


@pytest.mark.parametrize("name", NAMES)
def test_weights_are_small_and_in_order(name: str) -> None:
    model = getattr(shipped_weights(), name)
    assert len(json.dumps(model.to_json(), ensure_ascii=False)) < LARGEST
    assert list(model.weights) == sorted(model.weights)


def test_learning_twice_gives_the_same() -> None:
    assert learn(lessons(), reader()) == learn(lessons(), reader())


def test_what_is_learned_depends_on_the_annotations() -> None:
    assert learn(lessons(), reader()) != learn(lessons()[1:], reader())


def test_folds_part_the_documents_and_share_out_the_languages() -> None:
    documents = read_annotated(DATA / "gold", DATA / "documents")
    folds = folded(documents, 5)
    assert sorted(d.name for fold in folds for d in fold) == [d.name for d in documents]
    for language in ("fr", "en", "es"):
        sizes = [sum(d.gold["lang"] == language for d in fold) for fold in folds]
        assert max(sizes) - min(sizes) <= 1
    assert folded(documents[::-1], 5) == folds


def test_the_unseen_are_those_of_no_known_name() -> None:
    old = {"id": "e1", "type": "Network", "name": "Alliance X", "mentions": [[0, 10]]}
    new = {"id": "e2", "type": "Network", "name": "Alliance Y", "mentions": [[20, 30]]}
    cut, invented = {**old, "name": "X", "mentions": [[9, 10]]}, {**new, "name": "Z", "mentions": [[40, 41]]}
    gold, predicted = unseen({"entities": [old, new]}, {"entities": [cut, new, invented]}, {"alliance x"})
    assert gold == {"entities": [new]}
    assert predicted == {"entities": [new, invented]}
