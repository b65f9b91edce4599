from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esskg.documents.metadata import is_date
from esskg.documents.sidecar import read_sidecar, sidecar_of, write_sidecar
from esskg.errors import DocumentError
from esskg.model import Metadata


def sidecar(folder: Path, text: str) -> Path:
    (folder / "a.txt.toml").write_text(text, "utf-8")
    return folder / "a.txt"


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    metadata = Metadata(
        'Le "titre" \\ ici', "2023-04", "fr", "CA", "Le Devoir", "Ana", "CC BY 4.0", ("https://a.b/c",)
    )
    write_sidecar(tmp_path / "a.pdf", metadata)
    assert read_sidecar(tmp_path / "a.pdf") == metadata


def test_toml_dates_and_one_source_are_taken(tmp_path: Path) -> None:
    found = read_sidecar(sidecar(tmp_path, 'date = 2023-10-02\nsources = "https://a.b"\n'))
    assert (found.date, found.sources) == ("2023-10-02", ("https://a.b",))


def test_without_a_sidecar_nothing_is_known(tmp_path: Path) -> None:
    assert read_sidecar(tmp_path / "a.txt") == Metadata()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('title = "T"\ndate = "3 mai 2024"', "line 2: date: '3 mai 2024' is no date"),
        ('date = "2024-13"', "line 1: date"),
        ('lisence = "CC0"', "line 1: there is no key 'lisence'"),
        ("title = 3", "line 1: title: must be text"),
        ('country = "Canada"', "line 1: country: 'Canada' is no country code"),
        ('language = "français"', "line 1: language"),
        ('sources = ["www.a.b"]', "line 1: sources: 'www.a.b' is no web address"),
        ('title = "T', "not valid TOML"),
    ],
)
def test_a_malformed_sidecar_is_named_by_file_line_and_key(tmp_path: Path, text: str, reason: str) -> None:
    path = sidecar(tmp_path, text)
    with pytest.raises(DocumentError) as caught:
        read_sidecar(path)
    assert reason in caught.value.reason
    assert caught.value.path == sidecar_of(path)


def test_an_unknown_key_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="Did you mean 'licence'"):
        read_sidecar(sidecar(tmp_path, 'lisence = "CC0"'))


def test_what_a_person_wrote_stays_as_it_stands(tmp_path: Path) -> None:
    path = sidecar(tmp_path, '# checked by Ana\ndate = "2023"\n')
    write_sidecar(path, Metadata(title="T", date="2024"))
    assert sidecar_of(path).read_text("utf-8") == '# checked by Ana\ndate = "2023"\ntitle = "T"\n'


@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day: object) -> None:
    assert is_date(str(day))


@pytest.mark.parametrize("text", ["2023-02-29", "2023-00", "23-04", "2023/04", "2023-4", "", "٢٠٢٣", "0000"])
def test_other_texts_are_no_dates(text: str) -> None:
    assert not is_date(text)
