"""The axioms of an ontology, which rules are made from; nodes are written as in SPARQL: `<iri>`, `_:b`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from esskg.vocab import PREFIXES

_RDF = PREFIXES["rdf"]
_NIL = NamedNode(_RDF + "nil")


class Axioms:
    """The triples of an ontology with the few questions that are asked of them."""

    def __init__(self, ontology: Iterable[Triple]) -> None:
        self._store = Store()
        self._store.extend(Quad(*triple) for triple in ontology)
        self._nodes: dict[str, NamedNode | BlankNode] = {}

    def rows(self, sparql: str) -> list[tuple[str, ...]]:
        """The IRIs that a query finds, sorted; other nodes are left out."""
        found = self._store.query(sparql, prefixes=PREFIXES)
        assert isinstance(found, QuerySolutions)
        rows = (tuple(node.value for node in row if isinstance(node, NamedNode)) for row in found)
        return sorted(row for row in rows if len(row) == len(found.variables))

    def of_type(self, name: str) -> list[str]:
        """The IRIs of what is of a class of OWL."""
        return [iri for (iri,) in self.rows(f"SELECT ?p WHERE {{ ?p a owl:{name} }}")]

    def terms(self) -> set[str]:
        """Every IRI that stands as a class or property."""
        terms = "SELECT ?term WHERE { ?term a ?kind }"
        return {iri for (iri,) in self.rows(terms)} | {_RDF + "type"}

    def value(self, node: str, name: str) -> str | None:
        """The value of a property of OWL at a node, the first where there are several."""
        return next(iter(self._values(self._node(node), PREFIXES["owl"] + name)), None)

    def items(self, head: str) -> list[str]:
        """The members of a list."""
        found, node = [], self._node(head)
        while node != _NIL:
            found += self._values(node, _RDF + "first")
            node = self._node(self._values(node, _RDF + "rest")[0])
        return found

    def lists(self, name: str) -> Iterator[tuple[str, list[str]]]:
        """Each subject of a property of OWL whose values are lists, with the members of one."""
        for subject, head in self._pairs(PREFIXES["owl"] + name):
            yield subject, self.items(head)

    def groups(self, name: str) -> Iterator[list[str]]:
        """The members of each resource of a class of OWL, such as ``AllDisjointClasses``."""
        for subject, head in self._pairs(PREFIXES["owl"] + "members"):
            if f"<{PREFIXES['owl']}{name}>" in self._values(self._node(subject), _RDF + "type"):
                yield self.items(head)

    def inclusions(self) -> Iterator[tuple[str, str]]:
        """Each pair of classes, one below the other, of which at least one is described rather than named."""
        above = self._pairs(PREFIXES["rdfs"] + "subClassOf")
        equal = self._pairs(PREFIXES["owl"] + "equivalentClass")
        for lower, upper in [*above, *equal, *((other, one) for one, other in equal)]:
            if not (lower.startswith("<") and upper.startswith("<")):
                yield lower, upper

    def _pairs(self, property_: str) -> list[tuple[str, str]]:
        quads = self._store.quads_for_pattern(None, NamedNode(property_), None)
        return sorted((self._named(quad.subject), self._named(quad.object)) for quad in quads)

    def _values(self, node: NamedNode | BlankNode, property_: str) -> list[str]:
        quads = self._store.quads_for_pattern(node, NamedNode(property_), None)
        return sorted(self._named(quad.object) for quad in quads)

    def _named(self, node: NamedNode | BlankNode | Literal | Triple) -> str:
        if isinstance(node, NamedNode | BlankNode):
            self._nodes[str(node)] = node
        return str(node)

    def _node(self, name: str) -> NamedNode | BlankNode:
        return self._nodes.get(name) or NamedNode(name.strip("<>"))
