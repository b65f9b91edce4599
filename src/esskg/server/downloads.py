"""Exports of the version in use, in the public profile: written once a version, when first asked for.

Text is kept compressed beside the version and sent so to whoever takes it; ``….gz`` is the same as a file.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from io import RawIOBase
from pathlib import Path
from threading import Lock
from typing import IO, NamedTuple, cast

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from esskg.errors import EsskgError
from esskg.export import FORMATS, export, parquet
from esskg.export.description import File
from esskg.export.profile import Profile
from esskg.server.problems import Problem
from esskg.server.snapshot import Service, Snapshot

PROFILE: Profile = "public"
_CHUNK = 1 << 16
_writing = Lock()


class Download(NamedTuple):
    """An export as it is offered: the name of its format, of its file, the media type, whether it is text."""

    format: str
    file: str
    media_type: str
    text: bool


DOWNLOADS = tuple(
    Download(name, f"esskg{format.suffix}", format.media_type, format.text)
    for name, format in FORMATS.items()
    if name != "parquet" or parquet.available()
)


class Written(NamedTuple):
    """An export on disk: where, its size and SHA-256 as it is, and compressed where it is text."""

    path: Path
    plain: File
    compressed: File | None


def written(snapshot: Snapshot, wanted: Download) -> Written:
    """An export, written where it isn't there yet."""
    folder = snapshot.version.folder / "exports"
    path = folder / (f"{wanted.file}.gz" if wanted.text else wanted.file)
    facts = folder / f"{wanted.file}.json"
    with _writing:
        if not facts.exists():
            folder.mkdir(exist_ok=True)
            files = _write(snapshot, wanted, path)
            unfinished = facts.with_suffix(".unfinished")
            unfinished.write_text(json.dumps(files), "utf-8")
            unfinished.replace(facts)
    plain, compressed = json.loads(facts.read_text("utf-8"))
    return Written(path, File(*plain), File(*compressed) if compressed else None)


def _write(snapshot: Snapshot, wanted: Download, path: Path) -> tuple[File, File | None]:
    project, unfinished = snapshot.project, path.with_name(f"unfinished-{path.name}")
    with unfinished.open("wb") as file:
        packed = _Counted(file)
        output = gzip.GzipFile("", "wb", 6, packed, mtime=0) if wanted.text else None
        plain = _Counted(output) if output else packed
        target = cast("IO[bytes]", plain)
        export(wanted.format, project.store, target, positions=project.positions, profile=PROFILE)
        if output:
            output.close()
    unfinished.replace(path)
    return plain.facts(), packed.facts() if output else None


class _Counted(RawIOBase):
    """Passes on what is written, and knows its size and hash."""

    def __init__(self, output: IO[bytes] | gzip.GzipFile) -> None:
        self._output, self._hash, self._size = output, hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._hash.update(data)
        self._size += len(data)
        return self._output.write(data)

    def facts(self) -> File:
        """What was written so far."""
        return File(self._size, self._hash.hexdigest())


def download(request: Request) -> Response:
    """An export: compressed where its name ends in ``.gz``, or on the way where the client takes that."""
    file, packed = request.path_params["file"], False
    if file.endswith(".gz"):
        file, packed = file.removesuffix(".gz"), True
    wanted = _wanted(file, packed)
    found = _written(request, wanted)
    if packed or not wanted.text:
        name, media_type = request.path_params["file"], "application/gzip" if packed else wanted.media_type
        return FileResponse(found.path, media_type=media_type, filename=name)
    headers = {"Vary": "Accept-Encoding", "Content-Disposition": f'attachment; filename="{wanted.file}"'}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return FileResponse(found.path, media_type=wanted.media_type, headers=headers)
    headers["Content-Length"] = str(found.plain.size)
    return StreamingResponse(_unpacked(found.path), media_type=wanted.media_type, headers=headers)


def _unpacked(path: Path) -> Iterator[bytes]:
    with gzip.open(path) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def checksum(request: Request) -> Response:
    """The SHA-256 of a download, as ``sha256sum`` writes and checks it."""
    name = request.path_params["file"]
    packed = name.endswith(".gz")
    found = _written(request, _wanted(name.removesuffix(".gz"), packed))
    file = found.compressed if packed else found.plain
    assert file is not None
    return PlainTextResponse(f"{file.sha256}  {name}\n")


def _written(request: Request, wanted: Download) -> Written:
    service: Service = request.app.state.service
    try:
        return written(service.current(), wanted)
    except EsskgError as error:
        raise Problem(503, f"{wanted.file} can't be written: {error}") from error


def _wanted(file: str, packed: bool) -> Download:
    for known in DOWNLOADS:
        if known.file == file and (known.text or not packed):
            return known
    offered = ", ".join(known.file for known in DOWNLOADS)
    raise Problem(404, f"There is no export {file!r}; there are {offered}.")


def routes() -> list[BaseRoute]:
    """The routes of the downloads."""
    return [
        Route("/download/{file}.sha256", checksum),
        Route("/download/{file}", download),
    ]
