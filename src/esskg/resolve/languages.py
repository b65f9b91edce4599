"""The language of any place in any document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from esskg.model import Document, Slug


class Languages:
    """Looks up the block that an offset is in."""

    def __init__(self, documents: Mapping[Slug, Document]) -> None:
        self._documents = documents
        self._starts = {
            slug: [block.start for block in document.blocks] for slug, document in documents.items()
        }

    def at(self, document: Slug, offset: int) -> str:
        """BCP 47: of the block, else of the document; ``und`` where neither tells."""
        blocks = self._documents[document].blocks
        index = bisect_right(self._starts[document], offset) - 1
        return blocks[index].language if index >= 0 else self._documents[document].language
