"""The page of measures: each with what it means, what it doesn't, and its rows."""

from __future__ import annotations

from esskg.server.site import Page, Visit

SHOWN = 20
"""Rows of each measure on the page; the JSON twin has all."""


def analysis(visit: Visit) -> Page:
    """Size, centralities, communities, bridges and flows of the whole network."""
    tables = visit.snapshot.measures(visit.language)
    if visit.request.url.path.endswith(".json"):
        return Page("", visit.words("analysis.title"), {"tables": [table.to_json() for table in tables]})
    return Page("analysis.html", visit.words("analysis.title"), {"tables": tables, "shown": SHOWN})
