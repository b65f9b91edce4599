"""What each version was and what changed with it, kept for longer than the versions themselves.

build/history/NAME.json            number, id, date, counts, how much changed
build/history/NAME.changes.json    what changed, with the sentences
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from esskg.graph.changes import Changes
from esskg.graph.versions import Version

_CHANGES = ".changes.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """A version that is or was."""

    name: str
    """Of its folder: its number and id."""
    id: str
    built: str
    program: str
    counts: dict[str, int]
    since: str | None
    """The id of the version before; None where there was none to compare with."""
    changed: dict[str, dict[str, int]]
    """How many entities and statements were added, removed, changed; empty where there is nothing before."""


class History:
    """The versions of one project, those that were taken away included."""

    def __init__(self, build_folder: Path) -> None:
        self._folder = build_folder / "history"

    def add(self, version: Version, since: Version | None, changes: Changes | None) -> Entry:
        """Note a new version, with what changed since the one before."""
        manifest = version.manifest
        entry = Entry(
            version.folder.name,
            version.id,
            manifest.built,
            manifest.program,
            manifest.counts,
            since.id if since and changes else None,
            changes.counts() if changes else {},
        )
        self._folder.mkdir(parents=True, exist_ok=True)
        if changes:
            _write(self._folder / f"{entry.name}{_CHANGES}", changes.to_json())
        _write(self._folder / f"{entry.name}.json", asdict(entry))
        return entry

    def entries(self) -> list[Entry]:
        """All versions, newest first."""
        names = sorted((path for path in self._folder.glob("*.json")), reverse=True)
        return [
            Entry(**json.loads(path.read_text("utf-8"))) for path in names if not path.name.endswith(_CHANGES)
        ]

    def changes(self, entry: Entry) -> Changes:
        """What changed with a version; nothing where there was none to compare with."""
        path = self._folder / f"{entry.name}{_CHANGES}"
        return Changes.from_json(json.loads(path.read_text("utf-8"))) if path.exists() else Changes()


def _write(path: Path, content: object) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(content, ensure_ascii=False) + "\n", "utf-8")
    unfinished.replace(path)
