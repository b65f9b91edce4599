"""What to say about something that isn't there: that, and what may have been meant."""

from __future__ import annotations

from itertools import islice

from esskg.query.search import Hit
from esskg.server.problems import Problem
from esskg.server.snapshot import Snapshot

NEAR = 5
"""Suggestions at most."""


def missing(snapshot: Snapshot, kind: str, name: str) -> Problem:
    """A 404, or 410 for an identifier of an entity that was given out and stands for nothing now, with
    entities and documents whose names are near."""
    suggestions = [{"name": hit.label, "type": hit.type, "slug": hit.slug} for hit in _near(snapshot, name)]
    gone = kind == "id" and name in snapshot.published
    detail = (
        f"{name!r} was in earlier versions, and is no more." if gone else f"Nothing is called {name!r} here."
    )
    return Problem(410 if gone else 404, detail, name=name, suggestions=suggestions or None)


def _near(snapshot: Snapshot, name: str) -> list[Hit]:
    """What all words of a name are found in, else all but its last ones."""
    words = name.replace("-", " ").split()
    tries = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    found = (snapshot.project.index.search(text, limit=NEAR) for text in islice(tries, NEAR))
    return next(filter(None, found), [])
