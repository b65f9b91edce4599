from __future__ import annotations

from pathlib import Path

import pytest

from esskg.documents import add, read, remove
from esskg.documents.sidecar import read_sidecar
from esskg.errors import DocumentsError, EsskgError

TEXT = "Une coopérative ouvre ses portes à Lyon.\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox" / "sub").mkdir(parents=True)
    (tmp_path / "inbox" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "inbox" / "a.txt.toml").write_text('# by Ana\npublisher = "Le Devoir"\n', "utf-8")
    (tmp_path / "inbox" / "sub" / "b.md").write_text(TEXT, "utf-8")
    return tmp_path / "inbox"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    return tmp_path / "documents"


def test_a_file_is_copied_with_its_sidecar_date_and_source(inbox: Path, documents: Path) -> None:
    assert add([inbox / "a.txt"], documents, date="2024-05", source="https://a.b") == [documents / "a.txt"]
    metadata = read(documents / "a.txt", documents).metadata
    assert (metadata.date, metadata.sources) == ("2024-05", ("https://a.b",))
    assert metadata.publisher == "Le Devoir"


def test_a_folder_is_copied_under_its_name(inbox: Path, documents: Path) -> None:
    assert add([inbox], documents) == [documents / "inbox" / "a.txt", documents / "inbox" / "sub" / "b.md"]


def test_adding_twice_changes_nothing(inbox: Path, documents: Path) -> None:
    add([inbox / "a.txt"], documents)
    before = {path: path.read_bytes() for path in documents.rglob("*")}
    assert add([inbox / "a.txt"], documents) == [documents / "a.txt"]
    assert {path: path.read_bytes() for path in documents.rglob("*")} == before


def test_another_file_of_the_same_name_is_never_overwritten(inbox: Path, documents: Path) -> None:
    (documents / "a.txt").write_text("Mon propre texte.", "utf-8")
    with pytest.raises(DocumentsError, match="Rename the new one"):
        add([inbox / "a.txt"], documents)
    assert (documents / "a.txt").read_text("utf-8") == "Mon propre texte."


def test_a_sidecar_that_says_otherwise_is_never_overwritten(inbox: Path, documents: Path) -> None:
    add([inbox / "a.txt"], documents, date="2024")
    with pytest.raises(DocumentsError, match="already says another date"):
        add([inbox / "a.txt"], documents, date="2023")
    assert read_sidecar(documents / "a.txt").date == "2024"


def test_unreadable_files_are_reported_and_the_others_added(inbox: Path, documents: Path) -> None:
    (inbox / "c.txt").write_bytes(b"\xe9t\xe9")
    (inbox / "d.xlsx").write_bytes(b"PK")
    with pytest.raises(DocumentsError) as caught:
        add([inbox / "c.txt", inbox / "d.xlsx", inbox / "a.txt"], documents)
    assert [problem.path.name for problem in caught.value.problems] == ["c.txt", "d.xlsx"]
    assert caught.value.added == [documents / "a.txt"]
    assert sorted(path.name for path in documents.iterdir()) == ["a.txt", "a.txt.toml"]


@pytest.mark.parametrize(("date", "source"), [("3 mai", None), (None, "example.org")])
def test_a_malformed_date_or_source_adds_nothing(
    inbox: Path, documents: Path, date: str | None, source: str | None
) -> None:
    with pytest.raises(EsskgError, match="is no"):
        add([inbox / "a.txt"], documents, date=date, source=source)
    assert not list(documents.iterdir())


@pytest.mark.parametrize("name", ["a", "a.txt", "documents/a.txt"])
def test_a_document_goes_with_its_sidecar(
    inbox: Path, documents: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(documents.parent)
    add([inbox / "a.txt"], documents)
    assert remove(name, documents) == [documents / "a.txt", documents / "a.txt.toml"]
    assert not list(documents.iterdir())


def test_an_unknown_name_is_answered_with_the_nearest(inbox: Path, documents: Path) -> None:
    add([inbox], documents)
    with pytest.raises(EsskgError, match=r"Did you mean .*inbox/sub/b\.md"):
        remove("inbox/sub/b.txt", documents)


@pytest.mark.parametrize("name", ["../inbox/a.txt", ".", "", "a.txt.toml"])
def test_nothing_but_documents_of_the_folder_is_removed(inbox: Path, documents: Path, name: str) -> None:
    add([inbox / "a.txt"], documents)
    with pytest.raises(EsskgError, match="holds no document"):
        remove(name, documents)
    assert (inbox / "a.txt").exists()


def test_a_name_without_extension_must_be_the_only_one(inbox: Path, documents: Path) -> None:
    (inbox / "b.html").write_text(f"<html><body><p>{TEXT * 5}</p></body></html>", "utf-8")
    add([inbox], documents)
    with pytest.raises(EsskgError, match="Did you mean inbox--b-html or inbox--sub--b-md"):
        remove("b", documents)
    assert remove("inbox--b-html", documents) == [documents / "inbox" / "b.html"]
    assert remove("b", documents) == [documents / "inbox" / "sub" / "b.md"]
