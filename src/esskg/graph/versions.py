"""Versions of the graph: each in a folder of its own, one of them in use.

    build/
      current              the name of the folder in use
      versions/NAME/       store/  search.sqlite  positions.json  manifest.json

A build fills a draft folder, which takes its place among the versions when it is whole; then ``current`` is
replaced. Both steps are atomic, so a reader never meets half a version and a killed build changes nothing.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from esskg.errors import StoreError
from esskg.model import digest

MANIFEST = "manifest.json"
_DRAFT = ".draft-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version was made from and what is in it."""

    program: str
    """The program's version."""
    base: str
    """The base IRI of all that the version names."""
    inputs: str
    """Hash of all that the build read."""
    built: str
    """When, ISO 8601 UTC."""
    counts: dict[str, int]
    """How many documents, entities of each type, statements of each state … there are."""
    violations: int = 0
    """Results of the validation that a curator should look at."""
    problems: tuple[str, ...] = ()
    """Documents that could not be read, each with the reason and the remedy."""

    @property
    def id(self) -> str:
        """Hash of everything but the time: the same inputs and program give the same version."""
        counted = json.dumps(self.counts, sort_keys=True)
        return digest(self.program, self.base, self.inputs, counted, self.violations, *self.problems)


@dataclass(frozen=True, slots=True)
class Draft:
    """A folder that becomes a version, or goes."""

    folder: Path

    @property
    def store_folder(self) -> Path:
        """Where an embedded store is kept."""
        return self.folder / "store"

    @property
    def index_file(self) -> Path:
        """The search index."""
        return self.folder / "search.sqlite"

    @property
    def positions_file(self) -> Path:
        """Where each entity stands in drawings."""
        return self.folder / "positions.json"


@dataclass(frozen=True, slots=True)
class Version(Draft):
    """A version of the graph that was published."""

    manifest: Manifest

    @property
    def id(self) -> str:
        """What the version is known by: two versions of the same id hold the same graph."""
        return self.manifest.id


class Versions:
    """The versions of one project. Whoever drafts or publishes holds the project's lock."""

    def __init__(self, build_folder: Path, keep: int = 2) -> None:
        self._keep = keep
        self._folder = build_folder / "versions"
        self._pointer = build_folder / "current"

    def current(self) -> Version | None:
        """The version in use; None where there is none, or one that this program can't read."""
        try:
            return _read(self._folder / self._pointer.read_text("utf-8").strip())
        except (OSError, ValueError, TypeError, AttributeError):
            return None

    def kept(self) -> list[Version]:
        """The versions that are there and that this program can read, newest first."""
        if not self._folder.is_dir():
            return []
        found = []
        for folder in reversed(self._published()):
            with suppress(OSError, ValueError, TypeError, AttributeError):
                found.append(_read(folder))
        return found

    def find(self, name: str) -> Version:
        """The newest of the kept versions whose id, number or date begins so.

        Raises StoreError where there is none.
        """
        kept = self.kept()
        for version in kept:
            number, manifest = version.folder.name.partition("-")[0].lstrip("0"), version.manifest
            if name and (name == number or version.id.startswith(name) or manifest.built.startswith(name)):
                return version
        told = ", ".join(f"{version.id} ({version.manifest.built[:10]})" for version in kept) or "none"
        raise StoreError(f"no version {name!r} is kept; there are: {told}")

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """A fresh folder, gone at the end unless it was published. Left-overs of killed builds go first."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for leftover in self._folder.glob(f"{_DRAFT}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=self._folder))
        folder.chmod(0o755)
        try:
            yield Draft(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def publish(self, draft: Draft, manifest: Manifest) -> Version:
        """Make a draft the version in use and take away the oldest."""
        content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
        (draft.folder / MANIFEST).write_text(content + "\n", "utf-8")
        folder = self._folder / f"{self._next_number():06d}-{manifest.id}"
        draft.folder.rename(folder)
        unfinished = self._pointer.with_suffix(".unfinished")
        unfinished.write_text(folder.name + "\n", "utf-8")
        unfinished.replace(self._pointer)
        self.prune(self._keep)
        return Version(folder, manifest)

    def _next_number(self) -> int:
        return 1 + max((int(folder.name.partition("-")[0]) for folder in self._published()), default=0)

    def _published(self) -> list[Path]:
        """Folders of versions, oldest first."""
        return sorted(folder for folder in self._folder.iterdir() if folder.name[:1].isdigit())

    def prune(self, keep: int = 2) -> None:
        """Take away all but the newest versions; readers of the last but one may go on for a while."""
        used = self.current()
        for folder in self._published()[: -keep or None]:
            if used is None or folder != used.folder:
                shutil.rmtree(folder, ignore_errors=True)


def _read(folder: Path) -> Version:
    content = json.loads((folder / MANIFEST).read_text("utf-8"))
    return Version(folder, Manifest(**content | {"problems": tuple(content.get("problems", ()))}))
