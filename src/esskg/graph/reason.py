"""What follows from the statements by the ontology: materialised, so that a query needs no reasoner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QuerySolutions, QueryTriples, Triple

from esskg.graph import ontology
from esskg.graph.rules import Rule, rules_of
from esskg.graph.store import Store
from esskg.vocab import PREFIXES

_TYPE = PREFIXES["rdf"] + "type"


def entail(store: Store, base: str, *, ontology_folder: Path | None = None) -> int:
    """Add what follows to the default graph and to ``{base}/graph/inferences``; how many triples it was.

    A fixpoint of SPARQL CONSTRUCT rules (see `esskg.graph.rules`), semi-naive by term: a rule runs again only
    when a property or class that it starts from has got new triples. The ontology is the shipped one unless
    another folder is given.
    """
    folder = ontology_folder or ontology.shipped_ontology()
    rules = rules_of(ontology.triples(folder), folder)
    inferences = NamedNode(f"{base}/graph/inferences")
    used = _used(store, rules)
    due, count = {rule for rule in rules if rule.needs & used or not rule.needs}, 0
    while due:
        stratum = min(rule.stratum for rule in due)
        batch = [rule for rule in rules if rule in due and rule.stratum == stratum]
        new = _follow(store, (rule for rule in batch if rule.given <= used))
        store.load(_in_both(new, inferences))
        touched = {_touched(triple) for triple in new}
        used |= touched
        due = due.difference(batch) | {rule for rule in rules if rule.needs & touched}
        count += len(new)
    return count


def _used(store: Store, rules: Iterable[Rule]) -> set[str]:
    """The properties that the graph has triples of and the classes that it has members of."""
    terms = " ".join(sorted({f"<{term}>" for rule in rules for term in rule.needs}))
    found = store.query(
        f"SELECT ?term WHERE {{ VALUES ?term {{ {terms} }} "
        "FILTER(EXISTS { ?s ?term ?o } || EXISTS { ?s a ?term }) }"
    )
    assert isinstance(found, QuerySolutions)
    return {row["term"].value for row in found}


def _follow(store: Store, rules: Iterable[Rule]) -> dict[Triple, None]:
    found: dict[Triple, None] = {}
    for rule in rules:
        triples = store.query(rule.sparql)
        assert isinstance(triples, QueryTriples)
        found.update(dict.fromkeys(triples))
    return found


def _in_both(triples: Iterable[Triple], inferences: NamedNode) -> Iterator[Quad]:
    for triple in triples:
        yield Quad(triple.subject, triple.predicate, triple.object)
        yield Quad(triple.subject, triple.predicate, triple.object, inferences)


def _touched(triple: Triple) -> str:
    if triple.predicate.value == _TYPE and isinstance(triple.object, NamedNode):
        return triple.object.value
    return triple.predicate.value
