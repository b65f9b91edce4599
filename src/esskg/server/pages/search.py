"""The search page: entities and documents whose names or words match, by kind."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from esskg.model import EntityType
from esskg.server.refs import refs
from esskg.server.rows import select, text
from esskg.server.site import Page, Visit

FOUND, SHOWN = 500, 25
"""Results that are counted, and shown on a page."""

# Without words to look for, everything of a kind, what is mentioned most coming first.
OF_KIND = """
SELECT ?it (COUNT(?document) AS ?count) WHERE {{
  ?it a ess:{kind} OPTIONAL {{ ?it ess:mentionedIn ?document }}
}} GROUP BY ?it ORDER BY DESC(?count) ?it LIMIT {limit}"""


class Found(NamedTuple):
    """A result: what it is, and the words around what was looked for."""

    iri: str
    type: str
    snippet: str = ""
    mentioned: bool = True
    """Whether a document speaks of it; if not, only the reference knows it."""


def search(visit: Visit) -> Page:
    """The results for some words, of one kind where a facet is chosen."""
    words, kind = visit.asked("q"), visit.asked("class")
    found = _matching(visit, words) if words else _of_kind(visit, kind)
    wanted = [hit for hit in found if kind in {"", hit.type}]
    number = _page_number(visit, len(wanted))
    here = wanted[number * SHOWN : (number + 1) * SHOWN]
    named = refs(visit.snapshot, [hit.iri for hit in here], visit.language)
    data = {
        "text": words,
        "kind_wanted": kind,
        "kinds": dict(Counter(hit.type for hit in found).most_common()),
        "count": len(wanted),
        "number": number,
        "last": max(len(wanted) - 1, 0) // SHOWN,
        "first": number * SHOWN + 1,
        "hits": [{"ref": named[hit.iri], "snippet": hit.snippet, "mentioned": hit.mentioned} for hit in here],
    }
    title = visit.words("search.title")
    return Page("search.html", f"{words} – {title}" if words else title, data)


def _matching(visit: Visit, words: str) -> list[Found]:
    snapshot = visit.snapshot
    return [
        Found(
            snapshot.iri("document" if hit.type == "Document" else "id", hit.slug),
            hit.type,
            hit.snippet,
            hit.documents > 0,
        )
        for hit in snapshot.project.index.search(words, limit=FOUND)
    ]


def _of_kind(visit: Visit, kind: str) -> list[Found]:
    if kind not in {*EntityType, "Document"}:
        return []
    rows = select(visit.snapshot.project.store, OF_KIND.format(kind=kind, limit=FOUND))
    return [
        Found(text(row, "it"), kind, mentioned=kind == "Document" or int(text(row, "count")) > 0)
        for row in rows
    ]


def _page_number(visit: Visit, count: int) -> int:
    asked = visit.asked("page", "0")
    return min(int(asked), max(count - 1, 0) // SHOWN) if asked.isdecimal() else 0
