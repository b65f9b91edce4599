"""What differs between two versions is found, with the words that say it, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import sample
from esskg.graph.changes import Changes, changes
from esskg.graph.history import History
from esskg.graph.store import Store
from esskg.model import Knowledge, Modality, RelationType, Slug, State


def store_of(knowledge: Knowledge, folder: Path) -> Store:
    return sample.store_of(knowledge, folder)


def test_the_same_graph_has_no_changes(sample_store: Store) -> None:
    assert changes(sample_store, sample_store) == Changes()


def test_a_new_statement_comes_with_its_sentence(sample_store: Store, tmp_path: Path) -> None:
    known = sample.knowledge()
    new = sample.statement(
        "confluence",
        RelationType.FINANCES,
        "strategie",
        sample.words(sample.FRENCH, "Le Réseau Confluence compte"),
    )
    other = store_of(replace(known, statements=(*known.statements, new)), tmp_path)
    (found,) = changes(sample_store, other).statements
    assert (found.how, found.subject, found.relation, found.object) == (
        "added",
        "confluence",
        "finances",
        "strategie",
    )
    assert found.sentences[0].words.startswith("Le Réseau Confluence compte plus de 120 membres")
    (gone,) = changes(other, sample_store).statements
    assert (gone.how, gone.id, gone.sentences) == ("removed", found.id, found.sentences)


def test_another_state_amount_or_evidence_is_a_change_another_confidence_is_none(
    sample_store: Store, tmp_path: Path
) -> None:
    known = sample.knowledge()
    first, second, third, *rest = known.statements
    others = (
        replace(first, state=State.REVIEW, confidence=0.5),
        replace(second, evidence=second.evidence[:1]),
        replace(third, confidence=0.99),
    )
    other = store_of(replace(known, statements=(*others, *rest)), tmp_path)
    found = {each.id: each for each in changes(sample_store, other).statements}
    assert found.keys() == {first.id, second.id}
    assert found[first.id].details == ("- state: asserted", "+ state: review")
    (lost,) = found[second.id].sentences
    assert lost.document == sample.ENGLISH and found[second.id].details[0].startswith("- evidence: rives-en")


def test_entities_that_came_went_or_are_called_otherwise(sample_store: Store, tmp_path: Path) -> None:
    known = sample.knowledge()
    kept = [each for each in known.entities if each.slug != "isolee"]
    kept[0] = replace(kept[0], aliases=(*kept[0].aliases, replace(kept[0].names[0], text="FdF")))
    other = store_of(replace(known, entities=tuple(kept)), tmp_path)
    found = {(each.how, each.slug, each.details) for each in changes(sample_store, other).entities}
    assert found == {("removed", "isolee", ()), ("changed", "fonds-du-fleuve", ("+ alias: FdF (fr)",))}


def test_changes_of_one_entity_are_those_at_whose_ends_it_stands(sample_store: Store, tmp_path: Path) -> None:
    known = sample.knowledge()
    other = store_of(replace(known, statements=known.statements[2:]), tmp_path)
    found = changes(sample_store, other)
    assert len(found.statements) == 2
    assert len(found.about("forum-des-rives").statements) == 1
    assert found.about("anne-lavigne") == Changes()


def test_a_base_of_its_own_changes_nothing(
    sample_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "BASE", "https://example.com/other")
    assert changes(sample_store, store_of(sample.knowledge(), tmp_path)) == Changes()


def test_changes_are_kept_as_json(sample_store: Store, tmp_path: Path) -> None:
    known = sample.knowledge()
    negated = replace(known.statements[0], modality=Modality.NEGATED, subject=Slug("ministere"))
    found = changes(sample_store, store_of(replace(known, statements=(negated,)), tmp_path))
    assert Changes.from_json(json.loads(json.dumps(found.to_json()))) == found
    assert found.counts()["statements"] == {"added": 1, "removed": 20, "changed": 0}
    assert History(tmp_path).entries() == []
