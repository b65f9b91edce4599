"""The entities of a document."""

from __future__ import annotations

from esskg.extract.context import Context
from esskg.model import EntityReading
from esskg.reference import Reference


class EntityReader:
    """Reads the entities of documents, with the names of a reference at hand."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    def read(self, context: Context) -> tuple[EntityReading, ...]:
        """Every named entity of a document with its mentions, in the order of first mention."""
        return ()
