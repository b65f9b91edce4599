"""Why a triple follows: the rule that gives it, and the triples that the rule starts from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, QueryBoolean, QueryTriples, Triple

from esskg.graph import ontology
from esskg.graph.citation import label
from esskg.graph.rules import Rule, rules_of
from esskg.graph.store import Store
from esskg.vocab import PREFIXES, Language

_TYPE = PREFIXES["rdf"] + "type"
_IS: dict[Language, str] = {"en": "is of the class", "fr": "est de la classe"}


@dataclass(frozen=True, slots=True)
class Because:
    """One way in which a triple follows."""

    rule: str
    """The rule's name: that of a file in ``ontology/rules/``, or as in *OWL 2 Profiles*, section 4.3."""
    premises: tuple[Triple, ...]
    """What it follows from, one choice where there are several; a premise may itself have been inferred."""

    def text(self, store: Store, language: Language = "en") -> str:
        """The premises in words."""
        return "; ".join(in_words(store, premise, language) for premise in self.premises)


def because(store: Store, triple: Triple, *, ontology_folder: Path | None = None) -> Iterator[Because]:
    """Each rule that gives a triple from what a reasoned graph holds; nothing for one that no rule gives.

    Asked when someone wants to know, so that a build keeps no record of each step. The ontology is the
    shipped one unless another folder is given.
    """
    for rule in _rules(ontology_folder or ontology.shipped_ontology()):
        bindings = _bindings(rule.head, triple)
        if bindings is not None and (found := premises(store, rule, bindings)):
            yield Because(rule.name, found)


def grounds(store: Store, triple: Triple, *, ontology_folder: Path | None = None) -> tuple[Triple, ...]:
    """What was said outright that a triple of a reasoned graph follows from, one way of several."""
    return tuple(dict.fromkeys(_said(store, triple, ontology_folder, frozenset()) or (triple,)))


def _said(
    store: Store, triple: Triple, folder: Path | None, above: frozenset[Triple]
) -> tuple[Triple, ...] | None:
    """The grounds of a triple; None where it only rests on what it is itself a ground of."""
    if triple in above:
        return None
    if not _inferred(store, triple):
        return (triple,)
    for why in because(store, triple, ontology_folder=folder):
        found = [_said(store, premise, folder, above | {triple}) for premise in why.premises]
        said = [premises for premises in found if premises is not None]
        if len(said) == len(found):
            return tuple(each for premises in said for each in premises)
    return None


def _inferred(store: Store, triple: Triple) -> bool:
    if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
        return False
    pattern = " ".join(map(str, triple))
    found = store.query(f"ASK {{ GRAPH <{store.base}/graph/inferences> {{ {pattern} }} }}")
    return isinstance(found, QueryBoolean) and bool(found)


@lru_cache(maxsize=2)
def _rules(folder: Path) -> list[Rule]:
    return rules_of(ontology.triples(folder), folder)


def _bindings(head: str, triple: Triple) -> dict[str, str] | None:
    """What the variables of a rule's head stand for in a triple; None where the head can't give it."""
    found: dict[str, str] = {}
    for pattern, node in zip(head.split(), triple, strict=True):
        if not isinstance(node, NamedNode):
            return None
        if pattern.startswith("?"):
            found[pattern] = str(node)
        elif _iri(pattern) != node.value:
            return None
    return found


def _iri(token: str) -> str:
    if token == "a":
        return _TYPE
    prefix, colon, name = token.partition(":")
    return PREFIXES[prefix] + name if colon and prefix in PREFIXES else token.strip("<>")


_PATH = re.compile(r"(\?\w+) (<[^<>]+>)\+ (\?\w+)")
_CONDITION = re.compile(r"(VALUES\s*(?:\?\w+|\([^()]*\))\s*\{[^{}]*\}|FILTER\s*\((?:[^()]|\([^()]*\))*\))")


def premises(store: Store, rule: Rule, bindings: dict[str, str]) -> tuple[Triple, ...]:
    """One choice of triples that a rule starts from, with some of its variables given."""
    body = _PATH.sub(r"\1 \2 ?step . ?step \2 \3 FILTER(?step != \1 && ?step != \3)", rule.body)
    given = f"VALUES ({' '.join(bindings)}) {{ ({' '.join(bindings.values())}) }}"
    order = " ".join(sorted(set(re.findall(r"\?\w+", body))))
    found = store.query(
        f"CONSTRUCT {{ {_CONDITION.sub('', body)} }} "
        f"WHERE {{ SELECT * WHERE {{ {given} {body} }} ORDER BY {order} LIMIT 1 }}"
    )
    assert isinstance(found, QueryTriples)
    return tuple(sorted(set(found), key=str))


def in_words(store: Store, triple: Triple, language: Language = "en") -> str:
    """A triple as the names of its subject, relation and object."""
    subject, predicate, object_ = (node.value for node in triple)
    names = [label(store, iri, language) or iri for iri in (subject, predicate, object_)]
    if predicate == _TYPE:
        names[1] = _IS[language]
    return " – ".join(names)
