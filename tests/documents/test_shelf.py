"""The shelf: what was read before is not read again, and what changed is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from esskg.documents import Shelf, read
from esskg.errors import DocumentError

CORPUS = Path(__file__).parents[2] / "data" / "documents"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text("Une coopérative ouvre à Lyon.\n", "utf-8")
    return tmp_path / "documents"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@pytest.mark.parametrize("suffix", [".txt", ".html", ".pdf", ".docx"])
def test_what_is_kept_is_what_was_read(suffix: str, tmp_path: Path) -> None:
    path = min(CORPUS.glob(f"*{suffix}"))
    first, again = (Shelf(tmp_path / "shelf").read(path, CORPUS) for _ in range(2))
    assert first == again == read(path, CORPUS)


def test_an_unchanged_file_is_not_read_again(
    folder: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = shelf.read(folder / "a.txt", folder)
    monkeypatch.setattr("esskg.documents.shelf.read", lambda *_: pytest.fail("it was read again"))
    assert shelf.read(folder / "a.txt", folder) == document


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text("Une mutuelle ouvre à Lyon.\n", "utf-8"),
        lambda path: path.with_name("a.txt.toml").write_text('date = "2024-05"\n', "utf-8"),
    ],
    ids=["text", "sidecar"],
)
def test_a_changed_file_is_read_again(folder: Path, shelf: Shelf, change: Callable[[Path], object]) -> None:
    before = shelf.read(folder / "a.txt", folder)
    change(folder / "a.txt")
    after = shelf.read(folder / "a.txt", folder)
    assert after != before
    assert after == read(folder / "a.txt", folder)


def test_what_other_readers_read_is_read_again(
    folder: Path, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.read(folder / "a.txt", folder)
    monkeypatch.setattr("esskg.documents.shelf.texts", lambda _: iter(["other words of datelines"]))
    Shelf(tmp_path / "shelf").read(folder / "a.txt", folder)
    assert len(list((tmp_path / "shelf").iterdir())) == 2


def test_a_reading_cut_short_is_made_again(folder: Path, shelf: Shelf, tmp_path: Path) -> None:
    document = shelf.read(folder / "a.txt", folder)
    (kept,) = (tmp_path / "shelf").iterdir()
    kept.write_bytes(kept.read_bytes()[:50])
    assert shelf.read(folder / "a.txt", folder) == document


def test_what_is_gone_is_forgotten(folder: Path, shelf: Shelf, tmp_path: Path) -> None:
    shelf.read(folder / "a.txt", folder)
    Shelf(tmp_path / "shelf").prune()
    assert not list((tmp_path / "shelf").iterdir())


def test_a_missing_file_raises_what_reading_raises(folder: Path, shelf: Shelf) -> None:
    with pytest.raises(DocumentError):
        shelf.read(folder / "b.txt", folder)
