"""Unfolding a network: counts before, newcomers after, nothing that stands moves."""

from __future__ import annotations

import pytest

import sample
from esskg.errors import EsskgError
from esskg.graph.store import Store
from esskg.network.expansion import Expansion, expanded, ties
from esskg.network.layout import SPACING, joined, positions
from esskg.network.projection import project


def test_ties_count_what_an_expansion_brings(sample_store: Store) -> None:
    start = project(sample_store, base=sample.BASE, around=["confluence"], depth=0)
    for tie in ties(sample_store, sample.BASE, "confluence"):
        by = Expansion("confluence", tie.relation, outgoing=tie.outgoing)
        grown = expanded(start, sample_store, by)
        there = [
            (source, target)
            for source, target, data in grown.edges(data=True)
            if data["relation"] == tie.relation and (source if tie.outgoing else target) == "confluence"
        ]
        assert len(there) == tie.count


def test_an_expansion_without_a_limit_is_the_neighbourhood(sample_store: Store) -> None:
    start = project(sample_store, base=sample.BASE, around=["confluence"], depth=0)
    grown = expanded(start, sample_store, Expansion("confluence"))
    around = project(sample_store, base=sample.BASE, around=["confluence"], depth=1)
    assert set(grown) == set(around)
    assert set(grown.edges(keys=True)) == set(around.edges(keys=True))


def test_a_limit_keeps_the_surest(sample_store: Store) -> None:
    start = project(sample_store, base=sample.BASE, around=["confluence"], depth=0)
    everything = expanded(start, sample_store, Expansion("confluence"))
    one = expanded(start, sample_store, Expansion("confluence", most=1))
    surest = max(data["confidence"] for _, _, data in everything.edges(data=True))
    assert max(data["confidence"] for _, _, data in one.edges(data=True)) == surest


def test_review_adds_what_is_not_asserted(sample_store: Store) -> None:
    asserted = project(sample_store, base=sample.BASE)
    both = project(sample_store, base=sample.BASE, review=True)
    states = {data["state"] for _, _, data in both.edges(data=True)}
    assert states == {"asserted", "review"}
    assert set(asserted.edges(keys=True)) < set(both.edges(keys=True))


def test_newcomers_find_room_and_nobody_moves(sample_store: Store) -> None:
    placed = positions(project(sample_store, base=sample.BASE))
    grown = joined(placed, "confluence", [f"new-{number}" for number in range(30)])
    assert grown.items() >= placed.items()
    new = [point for node, point in grown.items() if node not in placed]
    crowded = [
        (a, b)
        for i, a in enumerate(new)
        for b in [*placed.values(), *new[:i]]
        if abs(a[0] - b[0]) + abs(a[1] - b[1]) < 0.9 * SPACING
    ]
    assert crowded == []


def test_a_name_that_would_change_the_query_is_refused(sample_store: Store) -> None:
    with pytest.raises(EsskgError, match="neither a slug"):
        ties(sample_store, sample.BASE, "a> ?p ?o . <b")
