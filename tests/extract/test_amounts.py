"""Numbers and money as people write them in three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_examples import context

from esskg.extract.amounts import UNKNOWN, currency_of, money_in
from esskg.extract.numbers import read_numbers


@pytest.mark.parametrize(
    ("text", "language", "value", "qualifier"),
    [
        ("plus de 11 200 entreprises", "fr", 11200, "more_than"),
        ("environ 7.000 emplois", "fr", 7000, "about"),
        ("au moins deux cents membres", "fr", 200, "more_than"),
        ("une trentaine de pays", "fr", 30, "about"),
        ("jusqu'à 2,5 millions", "fr", 2500000, "less_than"),
        ("près de quatre-vingt-dix-sept", "fr", 97, "about"),
        ("up to 11,200 firms", "en", 11200, "less_than"),
        ("nearly 1.5 million", "en", 1500000, "about"),
        ("más de 3.000 clientes", "es", 3000, "more_than"),
        ("une demi-douzaine de projets", "fr", 6, "about"),
        ("half a million members", "en", 500000, "about"),
        ("some 3.71 lakh customers", "en", 371000, "about"),
    ],
)
def test_numbers_are_read_with_how_they_are_meant(
    text: str, language: str, value: float, qualifier: str
) -> None:
    (number,) = read_numbers(text, language)
    assert (number.value, number.qualifier) == (value, qualifier)


@pytest.mark.parametrize(
    ("text", "language", "value", "currency"),
    [
        ("47,8 milliards de dollars", "fr", 47.8e9, "CAD"),
        ("600 M$", "fr", 600e6, "CAD"),
        ("3,2 milliards d'euros", "fr", 3.2e9, "EUR"),
        ("50 $ US", "fr", 50, "USD"),
        ("upwards of £30m", "en", 30e6, "GBP"),
        ("US$50 million", "en", 50e6, "USD"),
        ("Rs 2,300 crore", "en", 23e9, "INR"),
        ("some R23.7 million", "en", 23.7e6, "ZAR"),
        ("EUR 411 665", "fr", 411665, "EUR"),
    ],
)
def test_money_is_read_with_its_currency(text: str, language: str, value: float, currency: str) -> None:
    (money,) = money_in(text, language, {"dollar": "CAD", "dollar_sign": "CAD"})
    assert (money.amount.value, money.amount.currency) == (value, currency)


def test_a_bare_sign_takes_the_documents_country_then_its_places() -> None:
    assert currency_of(context("10 $", country="CA"))["dollar_sign"] == "CAD"
    assert currency_of(context("10 $ à [Montréal](Place)"))["dollar_sign"] == "CAD"


def test_a_bare_sign_is_of_pesos_in_spanish_alone() -> None:
    assert currency_of(context("10 $ en [Chile](Place)", "es"))["dollar_sign"] == "CLP"
    assert "dollar_sign" not in currency_of(context("$10 for [Chile](Place)", "en"))
    assert currency_of(context("$10", "en", country="MX"))["dollar_sign"] == "MXN"


def test_an_unknown_currency_stays_unknown() -> None:
    (money,) = money_in("10 $", "fr", currency_of(context("10 $")))
    assert money.amount.currency == UNKNOWN


@pytest.mark.parametrize("text", ["She won 164 votes", "room XR12", "the yen 20 years ago"])
def test_words_and_labels_before_a_number_are_no_currency(text: str) -> None:
    assert list(money_in(text, "en", {})) == []


@given(st.integers(min_value=1, max_value=10**12))
def test_any_grouped_number_is_read_back(value: int) -> None:
    (number,) = read_numbers(f"{value:,}".replace(",", " ") + " membres", "fr")
    assert number.value == value
