"""The pages of one statement, one figure, one quotation: all the words that say it, and how we know."""

from __future__ import annotations

from typing import TypeVar

from esskg.server import structured
from esskg.server.links import forms
from esskg.server.missing import missing
from esskg.server.rows import select, text, values
from esskg.server.site import Page, Visit
from esskg.server.statements import Figure, Quotation, Statement, figures, quotations, statements
from esskg.vocab import ess

Said = TypeVar("Said", Statement, Figure, Quotation)

# Other statements between the same two, and other dates where there should be one.
RELATED = """
VALUES (?subject ?object) {{ (<{subject}> <{object}>) (<{object}> <{subject}>) }}
?statement rdf:subject ?subject ; rdf:object ?object . FILTER(?statement != <{iri}>)"""
SAME_DATE = "?statement rdf:subject <{subject}> ; rdf:predicate <{predicate}> . FILTER(?statement != <{iri}>)"

RUN = "SELECT ?run WHERE {{ {values} ?statement prov:wasGeneratedBy ?run }} ORDER BY ?run"


def statement(visit: Visit) -> Page:
    """One statement with all of its evidence, and what else is said between its ends."""
    iri = visit.snapshot.iri("statement", visit.request.path_params["slug"])
    found = _one(visit, statements(visit.snapshot, _only("statement", iri), visit.language, 1))
    others = statements(visit.snapshot, _beside(found), visit.language, 50)
    data = {
        "statement": found,
        "contradicting": [other for other in others if _contradicts(found, other)],
        "related": [other for other in others if not _contradicts(found, other)],
        "runs": _runs(visit, iri),
    }
    title = (
        f"{found.subject.name} – {found.label.text} – {found.object.name if found.object else found.value}"
    )
    documents = (visit.snapshot.iri("document", each.document) for each in found.evidence if each.document)
    drawn = {"structured": structured.claim(iri, title, documents)}
    return Page("statement.html", title, data, forms(f"/statement/{found.id}"), about=iri, drawn=drawn)


def _beside(found: Statement) -> str:
    if found.object:
        return RELATED.format(subject=found.subject.iri, object=found.object.iri, iri=found.iri)
    return SAME_DATE.format(subject=found.subject.iri, predicate=ess(found.predicate), iri=found.iri)


def _contradicts(one: Statement, other: Statement) -> bool:
    """Whether two statements of one relation can't both be so: one denies it, or they give two dates."""
    if one.predicate != other.predicate or one.subject != other.subject:
        return False
    if one.object is None:
        return one.value != other.value
    return "negated" in {one.modality, other.modality} and one.modality != other.modality


def _runs(visit: Visit, iri: str) -> list[str]:
    rows = select(visit.snapshot.project.store, RUN.format(values=values("statement", [iri])))
    return [text(row, "run") for row in rows]


def figure(visit: Visit) -> Page:
    """One figure with its evidence."""
    iri = visit.snapshot.iri("figure", visit.request.path_params["slug"])
    found = _one(visit, figures(visit.snapshot, _only("figure", iri), visit.language, 1))
    return Page(
        "figure.html", found.indicator.text, {"figure": found}, forms(f"/figure/{found.id}"), about=iri
    )


def quotation(visit: Visit) -> Page:
    """One quotation with its evidence."""
    iri = visit.snapshot.iri("quotation", visit.request.path_params["slug"])
    found = _one(visit, quotations(visit.snapshot, _only("quotation", iri), visit.language, 1))
    return Page(
        "quotation.html", found.speaker.name, {"quotation": found}, forms(f"/quotation/{found.id}"), about=iri
    )


def _only(variable: str, iri: str) -> str:
    return values(variable, [iri])


def _one(visit: Visit, found: list[Said]) -> Said:
    if not found:
        raise missing(visit.snapshot, "", visit.request.path_params["slug"])
    return found[0]
