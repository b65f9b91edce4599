from __future__ import annotations

from pathlib import Path

import pytest

from esskg.documents import read

FRENCH = "La coopérative a été fondée par ses membres en 1971, et elle prête depuis à des associations."
ENGLISH = (
    "The cooperative was founded by its members in 1971, and it has lent money to local charities since then."
)
SPANISH = (
    "La cooperativa fue fundada por sus miembros en 1971 y desde entonces presta dinero a las asociaciones."
)


@pytest.mark.parametrize(("language", "text"), [("fr", FRENCH), ("en", ENGLISH), ("es", SPANISH)])
def test_a_document_s_language_is_read_from_its_words(tmp_path: Path, language: str, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert read(tmp_path / "a.txt", tmp_path).language == language


def test_each_block_has_its_own_language_and_short_ones_inherit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"{FRENCH}\n\n{FRENCH}\n\nBig Society Capital\n\n{ENGLISH}\n\n{SPANISH}", "utf-8"
    )
    blocks = read(tmp_path / "a.txt", tmp_path).blocks
    assert [block.language for block in blocks] == ["fr", "fr", "fr", "en", "es"]


def test_the_declared_language_wins(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Desjardins, BDC, RISQ", "utf-8")
    (tmp_path / "a.txt.toml").write_text('language = "fr-CA"', "utf-8")
    document = read(tmp_path / "a.txt", tmp_path)
    assert {document.language, *(block.language for block in document.blocks)} == {"fr-CA"}


def test_names_of_another_language_don_t_change_a_block_s(tmp_path: Path) -> None:
    text = (
        "The Fonds de finance sociale will invest only in Quebec. The Réseau d'investissement du Québec and "
        "the Fiducie du Chantier de l'économie sociale lead it; the Fonds de solidarité also belongs to it."
    )
    (tmp_path / "a.txt").write_text(f"{ENGLISH}\n\n{text}", "utf-8")
    assert [block.language for block in read(tmp_path / "a.txt", tmp_path).blocks] == ["en", "en"]


def test_a_text_without_words_has_no_language(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1 2 3\n\n4", "utf-8")
    assert read(tmp_path / "a.txt", tmp_path).language == "und"
