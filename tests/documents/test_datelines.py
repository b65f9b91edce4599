"""A document without a date takes the one of its dateline."""

from __future__ import annotations

from pathlib import Path

import pytest

from esskg.documents import read
from esskg.documents.datelines import dateline

BODY = "Une coopérative ouvre ses portes à Lyon."


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Madrid, 3 de octubre de 2023", "2023-10-03"),
        ("Toulouse, le 14 mars 2024 –", "2024-03-14"),
        ("Paris, mardi 1er avril 2025.", "2025-04-01"),
        ("12 June 2024", "2024-06-12"),
        ("Stoke-on-Trent, June 12, 2024", "2024-06-12"),
        ("Châlons-en-Champagne, le 2 août 2024", "2024-08-02"),
        ("San José (Costa), a 9 de mayo del 2022", "2022-05-09"),
    ],
)
def test_a_first_or_last_line_of_place_and_date_dates_the_text(line: str, date: str) -> None:
    assert dateline(f"{line}\n\n{BODY}\n") == date
    assert dateline(f"{BODY}\n\n{line}\n") == date


@pytest.mark.parametrize(
    "line",
    [
        "La coopérative naît à Lyon, le 14 mars 2024.",
        "Rendez-vous le 14 mars 2024",
        "Assemblée générale, 14 mars 2024",
        "Conférence, 14 mars 2024",
        "Lyon, le 31 février 2024",
        "Lyon, mars 2024",
    ],
)
def test_other_lines_date_nothing(line: str) -> None:
    assert dateline(f"{line}\n\n{BODY}\n") is None
    assert dateline(f"{BODY}\n\n12 June 2024\n\n{BODY}\n") is None


def test_what_a_person_said_goes_first(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Lyon, le 14 mars 2024\n\n{BODY}\n", "utf-8")
    assert read(path, tmp_path).metadata.date == "2024-03-14"
    (tmp_path / "a.txt.toml").write_text('date = "2020"\n', "utf-8")
    assert read(path, tmp_path).metadata.date == "2020"
