"""What is said, with the words that say it: statements, figures and quotations with their evidence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from esskg.graph.rows import Row
from esskg.server.evidence import Evidence, evidence
from esskg.server.refs import Ref, page_address, refs
from esskg.server.rows import language, number, select, text, values
from esskg.server.snapshot import Snapshot
from esskg.server.terms import Text, local_name

STATEMENTS = """
SELECT ?statement ?subject ?predicate ?object ?confidence ?state ?modality ?relation WHERE {{
  {selection}
  ?statement a ess:Statement ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    ess:confidence ?confidence ; ess:state ?state ; ess:modality ?modality .
  OPTIONAL {{ ?statement ess:relation ?relation }}
}} ORDER BY DESC(?confidence) ?statement LIMIT {limit}"""

ATTRIBUTES = """
SELECT ?owner ?property ?value WHERE {{
  {values}
  VALUES ?property {{ {properties} }}
  ?owner ?property ?value
}} ORDER BY ?owner ?property ?value"""

ATTRIBUTE_NAMES = ("role", "date", "amount", "currency", "amountText", "qualifier", "instrument")

FIGURES = """
SELECT ?figure ?indicator ?value ?unit ?qualifier ?about ?place ?source ?date ?confidence ?state WHERE {{
  {selection}
  ?figure a ess:Figure ; ess:indicator ?indicator ; ess:value ?value ; ess:unit ?unit ;
    ess:confidence ?confidence ; ess:state ?state .
  OPTIONAL {{ ?figure ess:qualifier ?qualifier }}
  OPTIONAL {{ ?figure ess:about ?about }}
  OPTIONAL {{ ?figure ess:place ?place }}
  OPTIONAL {{ ?figure ess:source ?source }}
  OPTIONAL {{ ?figure ess:date ?date }}
}} ORDER BY DESC(?date) ?indicator ?figure LIMIT {limit}"""

QUOTATIONS = """
SELECT ?quotation ?speaker ?text ?confidence ?state WHERE {{
  {selection}
  ?quotation a ess:Quotation ; ess:speaker ?speaker ; ess:text ?text ;
    ess:confidence ?confidence ; ess:state ?state
}} ORDER BY ?quotation LIMIT {limit}"""

MOST = 500
"""How many statements, figures or quotations a page shows."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement between two entities, or an entity and a date."""

    id: str
    iri: str
    href: str
    predicate: str
    """The property's local name."""
    label: Text
    """The property, read from its subject."""
    subject: Ref
    object: Ref | None
    value: str
    """The date, where the object is one."""
    confidence: float
    state: str
    modality: str
    attributes: dict[str, Text | None]
    """Each of ATTRIBUTE_NAMES, None where it isn't stated."""
    evidence: tuple[Evidence, ...]

    @property
    def holds(self) -> bool:
        """Whether it is asserted, and about what is so."""
        return self.state == "asserted" and self.modality == "holds"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit."""

    id: str
    iri: str
    href: str
    indicator: Text
    value: float
    unit: str
    qualifier: str
    about: Ref | None
    place: Ref | None
    source: Ref | None
    date: str
    confidence: float
    state: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words with their speaker."""

    id: str
    iri: str
    href: str
    speaker: Ref
    text: Text
    confidence: float
    state: str
    evidence: tuple[Evidence, ...]


def statements(snapshot: Snapshot, selection: str, wanted: str, limit: int = MOST) -> list[Statement]:
    """The statements that a graph pattern on ``?statement`` selects, the surest first."""
    rows = select(snapshot.project.store, STATEMENTS.format(selection=selection, limit=limit))
    owners = [text(row, "statement") for row in rows]
    known = _Known(
        refs(snapshot, _iris(snapshot, rows, "subject", "object"), wanted),
        _attributes(snapshot, [*owners, *_bound(rows, "relation")], wanted),
        evidence(snapshot, owners, wanted),
    )
    return [_statement(snapshot, row, known, wanted) for row in rows]


class _Known(NamedTuple):
    """What is known around some statements: their ends, attributes and evidence, by IRI."""

    ends: dict[str, Ref]
    attributes: dict[str, dict[str, Text]]
    proofs: dict[str, tuple[Evidence, ...]]


def _statement(snapshot: Snapshot, row: Row, known: _Known, wanted: str) -> Statement:
    iri, predicate, relation = text(row, "statement"), text(row, "predicate"), text(row, "relation")
    stated = {**known.attributes.get(iri, {}), **known.attributes.get(relation, {})}
    return Statement(
        id=local_name(iri),
        iri=iri,
        href=page_address(snapshot, iri, wanted),
        predicate=local_name(predicate),
        label=snapshot.terms.label(predicate, wanted),
        subject=known.ends[text(row, "subject")],
        object=known.ends.get(text(row, "object")),
        value=text(row, "object"),
        confidence=number(row, "confidence") or 0.0,
        state=local_name(text(row, "state")),
        modality=local_name(text(row, "modality")),
        attributes={name: stated.get(name) for name in ATTRIBUTE_NAMES},
        evidence=known.proofs.get(iri, ()),
    )


def _attributes(snapshot: Snapshot, owners: list[str], wanted: str) -> dict[str, dict[str, Text]]:
    found: dict[str, dict[str, Text]] = defaultdict(dict)
    if not owners:
        return found
    properties = " ".join(f"ess:{name}" for name in ATTRIBUTE_NAMES)
    query = ATTRIBUTES.format(values=values("owner", owners), properties=properties)
    for row in select(snapshot.project.store, query):
        name, value = local_name(text(row, "property")), text(row, "value")
        shown = Text(value, language(row, "value"))
        if name == "instrument":
            shown = snapshot.terms.label(value, wanted)
        elif name == "qualifier":
            shown = Text(local_name(value))
        found[text(row, "owner")].setdefault(name, shown)
    return found


def figures(snapshot: Snapshot, selection: str, wanted: str, limit: int = MOST) -> list[Figure]:
    """The figures that a graph pattern on ``?figure`` selects, the newest first."""
    rows = select(snapshot.project.store, FIGURES.format(selection=selection, limit=limit))
    ends = refs(snapshot, _iris(snapshot, rows, "about", "place", "source"), wanted)
    proofs = evidence(snapshot, [text(row, "figure") for row in rows], wanted)
    return [_figure(snapshot, row, ends, proofs, wanted) for row in rows]


def _figure(
    snapshot: Snapshot,
    row: Row,
    ends: dict[str, Ref],
    proofs: dict[str, tuple[Evidence, ...]],
    wanted: str,
) -> Figure:
    iri = text(row, "figure")
    return Figure(
        id=local_name(iri),
        iri=iri,
        href=page_address(snapshot, iri, wanted),
        indicator=Text(text(row, "indicator"), language(row, "indicator")),
        value=number(row, "value") or 0.0,
        unit=text(row, "unit"),
        qualifier=local_name(text(row, "qualifier")),
        about=ends.get(text(row, "about")),
        place=ends.get(text(row, "place")),
        source=ends.get(text(row, "source")),
        date=text(row, "date"),
        confidence=number(row, "confidence") or 0.0,
        state=local_name(text(row, "state")),
        evidence=proofs.get(iri, ()),
    )


def quotations(snapshot: Snapshot, selection: str, wanted: str, limit: int = MOST) -> list[Quotation]:
    """The quotations that a graph pattern on ``?quotation`` selects."""
    rows = select(snapshot.project.store, QUOTATIONS.format(selection=selection, limit=limit))
    speakers = refs(snapshot, _iris(snapshot, rows, "speaker"), wanted)
    proofs = evidence(snapshot, [text(row, "quotation") for row in rows], wanted)
    return [
        Quotation(
            id=local_name(text(row, "quotation")),
            iri=text(row, "quotation"),
            href=page_address(snapshot, text(row, "quotation"), wanted),
            speaker=speakers[text(row, "speaker")],
            text=Text(text(row, "text"), language(row, "text")),
            confidence=number(row, "confidence") or 0.0,
            state=local_name(text(row, "state")),
            evidence=proofs.get(text(row, "quotation"), ()),
        )
        for row in rows
    ]


def _bound(rows: list[Row], name: str) -> list[str]:
    return [text(row, name) for row in rows if name in row]


def _iris(snapshot: Snapshot, rows: list[Row], *names: str) -> list[str]:
    start = f"{snapshot.base}/"
    return [value for name in names for value in _bound(rows, name) if value.startswith(start)]
