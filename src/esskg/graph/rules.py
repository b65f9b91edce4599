"""The OWL 2 RL rules that the ontology's own axioms need, each as one SPARQL query over the default graph.

Rules are named as in the recommendation *OWL 2 Profiles*, section 4.3. What follows among the terms alone
(which class lies below which) is settled here once, so that data are visited as few times as possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QuerySolutions, Store, Triple

from esskg.errors import EsskgError
from esskg.vocab import ESS, PREFIXES

_COVERED = (
    *("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology", "Restriction"),
    *("SymmetricProperty", "TransitiveProperty", "FunctionalProperty", "AllDisjointClasses"),
    *("equivalentClass", "onProperty", "someValuesFrom", "hasValue", "inverseOf", "disjointWith", "members"),
    *("imports", "versionIRI", "versionInfo", "Thing", "deprecated"),
)
"""The terms of OWL that either have a rule below or entail nothing about data.

Disjoint classes and functional data properties can only be contradicted, which is the business of
`esskg.graph.consistency` and of the shapes.
"""

_UNCOVERED = """
SELECT DISTINCT ?term WHERE {
  { ?s ?term ?o } UNION { ?s a ?term } UNION { ?s ?p ?term }
  FILTER(isIRI(?term) && STRSTARTS(STR(?term), STR(owl:)))
}
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows from what."""

    name: str
    stratum: int
    """Rules of a lower stratum run first: properties, then types from properties, then superclasses."""
    needs: frozenset[str]
    """The properties and classes whose triples the rule starts from."""
    head: str
    """The triple pattern that follows."""
    body: str
    """The graph pattern that it follows from."""

    @property
    def sparql(self) -> str:
        """The query for what follows and doesn't stand there yet."""
        # MINUS reads what is there once; FILTER NOT EXISTS looks it up for every row, 3 to 7 times slower.
        return f"CONSTRUCT {{ {self.head} }} WHERE {{ {self.body} MINUS {{ {self.head} }} }}"


def rules_of(ontology: Iterable[Triple], folder: Path) -> list[Rule]:
    """The rules for the axioms of an ontology, and those written as files in its folder.

    Raises EsskgError for a term of OWL that no rule covers, since what it says would be lost silently.
    """
    terms = Store()
    terms.extend(Quad(*triple) for triple in ontology)
    _refuse_uncovered(terms)
    rules = [*_from_files(folder), *_about_properties(terms), *_about_types(terms), *_about_classes(terms)]
    return sorted(rules, key=lambda rule: (rule.stratum, rule.name, rule.sparql))


def _refuse_uncovered(terms: Store) -> None:
    known = {PREFIXES["owl"] + name for name in _COVERED}
    if unknown := sorted({term for (term,) in _rows(terms, _UNCOVERED)} - known):
        raise EsskgError(
            f"the reasoner has no rule for {', '.join(unknown)}: "
            "say it with what src/esskg/graph/rules.py covers, or add a rule there"
        )


def _rows(terms: Store, sparql: str) -> list[tuple[str, ...]]:
    found = terms.query(sparql, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return sorted(tuple(node.value for node in row if isinstance(node, NamedNode)) for row in found)


def _rule(name: str, stratum: int, needs: Iterable[str], head: str, body: str) -> Rule:
    return Rule(name, stratum, frozenset(needs), head, body)


# --- rules beside the ontology --------------------------------------------------------------------

_FILE = re.compile(r"CONSTRUCT\s*\{(?P<head>[^{}]+)\}\s*WHERE\s*\{(?P<body>.+)\}\s*\Z", re.S)


def _from_files(folder: Path) -> Iterator[Rule]:
    for path in sorted(folder.glob("rules/*.rq")):
        parts = _FILE.search(path.read_text("utf-8"))
        if parts is None:
            raise EsskgError(f"{path}: a rule is one CONSTRUCT {{ … }} WHERE {{ … }} and nothing after it")
        needs = {ESS + name for name in re.findall(r"\bess:(\w+)", parts["body"])}
        yield _rule(path.stem, 0, needs, parts["head"].strip(), parts["body"].strip())


# --- rules from axioms ----------------------------------------------------------------------------


def _about_properties(terms: Store) -> Iterator[Rule]:
    for lower, upper in _rows(terms, "SELECT ?a ?b WHERE { ?a rdfs:subPropertyOf+ ?b }"):
        yield _rule("prp-spo1", 0, {lower}, f"?x <{upper}> ?y", f"?x <{lower}> ?y .")
    for (symmetric,) in _rows(terms, "SELECT ?p WHERE { ?p a owl:SymmetricProperty }"):
        yield _rule("prp-symp", 0, {symmetric}, f"?y <{symmetric}> ?x", f"?x <{symmetric}> ?y .")
    for (transitive,) in _rows(terms, "SELECT ?p WHERE { ?p a owl:TransitiveProperty }"):
        yield _rule("prp-trp", 0, {transitive}, f"?x <{transitive}> ?z", f"?x <{transitive}>+ ?z .")
    for one, other in _rows(terms, "SELECT ?a ?b WHERE { ?a owl:inverseOf|^owl:inverseOf ?b }"):
        yield _rule("prp-inv", 0, {one}, f"?y <{other}> ?x", f"?x <{one}> ?y .")


def _about_types(terms: Store) -> Iterator[Rule]:
    for property_, class_ in _rows(terms, "SELECT ?p ?c WHERE { ?p rdfs:domain ?c }"):
        yield _typing("prp-dom", property_, class_, f"?x <{property_}> ?y")
    objects = "SELECT ?p ?c WHERE { ?p a owl:ObjectProperty ; rdfs:range ?c }"
    for property_, class_ in _rows(terms, objects):
        yield _typing("prp-rng", property_, class_, f"?y <{property_}> ?x")
    for property_, class_, filler in _rows(terms, _SOME):
        of_filler = "" if filler == PREFIXES["owl"] + "Thing" else f" . ?y a <{filler}>"
        yield _typing("cls-svf", property_, class_, f"?x <{property_}> ?y{of_filler}", filler)
    yield from _about_values(terms)


def _about_values(terms: Store) -> Iterator[Rule]:
    by_property: dict[str, list[str]] = {}
    for property_, value, class_ in _rows(terms, _HAS_VALUE):
        by_property.setdefault(property_, []).append(f"(<{value}> <{class_}>)")
    for property_, pairs in by_property.items():
        body = f"VALUES (?value ?class) {{ {' '.join(pairs)} }} ?x <{property_}> ?value ."
        yield _rule("cls-hv2", 1, {property_}, "?x a ?class", body)


_HAS_VALUE = """
SELECT ?p ?value ?c WHERE {
  ?restriction owl:onProperty ?p ; owl:hasValue ?value ; rdfs:subClassOf ?c .
}
"""
_SOME = """
SELECT ?p ?c ?filler WHERE {
  ?restriction owl:onProperty ?p ; owl:someValuesFrom ?filler ; ^owl:equivalentClass ?c .
}
"""


def _typing(name: str, property_: str, class_: str, pattern: str, filler: str | None = None) -> Rule:
    needs = {property_} if filler is None else {property_, filler}
    return _rule(name, 1, needs, f"?x a <{class_}>", f"{pattern} .")


def _about_classes(terms: Store) -> Iterator[Rule]:
    below: dict[str, list[str]] = {}
    named = "SELECT ?a ?b WHERE { ?a rdfs:subClassOf+ ?b FILTER(isIRI(?a) && isIRI(?b)) }"
    for lower, upper in _rows(terms, named):
        below.setdefault(upper, []).append(lower)
    for upper, lowers in below.items():
        values = " ".join(f"<{lower}>" for lower in lowers)
        yield _rule("cax-sco", 2, lowers, f"?x a <{upper}>", f"?x a ?lower . VALUES ?lower {{ {values} }}")
