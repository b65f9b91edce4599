"""Money: each amount once, what is passed on not twice, shares that add up."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import network

from esskg.network import measures
from esskg.network.grants import grants
from esskg.network.measures.money import gini, herfindahl
from esskg.network.projection import Graph
from esskg.network.source import Citation


def told(sentence: str, document: str = "d") -> tuple[Citation, ...]:
    return (Citation("", "2020-01-01", sentence, "", "", f"https://example.org/{document}", sentence, "fr"),)


def funded(*fundings: tuple[int, int, float | None, str], currency: str = "EUR") -> Graph:
    """Fundings: from whom, to whom, how much, in which sentence."""
    graph = network([(a, b) for a, b, _, _ in fundings])
    by_id = {data["id"]: data for *_, data in graph.edges(data=True)}
    for index, (_, _, amount, sentence) in enumerate(fundings):
        money = {} if amount is None else {"amount": amount, "currency": currency}
        by_id[f"s{index}"].update(money, relation="finances", evidence=told(sentence))
    return graph


JOINT = funded(
    (0, 2, 100.0, "A et B"), (1, 2, 100.0, "A et B"), (0, 3, 100.0, "A et B"), (1, 3, 100.0, "A et B")
)


def test_an_amount_that_several_share_is_one() -> None:
    (grant,) = grants(JOINT)
    assert (grant.funders, grant.recipients, grant.amount) == (("n0", "n1"), ("n2", "n3"), 100.0)
    (total,) = measures.rollup(JOINT).records()
    assert (total["fundings"], total["grants"], total["gross"], total["net"]) == (4, 1, 100.0, 100.0)
    assert [row["amount"] for row in measures.funding(JOINT).records()] == [100.0, 100.0]
    assert [row["joint"] for row in measures.funding(JOINT).records()] == [1, 1]


def test_equal_amounts_of_two_sentences_are_two() -> None:
    graph = funded((0, 2, 100.0, "une"), (0, 3, 100.0, "autre"))
    (row,) = measures.funding(graph).records()
    assert (row["fundings"], row["amount"]) == (2, 200.0)


def test_money_passed_on_is_not_counted_twice() -> None:
    chain = funded((0, 1, 100.0, "don"), (1, 2, 60.0, "relais"), (2, 3, 80.0, "fin"))
    (total,) = measures.rollup(chain).records()
    assert (total["gross"], total["passed_on"], total["net"]) == (240.0, 120.0, 120.0)


def test_currencies_are_never_added_up() -> None:
    two = funded((0, 1, 5.0, "a"), (0, 1, 7.0, "b"))
    by_id = {data["id"]: data for *_, data in two.edges(data=True)}
    by_id["s1"]["currency"] = "CAD"
    assert [(row["currency"], row["gross"]) for row in measures.rollup(two).records()] == [
        ("CAD", 7.0),
        ("EUR", 5.0),
    ]


fundings = st.lists(
    st.tuples(
        st.integers(0, 6), st.integers(0, 6), st.integers(1, 1000).map(float), st.sampled_from("abcdefg")
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None)
@given(fundings)
def test_laws_of_money(given_: list[tuple[int, int, float, str]]) -> None:
    graph = funded(*given_)
    (total,) = measures.rollup(graph).records()
    gross, passed, net = (float(str(total[name])) for name in ("gross", "passed_on", "net"))
    assert 0 <= net <= gross and math.isclose(gross - passed, net, abs_tol=1e-6)
    flows = measures.money_flows(graph).records()
    assert math.isclose(sum(float(str(row["amount"])) for row in flows), gross, rel_tol=1e-9)
    assert gross <= sum(amount for _, _, amount, _ in given_) + 1e-6
    for row in measures.dependency(graph).records():
        assert 1 / int(str(row["funders"])) - 1e-9 <= float(str(row["share"])) <= 1


@settings(deadline=None)
@given(st.lists(st.integers(1, 10_000).map(float), min_size=1, max_size=20), st.integers(2, 9))
def test_laws_of_concentration(values: list[float], factor: int) -> None:
    count = len(values)
    assert 1 / count - 1e-9 <= herfindahl(values) <= 1 + 1e-9
    assert -1e-9 <= gini(values) <= 1 - 1 / count + 1e-9
    scaled = [value * factor for value in values]
    assert math.isclose(gini(scaled), gini(values), abs_tol=1e-9)
    pairs = sum(abs(a - b) for a in values for b in values)
    assert math.isclose(gini(values), pairs / (2 * count * sum(values)), abs_tol=1e-9)


def test_concentration_of_known_shares() -> None:
    graph = funded((0, 3, 50.0, "a"), (1, 3, 25.0, "b"), (2, 3, 25.0, "c"))
    rows = {(row["side"], row["currency"]): row for row in measures.concentration(graph).records()}
    assert rows["funders", "EUR"]["herfindahl"] == pytest.approx(0.375)
    assert rows["funders", "EUR"]["equivalent"] == pytest.approx(8 / 3)
    assert (rows["funders", "EUR"]["entity"], rows["funders", "EUR"]["share"]) == ("n0", 0.5)
    assert rows["funders", None]["herfindahl"] == pytest.approx(1 / 3)
    assert rows["recipients", "EUR"]["herfindahl"] == 1


def test_dependency_is_the_share_of_the_largest_funder() -> None:
    graph = funded((0, 3, 75.0, "a"), (1, 3, 25.0, "b"), (2, 3, None, "c"))
    by_number, by_money = measures.dependency(graph).records()
    assert (by_number["currency"], by_number["funders"], by_number["share"]) == (
        None,
        3,
        pytest.approx(1 / 3),
    )
    assert (by_money["currency"], by_money["funder_entity"], by_money["share"]) == ("EUR", "n0", 0.75)


def test_a_funder_is_suggested_by_who_resembles_one_and_says_why() -> None:
    graph = funded((0, 2, 1.0, "a"), (0, 6, 1.0, "b"), (1, 6, 1.0, "c"))
    (match,) = measures.matches(graph).records()
    assert (match["entity"], match["funder_entity"], match["paths"]) == ("n2", "n1", 1)
    assert match["weight"] == pytest.approx(1 / math.log(2))
    assert match["explained"] == "Actor 1 → Actor 6 (Actor 0 is a partner of …)"


def test_similar_actors_share_ties_and_rare_ones_weigh_more() -> None:
    graph = network([(0, 3), (0, 7), (1, 3), (1, 7), (2, 7)])
    pairs = {(row["entity"], row["other_entity"]): row for row in measures.similar(graph).records()}
    assert set(pairs) == {("n0", "n1"), ("n3", "n7")}
    pair = pairs["n0", "n1"]
    assert (pair["shared"], pair["jaccard"]) == (2, 1.0)
    assert pair["weight"] == pytest.approx(1 / math.log(2) + 1 / math.log(3))


def test_growth_counts_each_entity_in_the_year_it_is_first_told_of() -> None:
    graph = funded((0, 1, None, "a"), (0, 2, None, "b"))
    late = next(data for *_, data in graph.edges(data=True) if data["id"] == "s1")
    late["evidence"] = (Citation("", "2022-05", "b", "", "", "d", "b", "fr"),)
    rows = measures.growth(graph).rows
    assert rows == (("2020", 1, 1, 2, 2), ("2022", 1, 2, 1, 3))
