"""Diagrams of the ontology as SVG: which properties lead from what to what, and which class lies below which.

Boxes stand in rows and columns in the order of the labels: the same ontology gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from esskg.vocab import ESS

Row = tuple[str, str, str]
"""From what, by which property, to what, as labels."""

_ROW, _BOX, _GAP = 34, 200, 230


def relations(terms: Graph, language: str) -> str:
    """The properties between things, from domain to range."""
    return _svg(sorted(_rows(terms, language)))


def _rows(terms: Graph, language: str) -> Iterator[Row]:
    for property_ in sorted(terms.subjects(RDF.type, OWL.ObjectProperty)):
        ends = (terms.value(property_, end) for end in (RDFS.domain, RDFS.range))
        one, other = (_label(terms, end, language) for end in ends)
        if str(property_).startswith(ESS) and one and other:
            yield one, _label(terms, property_, language), other


def _label(terms: Graph, term: Node | None, language: str) -> str:
    labels = {label.language: str(label) for label in terms.objects(term, RDFS.label)} if term else {}
    return labels.get(language, "")


def _svg(rows: list[Row]) -> str:
    width, height = 2 * _BOX + _GAP + 20, _ROW * len(rows) + 20
    parts = "".join(_row(row, 10 + _ROW * place) for place, row in enumerate(rows))
    arrow = (
        '<marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    )
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" class="diagram">'
        f'<defs>{arrow}<path d="M0 0 8 4 0 8z" fill="currentColor"/></marker></defs>{parts}</svg>'
    )


def _row(row: Row, top: int) -> str:
    one, property_, other = row
    middle, start, end = top + _ROW // 2 - 4, 10 + _BOX, 10 + _BOX + _GAP
    return (
        f"{_box(one, 10, top)}{_box(other, end, top)}"
        f'<path d="M{start} {middle}H{end}" stroke="currentColor" marker-end="url(#tip)"/>'
        f'<text x="{start + _GAP // 2}" y="{middle - 4}" text-anchor="middle">{escape(property_)}</text>'
    )


def _box(label: str, left: int, top: int) -> str:
    return (
        f'<rect x="{left}" y="{top}" width="{_BOX}" height="{_ROW - 8}" rx="4" '
        'fill="none" stroke="currentColor"/>'
        f'<text x="{left + _BOX // 2}" y="{top + 17}" text-anchor="middle">{escape(label)}</text>'
    )


def classes(terms: Graph, top: URIRef, language: str) -> str:
    """The classes below one, each indented under the one above it and joined to it by a line."""
    lines = list(_below(terms, top, language, 0))
    parts = "".join(_branch(line, place, lines) for place, line in enumerate(lines))
    return f'<svg viewBox="0 0 640 {24 * len(lines) + 10}" role="img" class="diagram">{parts}</svg>'


def _below(terms: Graph, class_: Node, language: str, depth: int) -> Iterator[tuple[int, str]]:
    yield depth, _label(terms, class_, language)
    for below in sorted(
        each for each in terms.subjects(RDFS.subClassOf, class_) if str(each).startswith(ESS)
    ):
        yield from _below(terms, below, language, depth + 1)


def _branch(line: tuple[int, str], place: int, lines: list[tuple[int, str]]) -> str:
    depth, label = line
    left, middle = 10 + 28 * depth, 24 * place + 18
    text = f'<text x="{left + 6}" y="{middle + 4}">{escape(label)}</text>'
    if depth == 0:
        return text
    above = max(other for other in range(place) if lines[other][0] == depth - 1)
    path = f"M{left - 14} {24 * above + 26}V{middle}H{left}"
    return f'<path d="{path}" fill="none" stroke="currentColor"/>{text}'
