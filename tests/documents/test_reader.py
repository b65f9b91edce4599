from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esskg.documents import read, read_folder
from esskg.documents.reader import MAX_BYTES, MAX_CHARACTERS, slug_of
from esskg.errors import DocumentError
from esskg.model import Document

TEXT = "Une coopérative ouvre ses portes à Lyon.\n"


def refusal(path: Path) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read(path, path.parent)
    assert caught.value.path == path
    assert caught.value.remedy
    return caught.value


def test_reading_twice_gives_the_same_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert read(tmp_path / "a.txt", tmp_path) == read(tmp_path / "a.txt", tmp_path)


def test_a_document_knows_its_place_and_kind(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "a.md").write_text(TEXT, "utf-8")
    document = read(tmp_path / "2024" / "a.md", tmp_path)
    assert (document.path, document.slug) == ("2024/a.md", "2024--a-md")
    assert document.media_type == "text/markdown"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.pdf", b" \n", "empty"),
        ("a.md", b"---\ntitle: T\n---\n", "no text"),
        ("a.xlsx", b"PK", "type '.xlsx' can't be read"),
        ("README", b"text", "type 'none' can't be read"),
        ("a.txt", ("a" * (MAX_CHARACTERS + 1)).encode(), "too long"),
    ],
)
def test_what_can_t_be_a_document_is_refused(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert reason in refusal(tmp_path / name).reason


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        os.truncate(file.fileno(), MAX_BYTES + 1)
    assert "too large: 100 MB" in refusal(tmp_path / "a.txt").reason


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "can't be opened" in refusal(tmp_path / "a.txt").reason


def test_the_sidecar_goes_before_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Un\ndate: 2023\n---\nTexte.", "utf-8")
    (tmp_path / "a.md.toml").write_text('title = "Deux"\n', "utf-8")
    metadata = read(tmp_path / "a.md", tmp_path).metadata
    assert (metadata.title, metadata.date) == ("Deux", "2023")


def test_the_title_is_the_longest_heading_at_the_top(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "COMMUNIQUÉ\n\nUne coopérative ouvre à Lyon\n\n3 mai 2024\n\nElle ouvre.", "utf-8"
    )
    assert read(tmp_path / "a.txt", tmp_path).metadata.title == "Une coopérative ouvre à Lyon"


def test_a_folder_is_read_in_order_with_what_can_t_be_read(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", ".hidden.txt", ".git/c.txt", "~$lock.docx", "c.doc", "d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, "utf-8")
    (tmp_path / "b.txt.toml").write_text('title = "T"', "utf-8")
    (tmp_path / "d.txt").write_bytes(b"\xe9t\xe9")
    found = list(read_folder(tmp_path))
    assert [one.path if isinstance(one, Document) else one.path.name for one in found] == [
        "a/z.md",
        "b.txt",
        "c.doc",
        "d.txt",
    ]


def test_a_sidecar_that_lost_its_document_is_reported(tmp_path: Path) -> None:
    (tmp_path / "gone.txt.toml").write_text('title = "T"', "utf-8")
    (problem,) = read_folder(tmp_path)
    assert isinstance(problem, DocumentError)
    assert "gone.txt" in problem.reason


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("fr-01.txt", "fr-01"),
        ("fr-01.pdf", "fr-01-pdf"),
        ("2024/fr-01.txt", "2024--fr-01"),
        ("mon_rapport.md", "mon_rapport-md"),
    ],
)
def test_plain_paths_have_plain_slugs(path: str, slug: str) -> None:
    assert slug_of(path) == slug


def test_other_paths_get_a_hash() -> None:
    assert slug_of("Été à Québec.txt").startswith("ete-a-quebec-")
    assert slug_of("日本.txt").startswith("document-")


def test_composed_and_decomposed_accents_are_one_path() -> None:
    assert slug_of("e\u0301te.txt") == slug_of("éte.txt")


PATHS = st.from_regex(r"([ab-]{1,3}/)?[abA é_.-]{1,4}(txt|pdf)?\.(txt|pdf|PDF|md)", fullmatch=True)


@given(PATHS, PATHS)
def test_two_paths_never_share_a_slug(one: str, other: str) -> None:
    assert (slug_of(one) == slug_of(other)) == (one == other)


@given(PATHS)
def test_slugs_are_fit_for_a_url(path: str) -> None:
    slug = slug_of(path)
    assert slug.isascii()
    assert slug == slug.lower()
    assert slug.replace("-", "").replace("_", "").isalnum() or set(slug) <= set("-_")
