"""What follows about an entity by the ontology, and from what: nothing of it stands in a document as such."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from esskg.graph import citation
from esskg.graph.because import because, in_words
from esskg.server.refs import Ref, page_address, refs
from esskg.server.rows import select, text
from esskg.server.snapshot import Snapshot
from esskg.server.terms import Text
from esskg.vocab import ESS, PREFIXES, Language

INFERRED = """
SELECT ?property ?value WHERE {{
  GRAPH <{graph}> {{ <{iri}> ?property ?value }}
  FILTER(STRSTARTS(STR(?property), STR(ess:)) || (?property = rdf:type && STRSTARTS(STR(?value), STR(ess:))))
}} ORDER BY (?property = rdf:type) ?property ?value LIMIT {limit}"""
STATEMENT = """
SELECT ?statement WHERE {{
  ?statement a ess:Statement ; rdf:subject {0} ; rdf:predicate {1} ; rdf:object {2}
}} ORDER BY ?statement LIMIT 1"""

MOST = 40
"""How many inferences a page shows."""
_TYPE = PREFIXES["rdf"] + "type"


@dataclass(frozen=True, slots=True)
class Premise:
    """A triple that something follows from, in words."""

    words: str
    href: str
    """The page of the statement that says so; empty for what no statement says."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule with what it starts from."""

    rule: str
    premises: tuple[Premise, ...]


@dataclass(frozen=True, slots=True)
class Inference:
    """A class that an entity belongs to, or a relation that it stands in, because of something else."""

    label: Text | None
    """The relation; None where the entity belongs to a class."""
    iri: str
    """Of the class, or of the other entity."""
    class_: Text | None
    other: Ref | None
    reasons: tuple[Reason, ...]


def inferences(snapshot: Snapshot, iri: str, wanted: Language) -> list[Inference]:
    """What follows about an entity: relations first, then classes, each with every rule that gives it."""
    store = snapshot.project.store
    graph = f"{snapshot.base}/graph/inferences"
    rows = select(store, INFERRED.format(graph=graph, iri=iri, limit=MOST))
    pairs = [(text(row, "property"), text(row, "value")) for row in rows]
    others = refs(snapshot, (value for _, value in pairs if not value.startswith(ESS)), wanted)
    return [_inference(snapshot, (iri, *pair), others, wanted) for pair in pairs]


def _inference(
    snapshot: Snapshot, said: tuple[str, str, str], others: dict[str, Ref], wanted: Language
) -> Inference:
    _, property_, value = said
    subject, predicate, object_ = map(NamedNode, said)
    found = because(snapshot.project.store, Triple(subject, predicate, object_))
    reasons = (Reason(why.rule, _premises(snapshot, why.premises, wanted)) for why in found)
    label = snapshot.terms.label
    return Inference(
        label=None if property_ == _TYPE else label(property_, wanted),
        iri=value,
        class_=label(value, wanted) if property_ == _TYPE else None,
        other=others.get(value),
        reasons=tuple(reasons),
    )


def _premises(snapshot: Snapshot, triples: tuple[Triple, ...], wanted: Language) -> tuple[Premise, ...]:
    return tuple(dict.fromkeys(_premise(snapshot, triple, wanted) for triple in triples))


def _premise(snapshot: Snapshot, triple: Triple, wanted: Language) -> Premise:
    """The triple as the statement that says it, or that its relation resource belongs to."""
    store, subject = snapshot.project.store, getattr(triple.subject, "value", "")
    if subject.startswith(f"{snapshot.base}/relation/"):
        words = citation.in_words(store, subject, wanted) or subject
        return Premise(words, page_address(snapshot, subject, wanted))
    found = select(store, STATEMENT.format(*triple))
    href = page_address(snapshot, text(found[0], "statement"), wanted) if found else ""
    return Premise(in_words(store, triple, wanted), href)
