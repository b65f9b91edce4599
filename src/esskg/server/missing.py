"""What to say about something that isn't there: that, and what may have been meant."""

from __future__ import annotations

from esskg.server.problems import Problem
from esskg.server.snapshot import Snapshot


def not_found(snapshot: Snapshot, slug: str) -> Problem:
    """A 404 with entities and documents whose names are near."""
    hits = snapshot.project.search(slug.replace("-", " "), limit=5)
    suggestions = [{"name": hit.name, "iri": hit.iri} for hit in hits]
    return Problem(404, f"Nothing is called {slug!r} here.", suggestions=suggestions)
