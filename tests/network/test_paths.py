"""Chains of statements between two entities."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks import networks, shuffled

from esskg.errors import EsskgError
from esskg.graph.store import Store
from esskg.network.paths import chains
from esskg.network.projection import Graph, project
from esskg.network.simple import undirected
from sample import BASE


@pytest.fixture(scope="module")
def sector(sample_store: Store) -> Graph:
    return project(sample_store, base=BASE)


def test_a_chain_leads_from_statement_to_statement_with_sentences(sector: Graph) -> None:
    first, *_ = chains(sector, "anne-lavigne", "confluence")
    assert first.nodes == ("anne-lavigne", "fonds-du-fleuve", "forum-des-rives", "confluence")
    said = [step.statements[0] for step in first.steps]
    assert [(each.subject, each.relation) for each in said] == [
        ("anne-lavigne", "hasRole"), ("fonds-du-fleuve", "finances"), ("confluence", "organizes")
    ]  # fmt: skip
    assert said[0].evidence[0].text.startswith("Anne Lavigne est directrice")


def test_parallel_statements_of_both_directions_stand_in_one_step(sector: Graph) -> None:
    ((step,), *_) = (chain.steps for chain in chains(sector, "trois-ponts", "fonds-du-fleuve"))
    assert [(each.subject, each.relation) for each in step.statements] == [
        ("fonds-du-fleuve", "supports"), ("fonds-du-fleuve", "finances"), ("trois-ponts", "partnersWith")
    ]  # fmt: skip


def test_types_hubs_and_length_bar_the_way(sector: Graph) -> None:
    def passed(**limits: object) -> list[tuple[str, ...]]:
        return [chain.nodes for chain in chains(sector, "anne-lavigne", "confluence", **limits)]  # type: ignore[arg-type]

    assert ("anne-lavigne", "fonds-du-fleuve", "trois-ponts", "confluence") in passed()
    assert all("forum-des-rives" not in nodes for nodes in passed(without_types=["Event"]))
    assert passed(hub=2) == []
    assert passed(longest=2) == []
    assert len(passed(most=1)) == 1


def test_unlinked_entities_have_no_chain_and_unknown_ones_are_named(sector: Graph) -> None:
    assert chains(sector, "anne-lavigne", "atelier-nord") == []
    assert chains(sector, "anne-lavigne", "anne-lavigne") == []
    with pytest.raises(EsskgError, match="nobody"):
        chains(sector, "anne-lavigne", "nobody")


@given(networks, st.integers())
def test_the_first_chain_is_shortest_and_order_does_not_matter(graph: Graph, seed: int) -> None:
    start, end = min(graph), max(graph)
    simple = undirected(graph)
    found = chains(graph, start, end, longest=20)
    assert chains(shuffled(graph, seed), start, end, longest=20) == found
    if start != end and nx.has_path(simple, start, end):
        assert len(found[0].steps) == nx.shortest_path_length(simple, start, end)
    lengths = [len(chain.steps) for chain in found]
    assert lengths == sorted(lengths)
