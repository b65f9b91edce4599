"""A version is published whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from esskg.graph.versions import MANIFEST, Manifest, Version, Versions

MADE = Manifest(
    "0.1", "https://example.org", "abc", "2024-01-01T00:00:00+00:00", {"Document": 2}, 1, ("x: no",)
)


def publish(folder: Path, inputs: str = "abc") -> Version:
    versions = Versions(folder)
    with versions.draft() as draft:
        draft.store_folder.mkdir()
        return versions.publish(draft, replace(MADE, inputs=inputs))


def test_before_the_first_build_there_is_none(tmp_path: Path) -> None:
    assert Versions(tmp_path).current() is None


def test_what_is_published_is_read_again(tmp_path: Path) -> None:
    version = publish(tmp_path)
    assert Versions(tmp_path).current() == version
    assert version.store_folder.is_dir()
    assert version.manifest == MADE


def test_the_id_tells_content_and_not_time(tmp_path: Path) -> None:
    later = replace(MADE, built="2025-01-01T00:00:00+00:00")
    assert later.id == MADE.id
    assert replace(MADE, base="https://example.com").id != MADE.id


def test_a_draft_that_fails_leaves_the_version_in_use_and_no_files(tmp_path: Path) -> None:
    version = publish(tmp_path)
    with pytest.raises(ZeroDivisionError), Versions(tmp_path).draft() as draft:
        (draft.folder / "half").write_text("…")
        raise ZeroDivisionError
    assert Versions(tmp_path).current() == version
    assert [path.name for path in (tmp_path / "versions").iterdir()] == [version.folder.name]


def test_leftovers_of_a_killed_build_go_at_the_next(tmp_path: Path) -> None:
    version = publish(tmp_path)
    leftover = tmp_path / "versions" / ".draft-killed"
    leftover.mkdir()
    assert Versions(tmp_path).current() == version
    publish(tmp_path, "def")
    assert not leftover.exists()


def test_a_build_killed_before_the_switch_changes_nothing(tmp_path: Path) -> None:
    version = publish(tmp_path)
    newer = publish(tmp_path, "def")
    (tmp_path / "current").write_text(version.folder.name)
    assert Versions(tmp_path).current() == version
    assert publish(tmp_path, "ghi").folder.name > newer.folder.name


def test_the_same_version_may_be_published_twice(tmp_path: Path) -> None:
    first, second = publish(tmp_path), publish(tmp_path)
    assert first.id == second.id
    assert first.folder != second.folder
    assert first.folder.is_dir()


def test_the_last_two_are_kept(tmp_path: Path) -> None:
    folders = [publish(tmp_path, str(number)).folder for number in range(4)]
    assert [folder.exists() for folder in folders] == [False, False, True, True]


def test_the_one_in_use_is_kept_whatever_its_age(tmp_path: Path) -> None:
    folders = [publish(tmp_path, str(number)).folder for number in range(2)]
    (tmp_path / "current").write_text(folders[0].name)
    Versions(tmp_path).prune(keep=1)
    assert folders[0].exists()


@pytest.mark.parametrize("content", ["", "{}", '{"program": "0.1"}', "[]", "no json"])
def test_a_version_that_cannot_be_read_counts_as_none(tmp_path: Path, content: str) -> None:
    version = publish(tmp_path)
    (version.folder / MANIFEST).write_text(content)
    assert Versions(tmp_path).current() is None
