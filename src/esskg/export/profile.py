"""What an export may hold: *full*, or *public*, without what a licence or people's privacy forbids.

The public profile leaves out quoted words beyond a short quotation, and the words around them, where the
document isn't under an open licence; words that say how to reach a person; and the names of those who
decided. Statements, offsets and sources stay, so that whoever has the document finds its words.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, Literal

from pyoxigraph import QuerySolutions

from esskg.graph.store import Store
from esskg.vocab import ESS, PREFIXES

Profile = Literal["public", "full"]
_OA = PREFIXES["oa"]
_WORDS = frozenset(
    f"<{iri}>".encode()
    for iri in (
        *(_OA + name for name in ("exact", "prefix", "suffix")),
        *(ESS + name for name in ("text", "role", "reason", "amountText")),
    )
)
_AROUND = frozenset(f"<{_OA}{name}>".encode() for name in ("prefix", "suffix"))
_LABEL = f"<{PREFIXES['rdfs']}label>".encode()
_LITERAL = re.compile(rb'"((?:[^"\\]|\\.)*)"')

_DOCUMENTS = """
SELECT ?document ?licence { ?document a ess:Document OPTIONAL { ?document dcterms:license ?licence } }"""
_QUOTED = """
SELECT ?quote ?document {
  ?evidence oa:hasSource ?document ; oa:hasSelector ?quote . ?quote oa:exact ?words
}"""
_SAID = "SELECT ?said ?document { ?said a ess:Quotation ; ess:evidence/oa:hasSource ?document }"
_PEOPLE = "SELECT DISTINCT ?person WHERE { ?evidence prov:wasAttributedTo ?person }"


class Public:
    """What the public profile keeps of one graph."""

    def __init__(self, store: Store) -> None:
        licences = {row[0].value: row[1].value if row[1] else "" for row in _rows(store, _DOCUMENTS)}
        documents = frozenset(document for document, licence in licences.items() if not is_open(licence))
        quotes, said = (_among(store, query, documents) for query in (_QUOTED, _SAID))
        self._closed = documents | quotes | said
        """The IRIs of documents, of what quotes them and of quotations, where words may only be short."""
        self._people = {f"<{row[0].value}>".encode() for row in _rows(store, _PEOPLE)}

    def keeps(self, line: bytes) -> bool:
        """Whether a line of N-Quads may be passed on."""
        subject, predicate, rest = line.split(b" ", 2)
        if predicate in _WORDS:
            words = _LITERAL.match(rest)
            return words is None or self._may(
                words[1].decode(), predicate in _AROUND, subject[1:-1].decode() in self._closed
            )
        return predicate != _LABEL or subject not in self._people

    def words(self, text: str, iri: str) -> str:
        """Words of a document or a quotation, or nothing where they may not be passed on."""
        return text if self._may(text, False, iri in self._closed) else ""

    @staticmethod
    def _may(text: str, around: bool, closed: bool) -> bool:
        if closed and (around or len(text) > _rules()["quotation"]):
            return False
        return not any(pattern.search(text) for pattern in _contacts())


def is_open(licence: str) -> bool:
    """Whether a licence lets whole texts be passed on; none stated doesn't."""
    return any(pattern.search(licence) for pattern in _licences())


def _among(store: Store, query: str, documents: frozenset[str]) -> frozenset[str]:
    """What stands in some documents and in no others."""
    if not documents:
        return frozenset()
    rows = [(row[0].value, row[1].value in documents) for row in _rows(store, query)]
    return frozenset(iri for iri, closed in rows if closed) - {iri for iri, closed in rows if not closed}


def _rows(store: Store, query: str) -> list[Any]:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return list(found)


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(resources.files("esskg.export").joinpath("profile.toml").read_text("utf-8"))


@cache
def _licences() -> list[re.Pattern[str]]:
    return [re.compile(each["pattern"], re.IGNORECASE) for each in _rules()["licence"]]


@cache
def _contacts() -> list[re.Pattern[str]]:
    return [re.compile(each["pattern"]) for each in _rules()["contact"]]
