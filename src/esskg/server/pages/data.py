"""The page of downloads, and the downloads themselves, written once a version, when first asked for."""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from esskg.export import FORMATS, export
from esskg.export.description import LICENCE
from esskg.server.problems import Problem
from esskg.server.site import Page, Visit
from esskg.server.snapshot import Service, Snapshot, file_name

_writing = Lock()


class Download(NamedTuple):
    """An export as it is offered: the name of its format, of its file, and the file's media type."""

    format: str
    file: str
    media_type: str


DOWNLOADS = tuple(Download(name, file_name(name), format.media_type) for name, format in FORMATS.items())


def data(visit: Visit) -> Page:
    """Every format in which the graph can be taken away, its licence, and the addresses for programs."""
    manifest = visit.snapshot.version.manifest
    shown = {
        "downloads": DOWNLOADS,
        "manifest": {"program": manifest.program, "base": manifest.base, "counts": manifest.counts},
        "built": manifest.built,
        "licence": LICENCE,
        "limits": visit.service.limits,
        "origin": str(visit.request.base_url).rstrip("/"),
    }
    return Page("data.html", visit.words("data.title"), shown)


def download(request: Request) -> Response:
    """An export of the version in use."""
    service: Service = request.app.state.service
    wanted = _wanted(request.path_params["file"])
    path = written(service.current(), wanted)
    return FileResponse(path, media_type=wanted.media_type, filename=wanted.file)


def checksum(request: Request) -> Response:
    """The SHA-256 of an export, as ``sha256sum`` writes and checks it."""
    service: Service = request.app.state.service
    wanted = _wanted(request.path_params["file"])
    with written(service.current(), wanted).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return PlainTextResponse(f"{digest}  {wanted.file}\n")


def _wanted(file: str) -> Download:
    for known in DOWNLOADS:
        if known.file == file:
            return known
    raise Problem(
        404, f"There is no export {file!r}; there are {', '.join(known.file for known in DOWNLOADS)}."
    )


def written(snapshot: Snapshot, wanted: Download) -> Path:
    """The file of an export, written when first asked for, beside the version that it is of."""
    project = snapshot.project
    path = snapshot.version.folder / "exports" / wanted.file
    with _writing:
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            unfinished = path.with_name(f"unfinished-{path.name}")
            with unfinished.open("wb") as output:
                export(wanted.format, project.store, output, positions=project.positions)
            unfinished.replace(path)
    return path


def routes() -> list[BaseRoute]:
    """The routes of the downloads."""
    return [
        Route("/download/{file}.sha256", checksum),
        Route("/download/{file}", download),
    ]
