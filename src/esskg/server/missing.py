"""What to say about something that isn't there: that, and what may have been meant."""

from __future__ import annotations

from esskg.server.problems import Problem
from esskg.server.snapshot import Snapshot

NEAR = 5
"""Suggestions at most."""


def not_found(snapshot: Snapshot, slug: str) -> Problem:
    """A 404 with entities and documents whose names are near."""
    suggestions = [
        {"name": hit.label, "type": hit.type, "slug": hit.slug}
        for hit in snapshot.project.index.search(slug.replace("-", " "), limit=NEAR)
    ]
    return Problem(404, f"Nothing is called {slug!r} here.", name=slug, suggestions=suggestions or None)
