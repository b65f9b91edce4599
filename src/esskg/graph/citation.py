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


_ITEMS = """
SELECT ?item ?document ?sentence WHERE {{
  {{ BIND(<{iri}> AS ?item) }}
  UNION {{ ?item ess:relation|ess:evidence|ess:evidence/oa:hasSelector|ess:speaker|ess:about <{iri}> }}
  UNION {{ ?item rdf:subject|rdf:object <{iri}> }}
  OPTIONAL {{
    ?item ess:evidence ?evidence . ?evidence oa:hasSource ?document ; oa:hasSelector/oa:exact ?sentence
  }}
}} ORDER BY (!BOUND(?sentence)) ?item ?document ?sentence LIMIT 1
"""
_ENDS = """
SELECT ?subject ?predicate ?object WHERE {{
  <{iri}> rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object
}} LIMIT 1
"""
_LABELS = "SELECT ?label WHERE {{ <{iri}> rdfs:label|dcterms:title ?label }}"


def cite(store: Store, iri: str, language: str) -> Citation:
    """What the node is called in a language, or else in another, and the first passage that it rests on."""
    found = next(_rows(store, _ITEMS, iri), None)
    if found is None:
        return Citation(iri)
    item, document, sentence = (None if node is None else node.value for node in found)
    name = label(store, iri, language) or in_words(store, item or iri, language) or iri
    return Citation(name, document, sentence)


def in_words(store: Store, statement: str, language: str) -> str | None:
    """A statement as the names of its subject, relation and object; None where it is none."""
    ends = next(_rows(store, _ENDS, statement), None)
    if ends is None:
        return None
    return " – ".join(label(store, node.value, language) or node.value for node in ends if node is not None)


def label(store: Store, iri: str, language: str) -> str | None:
    """A node's label or title in a language, or else the first in another; None where it has none."""
    labels = [row[0] for row in _rows(store, _LABELS, iri)]
    texts = sorted((node.language != language, node.value) for node in labels if isinstance(node, Literal))
    return texts[0][1] if texts else None


def _rows(store: Store, template: str, iri: str) -> Iterator[QuerySolution]:
    try:
        NamedNode(iri)
    except ValueError:
        return
    found = store.query(template.format(iri=iri))
    assert isinstance(found, QuerySolutions)
    yield from found
