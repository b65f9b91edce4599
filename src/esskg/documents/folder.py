"""The documents folder of a project: what people put in and take out."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from esskg.documents.metadata import checked, first_known, known_keys
from esskg.documents.reader import files_of, read, slug_of
from esskg.documents.sidecar import read_sidecar, sidecar_of, write_sidecar
from esskg.errors import DocumentError, DocumentsError, EsskgError
from esskg.model import Metadata


def add(
    files: Iterable[Path], folder: Path, *, date: str | None = None, source: str | None = None
) -> list[Path]:
    """Copy files, and folders of files under their own name, into a documents folder, with their sidecars.

    Date and source go into the sidecars of all. A file that is already there with the same bytes stays.
    Returns where the documents stand. Raises EsskgError where date or source is malformed, and DocumentsError
    after the others are copied where some can't be read or would overwrite what is there.
    """
    given = checked({key: value for key, value in (("date", date), ("sources", source)) if value})
    added, problems = [], []
    for origin, target in _targets(files, folder):
        try:
            added.append(_add(origin, target, given))
        except DocumentError as error:
            problems.append(error)
    if problems:
        raise DocumentsError(added, problems)
    return added


def _targets(files: Iterable[Path], folder: Path) -> Iterator[tuple[Path, Path]]:
    for path in files:
        if path.is_dir():
            name = path.resolve().name
            yield from ((one, folder / name / one.relative_to(path)) for one in files_of(path))
        else:
            yield path, folder / path.name


def _add(origin: Path, target: Path, given: Metadata) -> Path:
    read(origin, origin.parent)
    if target.exists() and target.read_bytes() != origin.read_bytes():
        remedy = "Rename the new one, or take the old one out first with: esskg remove"
        raise DocumentError(origin, f"another file of this name is already there: {target}", remedy)
    wanted = first_known(given, read_sidecar(origin))
    _check_agreement(target, wanted)
    if not target.exists():
        _copy(origin, target)
    write_sidecar(target, wanted)
    return target


def _check_agreement(target: Path, wanted: Metadata) -> None:
    known = known_keys(read_sidecar(target))
    for key, value in known_keys(wanted).items():
        if known.get(key, value) != value:
            raise DocumentError(sidecar_of(target), f"it already says another {key}", "Correct it there.")


def _copy(origin: Path, target: Path) -> None:
    """Copy under a hidden name first, so that a copy cut short is never taken for the document."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.part")
    shutil.copyfile(origin, unfinished)
    unfinished.replace(target)


def remove(document: str | Path, folder: Path) -> list[Path]:
    """Take a document, named by its slug, its path or its name without extension where that is the only one
    of the name, and its sidecar out of a documents folder.

    Returns what was taken out. Raises EsskgError, with the nearest names, where there is no such document.
    """
    path = _find(str(document), folder)
    gone = [one for one in (path, sidecar_of(path)) if one.is_file()]
    for one in gone:
        one.unlink()
    return gone


def _find(name: str, folder: Path) -> Path:
    relatives = {path.relative_to(folder).as_posix(): path for path in files_of(folder)}
    names = relatives | {slug_of(relative): path for relative, path in relatives.items()}
    if name in names:
        return names[name]
    asked = Path(name).resolve()
    found = [path for path in relatives.values() if path.resolve() == asked or path.stem == name]
    if len(found) == 1:
        return found[0]
    same = [str(slug_of(path.relative_to(folder).as_posix())) for path in found]
    near = same or difflib.get_close_matches(name, names, n=3)
    hint = f"Did you mean {' or '.join(near)}?" if near else "Give its path in that folder."
    raise EsskgError(f"{folder} holds no document {name!r}. {hint}")
