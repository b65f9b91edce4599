"""The search page: entities and documents whose names or words match, by kind."""

from __future__ import annotations

from collections import Counter

from esskg.server.refs import refs
from esskg.server.site import Page, Visit

FOUND, SHOWN = 500, 25
"""Results that are counted, and shown on a page."""


def search(visit: Visit) -> Page:
    """The results for some words, one kind of them where a facet is chosen."""
    text, kind = visit.asked("q"), visit.asked("class")
    hits = visit.snapshot.project.search(text, limit=FOUND) if text else []
    found = refs(visit.snapshot, [hit.iri for hit in hits], visit.language)
    kinds = Counter(found[hit.iri].type for hit in hits)
    wanted = [hit for hit in hits if not kind or found[hit.iri].type == kind]
    number = _page_number(visit, len(wanted))
    data = {
        "text": text,
        "kind_wanted": kind,
        "kinds": dict(kinds.most_common()),
        "count": len(wanted),
        "number": number,
        "last": max((len(wanted) - 1) // SHOWN, 0),
        "hits": [
            {"ref": found[hit.iri], "snippet": hit.snippet}
            for hit in wanted[number * SHOWN : (number + 1) * SHOWN]
        ],
    }
    return Page(
        "search.html",
        f"{text} – {visit.words('search.title')}" if text else visit.words("search.title"),
        data,
    )


def _page_number(visit: Visit, count: int) -> int:
    asked = visit.asked("page", "0")
    return min(int(asked), max((count - 1) // SHOWN, 0)) if asked.isdecimal() else 0
