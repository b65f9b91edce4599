"""Which IRIs are entities, documents and statements of a project, and the short keys of a network's nodes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from esskg.errors import EsskgError

_UNSAFE = re.compile(r'[\x00-\x20<>"{}|\\^`]')


@dataclass(frozen=True, slots=True)
class Names:
    """The names under a project's base IRI."""

    base: str

    def iri(self, name: str) -> str:
        """The IRI of an entity given by its slug or IRI.

        Raises EsskgError for what can be neither, so that no name changes the query it stands in.
        """
        iri = name if name.startswith(f"{self.base}/") else f"{self.base}/id/{name}"
        if not name or _UNSAFE.search(iri):
            raise EsskgError(f"{name!r} is neither a slug nor an IRI below {self.base}")
        return iri

    def key(self, iri: str) -> str:
        """The slug of an entity; ``document/{slug}`` of a document."""
        return iri.removeprefix(f"{self.base}/").removeprefix("id/")

    def is_entity(self, term: Any) -> bool:
        """Whether an RDF term is an entity or a document."""
        return self._is(term, "id") or self._is(term, "document")

    def is_statement(self, term: Any) -> bool:
        """Whether an RDF term is a statement."""
        return self._is(term, "statement")

    def _is(self, term: Any, kind: str) -> bool:
        return not hasattr(term, "datatype") and term.value.startswith(f"{self.base}/{kind}/")
