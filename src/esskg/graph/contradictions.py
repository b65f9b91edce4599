"""What in a reasoned graph can't be true under the ontology, by the rules of OWL 2 RL that end in false."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions

from esskg.graph import ontology
from esskg.graph.because import Because, premises
from esskg.graph.rules import Rule, contradictions_of
from esskg.graph.store import Store


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something that can't be as the graph has it."""

    subject: str
    """The IRI of what it is about."""
    because: Because
    """The rule that is broken, and the triples that break it together."""


def contradictions(store: Store, *, ontology_folder: Path | None = None) -> Iterator[Contradiction]:
    """Each rule that something in a reasoned graph breaks, with one choice of triples for each.

    The ontology is the shipped one unless another folder is given.
    """
    for rule in _rules(ontology_folder or ontology.shipped_ontology()):
        for subject in _subjects(store, rule):
            yield Contradiction(subject, Because(rule.name, premises(store, rule, {"?x": f"<{subject}>"})))


@lru_cache(maxsize=2)
def _rules(folder: Path) -> list[Rule]:
    return contradictions_of(ontology.triples(folder))


def _subjects(store: Store, rule: Rule) -> list[str]:
    found = store.query(f"SELECT DISTINCT ?x WHERE {{ {rule.body} }}")
    assert isinstance(found, QuerySolutions)
    return sorted(row["x"].value for row in found if isinstance(row["x"], NamedNode))
