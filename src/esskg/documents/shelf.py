"""Documents as they were read, kept between builds so that only what is new or changed is read again."""

from __future__ import annotations

import hashlib
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from esskg.documents.reader import MAX_BYTES, read
from esskg.documents.sidecar import sidecar_of
from esskg.model import Document, digest
from esskg.shipped import texts
from esskg.writing import written

LIBRARIES = ("lingua-language-detector", "markdown-it-py", "pypdfium2", "python-docx", "trafilatura")
"""What reading depends on beside our own code."""


class Shelf:
    """A folder of documents in JSON, one file for each reading of a file.

    A file's name is a hash of all that the reading depends on: the file, its place, its sidecar, the readers.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[Path] = set()
        self._adapter = TypeAdapter(Document)
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, path: Path, root: Path) -> Document:
        """The file as a document, as `documents.read` gives it; raises what that raises."""
        kept = self._path(path, root)
        document = self._kept(kept)
        if document is None:
            document = read(path, root)
            self._keep(kept, document)
        self._used.add(kept)
        return document

    def prune(self) -> None:
        """Forget what has not been asked for."""
        for path in self._folder.iterdir():
            if path not in self._used:
                path.unlink()

    def _path(self, path: Path, root: Path) -> Path:
        place = path.relative_to(root).as_posix().encode()
        hashes = b"".join((self._readers, _hash(path), _hash(sidecar_of(path))))
        return self._folder / f"{hashlib.sha256(hashes + place).hexdigest()[:32]}.json"

    @cached_property
    def _readers(self) -> bytes:
        """Changes with the code, the data and the libraries that read documents."""
        return digest(*texts("esskg.documents"), *map(version, LIBRARIES)).encode()

    def _kept(self, path: Path) -> Document | None:
        try:
            return self._adapter.validate_json(path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def _keep(self, path: Path, document: Document) -> None:
        with written(path) as output:
            output.write(self._adapter.dump_json(document))


def _hash(path: Path) -> bytes:
    """Of the content; of nothing where there is none, or too much of it to be read."""
    try:
        if path.stat().st_size <= MAX_BYTES:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        pass
    return bytes(32)
