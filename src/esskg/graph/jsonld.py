"""RDF as compact JSON-LD in the terms of the project's context, node by node.

JSON-LD 1.1: https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import IO, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from esskg.errors import EsskgError
from esskg.graph.context import Meaning, context
from esskg.vocab import ESS, PREFIXES

Node = dict[str, Any]
_A, _STRING = PREFIXES["rdf"] + "type", PREFIXES["xsd"] + "string"
_LOCAL = re.compile(r"[A-Za-z_][\w.-]*")


def document(triples: Iterable[Triple]) -> bytes:
    """Triples as one document, with as much of the context as it uses; the same ones give the same bytes."""
    ordered = sorted(set(triples), key=lambda triple: tuple(map(str, triple)))
    nodes = [_node(group) for _, group in groupby(ordered, key=lambda triple: triple.subject)]
    content = {"@context": _used(nodes), "@graph": nodes}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def write(quads: Iterable[Quad], output: IO[bytes]) -> None:
    """A dataset with the whole context, a node a line: what comes grouped by graph and subject is kept so,
    and no more than one node is in memory."""
    output.write(b'{"@context": ' + _dumped(context()) + b',\n"@graph": [')
    mark = b"\n"
    for graph, quads_of_graph in groupby(quads, key=lambda quad: quad.graph_name):
        opening, closing = (b"", b"") if isinstance(graph, DefaultGraph) else _braces(graph)
        output.write(mark + opening)
        for number, (_, group) in enumerate(groupby(quads_of_graph, key=lambda quad: quad.subject)):
            output.write((b",\n" if number else b"") + _dumped(_node(quad.triple for quad in group)))
        output.write(closing)
        mark = b",\n"
    output.write(b"\n]}\n")


def _braces(graph: NamedNode | BlankNode) -> tuple[bytes, bytes]:
    return b'{"@id": ' + _dumped(_reference(graph)) + b', "@graph": [\n', b"]}"


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _node(triples: Iterable[Triple]) -> Node:
    """The triples of one subject as a node object."""
    node: Node = {}
    for subject, predicate, object_ in triples:
        node.setdefault("@id", _reference(subject))
        key, value = _entry(predicate.value, object_)
        node[key] = [*_listed(node[key]), value] if key in node else value
    return node


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _entry(predicate: str, value: NamedNode | BlankNode | Literal | Triple) -> tuple[str, Any]:
    """A triple's key and value."""
    if predicate == _A and isinstance(value, NamedNode):
        return "@type", _term(value.value)
    key, kind = _key(predicate)
    if isinstance(value, Literal):
        return key, _literal(value, kind)
    if isinstance(value, Triple):
        raise EsskgError("JSON-LD 1.1 can't hold a triple as a value; ask for Turtle or N-Triples")
    return key, _reference(value) if kind == "@id" else {"@id": _reference(value)}


@lru_cache(maxsize=2000)
def _key(predicate: str) -> tuple[str, str]:
    """A property's key, and the type that the context gives its values."""
    key = _term(predicate)
    meaning = context().get(key, "")
    return key, "" if isinstance(meaning, str) else meaning.get("@type", "")


def _literal(literal: Literal, kind: str) -> Any:
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    datatype = literal.datatype.value
    if datatype == _STRING:
        return {"@value": literal.value} if kind else literal.value
    compact = _term(datatype)
    return literal.value if compact == kind else {"@value": literal.value, "@type": compact}


def _reference(node: NamedNode | BlankNode | Triple) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


@lru_cache(maxsize=2000)
def _term(iri: str) -> str:
    """The short form of a property, class or datatype: its name in the ontology, prefixed, or whole."""
    name = iri.removeprefix(ESS)
    if name != iri and name in context() and name not in PREFIXES:
        return name
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and _LOCAL.fullmatch(iri[len(start) :]):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def _used(nodes: list[Node]) -> dict[str, Meaning]:
    """The part of the context that some nodes need."""
    words = set(_words(nodes))
    known = context()
    terms = {word: known[word] for word in words if word in known and word not in PREFIXES}
    prefixes = (
        {word.partition(":")[0] for word in words}
        | {"ess"}
        | {meaning["@type"].partition(":")[0] for meaning in terms.values() if not isinstance(meaning, str)}
    )
    return {name: known[name] for name in sorted((prefixes & PREFIXES.keys()) | terms.keys())}


def _words(value: Any) -> Iterator[str]:
    """The keys and types in some nodes."""
    if isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, dict):
        yield from (key for key in value if not key.startswith("@"))
        yield from map(str, _listed(value.get("@type", [])))
        for key, item in value.items():
            if not key.startswith("@"):
                yield from _words(item)
