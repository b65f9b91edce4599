"""The page of the ontology: every term with its definition, so that a reader knows what a word means here."""

from __future__ import annotations

from esskg.server.site import Page, Visit
from esskg.server.terms import Term

KINDS = ("class", "property", "scheme")


def ontology(visit: Visit) -> Page:
    """Classes, properties and vocabularies, each in the order of their labels."""
    wanted = visit.language

    def key(term: Term) -> str:
        return term.label(wanted).text.casefold()

    own = sorted((term for term in visit.snapshot.terms if term.ours), key=key)
    sections = {kind: [_shown(visit, term) for term in own if term.kind == kind] for kind in KINDS}
    concepts = {
        scheme["iri"]: [
            _shown(visit, term) for term in own if scheme["iri"] in term.links.get("inScheme", ())
        ]
        for scheme in sections["scheme"]
    }
    title = visit.words("ontology.title")
    return Page("ontology.html", title, {"sections": sections, "concepts": concepts, "counts": counts(visit)})


def _shown(visit: Visit, term: Term) -> dict[str, object]:
    return {
        "iri": term.iri,
        "name": term.name,
        "anchor": term.anchor,
        "label": term.label(visit.language),
        "labels": term.labels,
        "definition": term.definition(visit.language),
        "links": {name: iris for name, iris in term.links.items() if name not in {"type", "inScheme"}},
    }


def counts(visit: Visit) -> dict[str, int]:
    """How many instances each class of the ontology has."""
    return visit.snapshot.class_counts
