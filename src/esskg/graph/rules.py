"""The OWL 2 RL rules that the ontology's own axioms need, each as one SPARQL query over the default graph.

Rules are named as in the recommendation *OWL 2 Profiles*, section 4.3. What follows among the terms alone
(which class lies below which) is settled here once, so that data are visited as few times as possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from pyoxigraph import Triple

from esskg.errors import EsskgError
from esskg.graph.axioms import Axioms
from esskg.graph.expressions import UnsaidError, consequences, membership, property_of, step
from esskg.vocab import ESS, PREFIXES

OWL = PREFIXES["owl"]
NOTHING = f"?x a <{OWL}Nothing>"
"""The head of a rule that finds a contradiction: what it is about can't exist."""

_COVERED = (
    *("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology", "Restriction"),
    *("SymmetricProperty", "TransitiveProperty", "FunctionalProperty", "InverseFunctionalProperty"),
    *("AsymmetricProperty", "IrreflexiveProperty", "inverseOf", "equivalentProperty", "propertyChainAxiom"),
    *("hasKey", "equivalentClass", "disjointWith", "AllDisjointClasses", "members", "propertyDisjointWith"),
    *("AllDisjointProperties", "onProperty", "onClass", "someValuesFrom", "allValuesFrom", "hasValue"),
    *("maxCardinality", "maxQualifiedCardinality", "intersectionOf", "unionOf", "oneOf", "complementOf"),
    *("imports", "versionIRI", "versionInfo", "Thing", "Nothing", "NamedIndividual", "deprecated"),
)
"""The terms of OWL that either have a rule or entail nothing about data."""

_UNCOVERED = """
SELECT DISTINCT ?term WHERE {
  { ?s ?term ?o } UNION { ?s a ?term } UNION { ?s ?p ?term }
  FILTER(isIRI(?term) && STRSTARTS(STR(?term), STR(owl:)))
}
"""
_DESCRIBED = """
SELECT ?term WHERE {
  { ?term owl:intersectionOf|owl:unionOf|owl:oneOf|owl:complementOf ?parts FILTER(isIRI(?term)) }
  UNION { ?term rdfs:domain|rdfs:range|owl:hasKey/rdf:rest*/rdf:first ?described FILTER(!isIRI(?described)) }
  UNION { ?described owl:disjointWith ?term FILTER(!isIRI(?described)) }
  UNION { ?term owl:disjointWith ?described FILTER(!isIRI(?described)) }
}
"""
"""Where OWL lets a description stand in place of a name, and rules take names only."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows from what."""

    name: str
    stratum: int
    """Rules of a lower stratum run first: properties, then types from properties, then superclasses."""
    needs: frozenset[str]
    """The properties and classes whose triples the rule starts from; none where it needs no triples."""
    head: str
    """The triple pattern that follows."""
    body: str
    """The graph pattern that it follows from."""
    given: frozenset[str] = frozenset()
    """Terms without whose triples nothing follows, whatever else there is."""

    @property
    def sparql(self) -> str:
        """The query for what follows and doesn't stand there yet."""
        # MINUS reads what is there once; FILTER NOT EXISTS looks it up for every row, 3 to 7 times slower,
        # but where any property may be meant, what is there is everything.
        any_property = self.head.split()[1].startswith("?")
        unless = f"FILTER NOT EXISTS {{ {self.head} }}" if any_property else f"MINUS {{ {self.head} }}"
        return f"CONSTRUCT {{ {self.head} }} WHERE {{ {self.body} {unless} }}"


def rules_of(ontology: Iterable[Triple], folder: Path) -> list[Rule]:
    """The rules for the axioms of an ontology, and those written as files in its folder.

    Raises EsskgError for a term of OWL that no rule covers, since what it says would be lost silently.
    """
    axioms = _read(ontology)
    rules = [
        *_from_files(folder),
        *_about_properties(axioms),
        *_about_identity(axioms),
        *(rule for rule in _about_classes(axioms) if rule.head != NOTHING),
    ]
    return sorted(rules, key=lambda rule: (rule.stratum, rule.name, rule.sparql))


def contradictions_of(ontology: Iterable[Triple]) -> list[Rule]:
    """The rules by which data can contradict an ontology: each makes something be nothing."""
    axioms = _read(ontology)
    clashes = (rule for rule in _about_classes(axioms) if rule.head == NOTHING)
    rules = [*clashes, *_disjoint(axioms), *_misused_properties(axioms), *_ALWAYS]
    return sorted(rules, key=lambda rule: (rule.name, rule.body))


def _read(ontology: Iterable[Triple]) -> Axioms:
    axioms = Axioms(ontology)
    known = {OWL + name for name in _COVERED}
    if unknown := sorted({term for (term,) in axioms.rows(_UNCOVERED)} - known):
        raise EsskgError(
            f"the reasoner has no rule for {', '.join(unknown)}: "
            "say it with what src/esskg/graph/rules.py covers, or add a rule there"
        )
    if unsaid := axioms.rows(_DESCRIBED):
        raise EsskgError(f"the reasoner has no rule for {unsaid[0][0]}: name the class that it speaks of")
    return axioms


def _rule(name: str, stratum: int, head: str, body: str) -> Rule:
    return Rule(name, stratum, frozenset(re.findall(r"<([^<>]+)>", body)), head, body)


def _clash(name: str, body: str) -> Rule:
    return _rule(name, 0, NOTHING, body)


# --- rules beside the ontology --------------------------------------------------------------------

_FILE = re.compile(r"CONSTRUCT\s*\{(?P<head>[^{}]+)\}\s*WHERE\s*\{(?P<body>.+)\}\s*\Z", re.S)


def _from_files(folder: Path) -> Iterator[Rule]:
    for path in sorted(folder.glob("rules/*.rq")):
        parts = _FILE.search(path.read_text("utf-8"))
        if parts is None:
            raise EsskgError(f"{path}: a rule is one CONSTRUCT {{ … }} WHERE {{ … }} and nothing after it")
        needs = frozenset(ESS + name for name in re.findall(r"\bess:(\w+)", parts["body"]))
        yield Rule(path.stem, 0, needs, parts["head"].strip(), parts["body"].strip())


# --- properties -----------------------------------------------------------------------------------

_BELOW = "rdfs:subPropertyOf|owl:equivalentProperty|^owl:equivalentProperty"


def _about_properties(axioms: Axioms) -> Iterator[Rule]:
    for lower, upper in axioms.rows(f"SELECT ?a ?b WHERE {{ ?a ({_BELOW})+ ?b FILTER(?a != ?b) }}"):
        yield _rule("prp-spo1", 0, f"?x <{upper}> ?y", f"?x <{lower}> ?y .")
    for one in axioms.of_type("SymmetricProperty"):
        yield _rule("prp-symp", 0, f"?y <{one}> ?x", f"?x <{one}> ?y .")
    for one in axioms.of_type("TransitiveProperty"):
        yield _rule("prp-trp", 0, f"?x <{one}> ?z", f"?x <{one}>+ ?z .")
    inverses = "SELECT ?a ?b WHERE { ?a owl:inverseOf|^owl:inverseOf ?b FILTER(isIRI(?a) && isIRI(?b)) }"
    for one, other in axioms.rows(inverses):
        yield _rule("prp-inv", 0, f"?y <{other}> ?x", f"?x <{one}> ?y .")
    for chained, steps in axioms.lists("propertyChainAxiom"):
        yield _rule("prp-spo2", 0, f"?x0 {chained} ?x{len(steps)}", _chain(axioms, steps))
    for one, class_ in axioms.rows("SELECT ?p ?c WHERE { ?p rdfs:domain ?c }"):
        yield _rule("prp-dom", 1, f"?x a <{class_}>", f"?x <{one}> ?y .")
    ranges = "SELECT ?p ?c WHERE { ?p a owl:ObjectProperty ; rdfs:range ?c }"
    for one, class_ in axioms.rows(ranges):
        yield _rule("prp-rng", 1, f"?x a <{class_}>", f"?y <{one}> ?x .")


def _chain(axioms: Axioms, steps: list[str]) -> str:
    properties = [property_of(axioms, each) for each in steps]
    return " ".join(step(f"?x{place}", each, f"?x{place + 1}") for place, each in enumerate(properties))


# --- identity -------------------------------------------------------------------------------------

_SAME = f"<{OWL}sameAs>"


def _about_identity(axioms: Axioms) -> Iterator[Rule]:
    objects = set(axioms.of_type("ObjectProperty"))
    for one in objects.intersection(axioms.of_type("FunctionalProperty")):
        yield _rule("prp-fp", 0, f"?x {_SAME} ?y", f"?z <{one}> ?x . ?z <{one}> ?y . FILTER(?x != ?y)")
    for one in axioms.of_type("InverseFunctionalProperty"):
        yield _rule("prp-ifp", 0, f"?x {_SAME} ?y", f"?x <{one}> ?z . ?y <{one}> ?z . FILTER(?x != ?y)")
    for class_, keys in axioms.lists("hasKey"):
        both = (f"?{who} {key} ?k{place} ." for place, key in enumerate(keys) for who in "xy")
        body = f"?x a {class_} . ?y a {class_} . {' '.join(both)} FILTER(?x != ?y)"
        yield _rule("prp-key", 0, f"?x {_SAME} ?y", body)
    yield _rule("eq-sym", 0, f"?y {_SAME} ?x", f"?x {_SAME} ?y .")
    yield _rule("eq-trans", 0, f"?x {_SAME} ?z", f"?x {_SAME} ?y . ?y {_SAME} ?z . FILTER(?x != ?z)")
    yield from _replacing(axioms)


def _replacing(axioms: Axioms) -> Iterator[Rule]:
    """What is said of one of two that are the same is said of the other."""
    same, touched = frozenset({OWL + "sameAs"}), frozenset(axioms.terms() | {OWL + "sameAs"})
    other = f"FILTER(?p != {_SAME})"
    yield Rule("eq-rep-s", 0, touched, "?y ?p ?o", f"?x {_SAME} ?y . ?x ?p ?o . {other}", same)
    yield Rule("eq-rep-o", 0, touched, "?s ?p ?y", f"?x {_SAME} ?y . ?s ?p ?x . {other}", same)


# --- classes --------------------------------------------------------------------------------------

_UNDER = "rdfs:subClassOf|owl:equivalentClass|^owl:equivalentClass"


def _about_classes(axioms: Axioms) -> Iterator[Rule]:
    below: dict[str, list[str]] = {}
    named = f"SELECT ?a ?b WHERE {{ ?a ({_UNDER})+ ?b FILTER(isIRI(?a) && isIRI(?b) && ?a != ?b) }}"
    for lower, upper in axioms.rows(named):
        below.setdefault(upper, []).append(lower)
    for upper, lowers in below.items():
        values = " ".join(f"<{lower}>" for lower in lowers)
        yield _rule("cax-sco", 2, f"?x a <{upper}>", f"?x a ?lower . VALUES ?lower {{ {values} }}")
    for lower, upper in axioms.inclusions():
        yield from _inclusion(axioms, lower, upper)


def _inclusion(axioms: Axioms, lower: str, upper: str) -> Iterator[Rule]:
    """The rules of one axiom that puts a class, named or described, below another."""
    following = list(consequences(axioms, upper, "?x"))
    if not following:
        return
    try:
        alternatives = membership(axioms, lower, "?x")
    except UnsaidError as error:
        raise EsskgError(f"the reasoner has no rule for a class below {upper}: {error}") from None
    for described, body in alternatives:
        if not body:
            raise EsskgError(f"the reasoner has no rule for everything being {upper}")
        for name, head, more in following:
            stratum = 1 if " a " in head else 0
            rule = _rule(name or described, stratum, head or NOTHING, f"{body} {more}".strip())
            yield rule if rule.body != body or described != "cls-oo" else replace(rule, needs=frozenset())


# --- contradictions -------------------------------------------------------------------------------


def _disjoint(axioms: Axioms) -> Iterator[Rule]:
    pairs = {tuple(sorted(pair)) for pair in axioms.rows("SELECT ?a ?b WHERE { ?a owl:disjointWith ?b }")}
    for members in axioms.groups("AllDisjointClasses"):
        pairs |= {tuple(sorted(pair)) for pair in combinations([each.strip("<>") for each in members], 2)}
    for one in sorted({one for one, _ in pairs}):
        others = " ".join(f"<{other}>" for first, other in sorted(pairs) if first == one)
        yield _clash("cax-dw", f"?x a <{one}> . ?x a ?other . VALUES ?other {{ {others} }}")


def _misused_properties(axioms: Axioms) -> Iterator[Rule]:
    for one in axioms.of_type("IrreflexiveProperty"):
        yield _clash("prp-irp", f"?x <{one}> ?x .")
    for one in axioms.of_type("AsymmetricProperty"):
        yield _clash("prp-asyp", f"?x <{one}> ?y . ?y <{one}> ?x .")
    values = set(axioms.of_type("DatatypeProperty"))
    for one in values.intersection(axioms.of_type("FunctionalProperty")):
        yield _clash("prp-fp", f"?x <{one}> ?y . ?x <{one}> ?z . FILTER(?y != ?z)")
    pairs = [*axioms.rows("SELECT ?a ?b WHERE { ?a owl:propertyDisjointWith ?b }")]
    for members in axioms.groups("AllDisjointProperties"):
        pairs += combinations([each.strip("<>") for each in members], 2)
    for one, other in pairs:
        yield _clash("prp-pdw", f"?x <{one}> ?y . ?x <{other}> ?y .")


_LISTED = "(owl:members|owl:distinctMembers)/rdf:rest*/rdf:first"
_ALWAYS = (
    _clash("cls-nothing2", f"{NOTHING} ."),
    _clash("eq-diff1", f"?x {_SAME} ?y . ?x <{OWL}differentFrom> ?y ."),
    _clash(
        "eq-diff2",
        f"?x {_SAME} ?y . ?all a <{OWL}AllDifferent> . "
        f"FILTER(?x != ?y && EXISTS {{ ?all {_LISTED} ?x }} && EXISTS {{ ?all {_LISTED} ?y }})",
    ),
    _clash(
        "prp-npa1",
        f"?denied <{OWL}sourceIndividual> ?x . ?denied <{OWL}assertionProperty> ?p . "
        f"?denied <{OWL}targetIndividual> ?y . ?x ?p ?y .",
    ),
    _clash(
        "prp-npa2",
        f"?denied <{OWL}sourceIndividual> ?x . ?denied <{OWL}assertionProperty> ?p . "
        f"?denied <{OWL}targetValue> ?y . ?x ?p ?y .",
    ),
)
"""What contradicts itself whatever the ontology says."""
