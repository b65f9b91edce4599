"""The page of downloads: every format, the licence, and the addresses for programs."""

from __future__ import annotations

from typing import Any

from esskg.export.description import LICENCE
from esskg.server import structured
from esskg.server.downloads import DOWNLOADS
from esskg.server.feeds import NEWEST, flat
from esskg.server.links import forms
from esskg.server.site import Page, Visit


def data(visit: Visit) -> Page:
    """Every format in which the graph can be taken away, its licence, and the addresses for programs."""
    snapshot, manifest = visit.snapshot, visit.snapshot.version.manifest
    title = snapshot.project.settings.title_in(visit.language)
    files = ((f"{snapshot.base}/download/{each.file}", each.media_type) for each in DOWNLOADS)
    shown: dict[str, Any] = {
        "downloads": DOWNLOADS,
        "manifest": {"program": manifest.program, "base": manifest.base, "counts": manifest.counts},
        "built": manifest.built,
        "licence": LICENCE,
        "limits": visit.service.limits,
        "origin": str(visit.request.base_url).rstrip("/"),
    }
    kept = {each.folder.name for each in visit.service.kept()}
    shown["versions"] = [
        {"entry": entry, "summary": flat(entry.changed), "kept": entry.name in kept}
        for entry in visit.service.history.entries()[:NEWEST]
    ]
    described = structured.dataset(snapshot.base, title, snapshot.version.id, manifest.built, files)
    drawn = {"structured": described}
    return Page("data.html", visit.words("data.title"), shown, forms("/dataset"), drawn=drawn)
