"""What a node of the graph is called, and the words that it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from esskg.graph.store import Store


@dataclass(frozen=True, slots=True)
class Citation:
    """A node in words, with one passage behind it."""

    name: str
    document: str | None = None
    """The IRI of the document that the passage stands in; None where nothing was read."""
    sentence: str | None = None


_PARTS = ("ess:relation", "ess:evidence", "ess:evidence/oa:hasSelector")
_ABOUT = ("ess:speaker", "ess:about", "rdf:subject", "rdf:object")


def _reaching(paths: tuple[str, ...], said: str) -> str:
    """What is said of an item that is a node, or that leads to it by one of some paths.

    It stands once for each path: joined to their union, Oxigraph would read every item of the graph.
    """
    branches = (f"{{{{ ?item {path} <{{iri}}> . {said} }}}}" for path in paths)
    return " UNION ".join((f"{{{{ BIND(<{{iri}}> AS ?item) {said} }}}}", *branches))


_QUOTED = (
    "?item ess:evidence ?evidence . ?evidence oa:hasSource ?document ; oa:hasSelector/oa:exact ?sentence ."
)
_SAID = "?item rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ."
_PASSAGE = (
    f"SELECT ?document ?sentence WHERE {{{{ {_reaching(_PARTS + _ABOUT, _QUOTED)} }}}} "
    "ORDER BY ?item ?document ?sentence LIMIT 1"
)
_ENDS = f"SELECT ?subject ?predicate ?object WHERE {{{{ {_reaching(_PARTS, _SAID)} }}}} LIMIT 1"
_LABELS = "SELECT ?label WHERE {{ <{iri}> rdfs:label|dcterms:title ?label }}"


def cite(store: Store, iri: str, language: str) -> Citation:
    """What the node is called in a language, or else in another, and the first passage that it rests on."""
    name = label(store, iri, language) or in_words(store, iri, language) or iri
    passage = next(_rows(store, _PASSAGE, iri), None)
    return Citation(name) if passage is None else Citation(name, *(node.value for node in passage))


def in_words(store: Store, iri: str, language: str) -> str | None:
    """The statement that a node is or belongs to, as the names of its subject, relation and object."""
    ends = next(_rows(store, _ENDS, iri), None)
    if ends is None:
        return None
    return " – ".join(label(store, node.value, language) or node.value for node in ends)


def label(store: Store, iri: str, language: str) -> str | None:
    """A node's label or title in a language, or else the first in another; None where it has none."""
    labels = [row[0] for row in _rows(store, _LABELS, iri)]
    texts = sorted((node.language != language, node.value) for node in labels if isinstance(node, Literal))
    return texts[0][1] if texts else None


def _rows(store: Store, template: str, iri: str) -> Iterator[QuerySolution]:
    """The answers of a query about a node; none for a blank node."""
    try:
        NamedNode(iri)
    except ValueError:
        return
    found = store.query(template.format(iri=iri))
    assert isinstance(found, QuerySolutions)
    yield from found
