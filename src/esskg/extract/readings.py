"""What was read from each document, kept between builds so that only what is new or changed is read again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from esskg.extract.jsonl import from_records, to_records
from esskg.model import Document, Extraction, digest
from esskg.writing import written


class Readings:
    """A folder of extractions in JSON Lines, one file for each reading of a document.

    A file's name is a hash of all that the reading depends on: the document and the extractor.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder, self._fingerprint = folder, fingerprint
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, document: Document) -> Path:
        """Where the reading of this document by this extractor is kept."""
        metadata = document.metadata
        told = (document.sha256, metadata.date, metadata.country, repr(document.blocks))
        return self._folder / f"{digest(self._fingerprint, document.slug, *told)}.jsonl"

    def get(self, document: Document) -> Extraction | None:
        """The kept reading; None where there is none, or what is there was cut short."""
        try:
            lines = self.path(document).read_text("utf-8").splitlines()
            return from_records(lines)
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def put(self, document: Document, extraction: Extraction) -> None:
        """Keep a reading; a reader never sees half of it."""
        with written(self.path(document)) as output:
            output.writelines(f"{line}\n".encode() for line in to_records(extraction))

    def prune(self, documents: Iterable[Document]) -> None:
        """Forget what belongs to none of these documents, or to another extractor."""
        kept = {self.path(document) for document in documents}
        for path in self._folder.iterdir():
            if path not in kept:
                path.unlink()
