"""The ontology and its vocabularies as pages show them: terms with their labels, definitions and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from esskg.graph.rows import Row
from esskg.graph.store import Store
from esskg.model import EntityType
from esskg.server.rows import language, select, text
from esskg.vocab import ESS, PREFIXES, VOCABULARY, ess

TERMS = """
SELECT ?term ?property ?value WHERE {{
  GRAPH <{graph}> {{
    VALUES ?property {{
      rdf:type rdfs:label skos:prefLabel skos:definition rdfs:comment skos:scopeNote skos:example
      rdfs:subClassOf rdfs:subPropertyOf rdfs:domain rdfs:range owl:inverseOf skos:inScheme skos:broader
      owl:equivalentClass owl:equivalentProperty skos:exactMatch skos:closeMatch
    }}
    ?term ?property ?value FILTER(isIRI(?term) && !isBLANK(?value))
  }}
}} ORDER BY ?term ?property ?value"""

PARTS = """
SELECT DISTINCT ?part WHERE {{ GRAPH <{graph}> {{
  {{ ?part a owl:Ontology }} UNION {{ ?any owl:imports|owl:versionIRI|owl:priorVersion ?part }}
}} }}"""

KINDS = {
    PREFIXES["owl"] + "Class": "class",
    PREFIXES["owl"] + "ObjectProperty": "property",
    PREFIXES["owl"] + "DatatypeProperty": "property",
    PREFIXES["owl"] + "AnnotationProperty": "property",
    PREFIXES["skos"] + "ConceptScheme": "scheme",
    PREFIXES["skos"] + "Concept": "concept",
}


class Text(NamedTuple):
    """Words in a language (BCP 47; empty where it isn't known)."""

    text: str
    language: str = ""


def in_language(texts: Iterable[Text], wanted: str) -> Text | None:
    """The text in a language, else in English, else any."""
    order = {wanted: 0, "en": 1}
    return min(texts, key=lambda item: order.get(item.language.split("-")[0], 2), default=None)


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property, concept or scheme."""

    iri: str
    kind: str
    labels: tuple[Text, ...]
    definitions: tuple[Text, ...]
    links: dict[str, tuple[str, ...]]
    """IRIs by the short name of the property that leads to them: ``subClassOf``, ``range`` …"""

    @property
    def name(self) -> str:
        """The last part of the IRI."""
        return local_name(self.iri)

    @property
    def anchor(self) -> str:
        """Where it stands on the ontology page."""
        return anchor(self.iri)

    @property
    def ours(self) -> bool:
        """Whether the project's own ontology defines it."""
        return self.iri.startswith((ESS, VOCABULARY))

    def label(self, wanted: str) -> Text:
        """Its label in a language, else its name."""
        return in_language(self.labels, wanted) or Text(self.name)

    def definition(self, wanted: str) -> Text | None:
        """Its definition in a language."""
        return in_language(self.definitions, wanted)


class Terms:
    """All terms that the project's ontology graph describes."""

    def __init__(self, store: Store, base: str) -> None:
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in select(store, TERMS.format(graph=f"{base}/graph/ontology")):
            grouped[text(row, "term")].append(row)
        self.parts = {
            text(row, "part") for row in select(store, PARTS.format(graph=f"{base}/graph/ontology"))
        }
        """The IRIs of the ontology's versions and modules."""
        self._terms = {term.iri: term for term in map(_term, grouped.values())}

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def get(self, iri: str) -> Term:
        """The term with that IRI; a bare one where the ontology doesn't describe it."""
        return self._terms.get(iri) or Term(iri, "", (), (), {})

    def label(self, iri: str, wanted: str) -> Text:
        """A term's label in a language."""
        return self.get(iri).label(wanted)

    def ancestors(self, iri: str) -> set[str]:
        """A class and all classes above it."""
        found, waiting = set[str](), [iri]
        while waiting:
            class_ = waiting.pop()
            if class_ not in found:
                found.add(class_)
                waiting.extend(self.get(class_).links.get("subClassOf", ()))
        return found

    def entity_type(self, classes: Iterable[str]) -> EntityType | None:
        """Which of the eleven types an entity with these classes is of."""
        above = set[str]().union(*map(self.ancestors, classes))
        return next((type_ for type_ in EntityType if ess(type_) in above), None)

    def most_specific(self, classes: Iterable[str]) -> str | None:
        """The class of the ontology that says most: the one with the most classes above it."""
        own = sorted(class_ for class_ in classes if class_.startswith(ESS))
        return max(own, key=lambda class_: len(self.ancestors(class_)), default=None)


def local_name(iri: str) -> str:
    """The part of an IRI after its last ``#`` or ``/``."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def anchor(iri: str) -> str:
    """The fragment of the ontology page at which a term stands."""
    return iri.removeprefix(ESS).removeprefix(VOCABULARY).replace("/", "-")


def _term(rows: list[Row]) -> Term:
    by_property: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_property[local_name(text(row, "property"))].append(row)

    def texts(*names: str) -> tuple[Text, ...]:
        return tuple(
            Text(text(row, "value"), language(row, "value")) for name in names for row in by_property[name]
        )

    classes = [text(row, "value") for row in by_property["type"]]
    kind = next((KINDS[class_] for class_ in classes if class_ in KINDS), "")
    labels, definitions = texts("prefLabel", "label"), texts("definition", "comment")
    links = {
        name: tuple(text(row, "value") for row in found)
        for name, found in by_property.items()
        if name not in {"prefLabel", "label", "definition", "comment", "scopeNote", "example"}
    }
    return Term(text(rows[0], "term"), kind, labels, definitions, links)
