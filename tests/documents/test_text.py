from __future__ import annotations

from pathlib import Path

import pytest

from esskg.documents import read
from esskg.errors import DocumentError


def write(folder: Path, data: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_text_is_the_file_character_for_character(tmp_path: Path) -> None:
    text = "\n  Titre \n\n•\u00a0un point ; \n\n\nFin.  "
    assert read(write(tmp_path, text.encode()), tmp_path).text == text


def test_line_ends_and_accents_are_normalised(tmp_path: Path) -> None:
    path = write(tmp_path, "De\u0301but\r\n\r\nFin.\r".encode())
    assert read(path, tmp_path).text == "Début\n\nFin.\n"


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"\xef\xbb\xbfBonjour tout le monde."), tmp_path).text.startswith("Bonjour")


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        ("Les élèves\nété".encode("latin-1"), "not UTF-8 (line 1, byte 0xe9)", "iconv -f WINDOWS-1252"),
        ("Les élèves".encode("utf-16"), "in UTF-16", "iconv -f UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary", "extension"),
        (b"text\x01\x02 with signals", "binary", "extension"),
    ],
)
def test_what_is_no_utf8_text_is_refused_with_a_remedy(
    tmp_path: Path, data: bytes, reason: str, remedy: str
) -> None:
    path = write(tmp_path, data)
    with pytest.raises(DocumentError) as caught:
        read(path, tmp_path)
    assert reason in caught.value.reason
    assert remedy in caught.value.remedy
    assert str(path) in str(caught.value)


FENCED = "---\ntitle: Le titre\ndate: 2024-05\ncountry: NO\nlayout: post\n---\n\nLe texte commence.\n"


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_front_matter_is_metadata_and_the_text_begins_after_it(tmp_path: Path, name: str) -> None:
    document = read(write(tmp_path, FENCED.encode(), name), tmp_path)
    assert document.text == "Le texte commence.\n"
    assert (document.metadata.title, document.metadata.date) == ("Le titre", "2024-05")
    assert document.metadata.country == "NO"


def test_a_fence_around_prose_is_text(tmp_path: Path) -> None:
    text = "---\nUne citation\n---\nLa suite."
    assert read(write(tmp_path, text.encode()), tmp_path).text == text


@pytest.mark.parametrize(
    ("front", "place"),
    [("date: 2024-02-30", "line 3: date: '2024-02-30' is no date"), ("title: [a", "line 4: not valid YAML")],
)
def test_malformed_front_matter_is_named_by_line(tmp_path: Path, front: str, place: str) -> None:
    path = write(tmp_path, f"---\ntitle: T\n{front}\n---\nTexte.".encode())
    with pytest.raises(DocumentError, match="front matter") as caught:
        read(path, tmp_path)
    assert place in caught.value.reason
