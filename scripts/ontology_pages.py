"""The ontology as a page that people read, in French or English: terms, vocabularies, questions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal as OneOf

import jinja2
import ontology_diagrams
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from esskg import shipped
from esskg.query.catalogue import read
from esskg.vocab import ESS

Language = OneOf["fr", "en"]
TEMPLATE = Path(__file__).with_name("ontology.html.j2")
KINDS = {OWL.Class: "class", OWL.ObjectProperty: "relation", OWL.DatatypeProperty: "value"}
TOPS = ("Entity", "Relation", "Evidence")
USERS = ("researcher", "analyst", "consumer", "curator")


@dataclass(frozen=True)
class Entry:
    """A term, or a concept, as the page shows it."""

    name: str
    kind: str
    label: str
    definition: str
    links: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Names and labels of other terms by what they are to this one: above, below, domain, range."""
    examples: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def page(terms: Graph, folder: Path, language: Language) -> str:
    """The page in a language, as HTML that needs no other file."""
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(TEMPLATE.read_text("utf-8"))
    header = URIRef(ESS.removesuffix("#"))
    return template.render(
        language=language,
        title=text(terms, header, DCTERMS.title, language),
        description=text(terms, header, DCTERMS.description, language),
        version=terms.value(header, OWL.versionInfo),
        modules=[module(path, terms, language) for path in sorted(folder.glob("modules/*.ttl"))],
        schemes=[
            scheme(terms, each, language) for each in sorted(terms.subjects(RDF.type, SKOS.ConceptScheme))
        ],
        tree=tree(terms, language),
        questions=questions(folder, language),
        relations=ontology_diagrams.relations(terms, language),
        hierarchies=[ontology_diagrams.classes(terms, URIRef(ESS + top), language) for top in TOPS],
    )


def text(graph: Graph, node: Node, property_: URIRef, language: str) -> str:
    """A property's text in a language; empty where there is none."""
    found = (each for each in graph.objects(node, property_) if isinstance(each, Literal))
    return next((str(each) for each in sorted(found) if each.language == language), "")


def module(path: Path, terms: Graph, language: Language) -> tuple[str, list[Entry]]:
    """A module's title and its terms."""
    graph = Graph().parse(path)
    [header] = graph.subjects(RDF.type, OWL.Ontology)
    own = sorted({each for each in graph.subjects(RDFS.isDefinedBy) if str(each).startswith(ESS)})
    return text(graph, header, DCTERMS.title, language), [entry(terms, each, language) for each in own]


def entry(terms: Graph, term: Node, language: Language) -> Entry:
    """A term with its links to others."""
    kind = next(KINDS[each] for each in terms.objects(term, RDF.type) if each in KINDS)
    links = {
        "above": terms.objects(term, RDFS.subClassOf),
        "below": terms.subjects(RDFS.subClassOf, term),
        "domain": terms.objects(term, RDFS.domain),
        "range": terms.objects(term, RDFS.range),
    }
    return Entry(
        name=str(term).removeprefix(ESS),
        kind=kind,
        label=text(terms, term, RDFS.label, language),
        definition=text(terms, term, SKOS.definition, language),
        links={role: named for role, nodes in links.items() if (named := _named(terms, nodes, language))},
        examples=tuple(_texts(terms.objects(term, SKOS.example), language)),
        sources=tuple(sorted(map(str, terms.objects(term, DCTERMS.source)))),
    )


def _named(terms: Graph, nodes: Iterable[Node], language: Language) -> list[tuple[str, str]]:
    own = sorted(each for each in nodes if str(each).startswith(ESS))
    return [(str(each).removeprefix(ESS), text(terms, each, RDFS.label, language)) for each in own]


def _texts(nodes: Iterable[Node], language: str) -> Iterator[str]:
    return (str(each) for each in nodes if isinstance(each, Literal) and each.language in (language, None))


def scheme(terms: Graph, iri: Node, language: Language) -> tuple[str, str, list[Entry]]:
    """A vocabulary's title and definition, and its concepts."""
    concepts = [
        Entry(
            name=str(each),
            kind="concept",
            label=text(terms, each, SKOS.prefLabel, language),
            definition=text(terms, each, SKOS.definition, language),
        )
        for each in sorted(terms.subjects(SKOS.inScheme, iri))
    ]
    title, definition = (text(terms, iri, each, language) for each in (SKOS.prefLabel, SKOS.definition))
    return title, definition, concepts


Branch = tuple[str, str, list["Branch"]]
"""A class's name and label, and the classes below it."""


def tree(terms: Graph, language: Language) -> list[Branch]:
    """The classes that are below no other of the ontology, each with those below it."""
    classes = [each for each in terms.subjects(RDF.type, OWL.Class) if str(each).startswith(ESS)]
    tops = [each for each in classes if not _named(terms, terms.objects(each, RDFS.subClassOf), language)]
    return [_branch(terms, each, language) for each in sorted(tops)]


def _branch(terms: Graph, class_: Node, language: Language) -> Branch:
    below = sorted(each for each in terms.subjects(RDFS.subClassOf, class_) if str(each).startswith(ESS))
    label = text(terms, class_, RDFS.label, language)
    return str(class_).removeprefix(ESS), label, [_branch(terms, each, language) for each in below]


def questions(folder: Path, language: Language) -> list[tuple[str, list[str]]]:
    """The competency questions of each kind of user."""
    asked = list(_questions(folder, language))
    return [(user, [question for who, question in asked if who == user]) for user in USERS]


def _questions(folder: Path, language: Language) -> Iterator[tuple[str, str]]:
    catalogue = read(shipped.folder("queries"))
    for path in sorted(folder.glob("competency/*/question.*")):
        said = path.read_text("utf-8")
        if path.suffix == ".toml":
            about = tomllib.loads(said)
            yield about["user"], catalogue[about["catalogue"]].question[language]
        else:
            words = dict(re.findall(r"^#\+ (user|question \(\w+\)): (.+)$", said, re.M))
            yield words["user"], words[f"question ({language})"]
