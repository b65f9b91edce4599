"""The JSON-LD context: what plain keys mean, so that RDF reads as ordinary JSON.

JSON-LD 1.1: https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from esskg.graph import ontology
from esskg.vocab import ESS, PREFIXES, VOCABULARY

Meaning = str | dict[str, str]
_PREFIXES = {**PREFIXES, "esh": "https://w3id.org/esskg/shape#", "vocabulary": VOCABULARY}
_A, _RANGE = PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "range"


@lru_cache(maxsize=2)
def context(folder: Path | None = None) -> dict[str, Meaning]:
    """Prefixes, and each term of the ontology with the type of its values; of the shipped one by default."""
    meanings: dict[str, Meaning] = dict(sorted(_PREFIXES.items()))
    for name, said in sorted(_terms(folder or ontology.shipped_ontology()).items()):
        meanings.setdefault(name, _meaning(name, said))
    return meanings


def document(folder: Path | None = None) -> dict[str, Any]:
    """The context as it is served: an object with the key ``@context``."""
    return {"@context": context(folder)}


def _terms(folder: Path) -> dict[str, dict[str, set[str]]]:
    """The terms that the ontology declares: local name → property → its IRIs."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, object_ in ontology.triples(folder):
        if (
            isinstance(subject, NamedNode)
            and subject.value.startswith(ESS)
            and isinstance(object_, NamedNode)
        ):
            found[subject.value.removeprefix(ESS)][predicate.value].add(object_.value)
    return {name: said for name, said in found.items() if said[_A]}


def _meaning(name: str, said: dict[str, set[str]]) -> Meaning:
    iri, ranges = f"ess:{name}", said[_RANGE]
    if PREFIXES["owl"] + "ObjectProperty" in said[_A]:
        return {"@id": iri, "@type": "@id"}
    datatypes = {each.removeprefix(PREFIXES["xsd"]) for each in ranges if each.startswith(PREFIXES["xsd"])}
    if len(datatypes) == len(ranges) == 1 and datatypes != {"string"}:
        return {"@id": iri, "@type": f"xsd:{datatypes.pop()}"}
    return iri
