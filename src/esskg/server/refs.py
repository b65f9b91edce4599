"""Entities and documents as a page refers to them: name, kind, address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from esskg.server.rows import language, select, text, values
from esskg.server.snapshot import Snapshot
from esskg.server.terms import Text, in_language

NAMES = """
SELECT ?iri ?name WHERE {{
  {values}
  ?iri rdfs:label|dcterms:title ?name
}} ORDER BY ?iri ?name"""

CLASSES = """
SELECT ?iri ?class WHERE {{
  {values}
  ?iri a ?class
}} ORDER BY ?iri ?class"""

PAGES = {
    "id": "entity",
    "document": "document",
    "statement": "statement",
    "relation": "statement",
    "figure": "figure",
    "quotation": "quotation",
}
"""Which page shows which kind of resource."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Something with a page of its own."""

    iri: str
    name: str
    language: str
    """Of the name, BCP 47; empty where it isn't known."""
    type: str
    """An EntityType, ``Document``, or empty."""
    href: str


def page_address(snapshot: Snapshot, iri: str, wanted: str) -> str:
    """Where a resource of the project is shown; the IRI itself for any other."""
    kind, _, name = iri.removeprefix(snapshot.base + "/").partition("/")
    if not iri.startswith(snapshot.base + "/") or kind not in PAGES or not name:
        return iri
    return f"/{wanted}/{PAGES[kind]}/{name}"


def refs(snapshot: Snapshot, iris: Iterable[str], wanted: str) -> dict[str, Ref]:
    """References to some resources, named in the language wanted where they have such a name."""
    asked = list(dict.fromkeys(iris))
    if not asked:
        return {}
    names, types = _names(snapshot, asked), _types(snapshot, asked)
    return {
        iri: Ref(
            iri,
            *(in_language(names[iri], wanted) or Text(iri.rsplit("/", 1)[-1])),
            types.get(iri, ""),
            page_address(snapshot, iri, wanted),
        )
        for iri in asked
    }


def _names(snapshot: Snapshot, iris: list[str]) -> dict[str, list[Text]]:
    names: dict[str, list[Text]] = defaultdict(list)
    for row in select(snapshot.project.store, NAMES.format(values=values("iri", iris))):
        names[text(row, "iri")].append(Text(text(row, "name"), language(row, "name")))
    return names


def _types(snapshot: Snapshot, iris: list[str]) -> dict[str, str]:
    classes: dict[str, list[str]] = defaultdict(list)
    for row in select(snapshot.project.store, CLASSES.format(values=values("iri", iris))):
        classes[text(row, "iri")].append(text(row, "class"))
    return {iri: snapshot.type_of(iri, found) for iri, found in classes.items()}
