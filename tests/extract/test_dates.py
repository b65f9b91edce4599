"""Dates as people write them in three languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esskg.extract.dates import read_dates


def values(text: str, language: str, anchor: str | None = "2023-10-02") -> list[str]:
    return [found.iso for found in read_dates(text, language, anchor)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("adoptée le 18 avril 2023", "fr", ["2023-04-18"]),
        ("reconnue en avril dernier", "fr", ["2023-04"]),
        ("l'an dernier, hier, aujourd'hui", "fr", ["2022", "2023-10-01", "2023-10-02"]),
        ("les 12 et 13 février 2024", "fr", ["2024-02-12/2024-02-13"]),
        ("du 30 septembre au 2 octobre 2023", "fr", ["2023-09-30/2023-10-02"]),
        ("le plan 2020-2025", "fr", ["2020/2025"]),
        ("1er janvier prochain", "fr", ["2024-01-01"]),
        ("il y a trois ans", "fr", ["2020"]),
        ("on 18 April 2023 and last June", "en", ["2023-04-18", "2023-06"]),
        ("from 13 to 16 September 2021", "en", ["2021-09-13/2021-09-16"]),
        ("June 12, 2023", "en", ["2023-06-12"]),
        ("yesterday", "en", ["2023-10-01"]),
        ("l'exercice 2022-2023", "fr", ["2022/2023"]),
        ("l'année scolaire 2022/23", "fr", ["2022/2023"]),
        ("in fiscal year 2021–22", "en", ["2021/2022"]),
        ("el curso 2019/20", "es", ["2019/2020"]),
        ("depuis 2010-11", "fr", ["2010-11"]),
        ("à l'été 2022", "fr", ["2022"]),
        ("mardi dernier", "fr", ["2023-09-26"]),
        ("last month", "en", ["2023-09"]),
        ("el pasado 5 de mayo", "es", ["2023-05-05"]),
        ("del 29 al 31 de enero de 2024", "es", ["2024-01-29/2024-01-31"]),
        ("el 22 de julio de 2023", "es", ["2023-07-22"]),
    ],
)
def test_dates_are_read_as_iso_8601(text: str, language: str, expected: list[str]) -> None:
    assert values(text, language) == expected


@pytest.mark.parametrize(
    "text", ["plus de 2000 emplois", "47,8 milliards", "1 200 entreprises", "31 février 2020"]
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert not [value for value in values(text, "fr") if len(value) != 7]


def test_a_relative_date_needs_an_anchor_as_precise_as_itself() -> None:
    assert values("hier, mardi, en avril dernier", "fr", None) == []
    assert values("hier", "fr", "2023-10") == []


def test_what_was_said_last_anchors_what_follows() -> None:
    assert values("En 1943, tout commence. Treize ans plus tard, le 3 mars", "fr", None) == [
        "1943",
        "1956",
        "1956-03-03",
    ]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_any_day_is_read_back(day: date) -> None:
    assert values(f"le {day.isoformat()}.", "fr", None) == [day.isoformat()]


@given(st.integers(min_value=1900, max_value=2098), st.sampled_from("/–"))
def test_a_year_over_two_calendar_years_is_an_interval(first: int, sign: str) -> None:
    written = f"l'exercice {first}{sign}{(first + 1) % 100:02}."
    assert values(written, "fr", None) == [f"{first}/{first + 1}"]


@given(st.integers(min_value=1900, max_value=2099), st.integers(min_value=0, max_value=99))
def test_years_that_do_not_follow_are_no_interval(first: int, second: int) -> None:
    expected = (first + 1) % 100 == second
    assert any("/" in value for value in values(f"exercice {first}/{second:02}.", "fr", None)) == expected


@given(st.text(alphabet="0123456789 -/.,demairunl'", max_size=60))
def test_whatever_is_read_is_a_date(text: str) -> None:
    for value in values(text, "fr"):
        assert all(date.fromisoformat((part + "-01-01")[:10]) for part in value.split("/") if len(part) != 7)
