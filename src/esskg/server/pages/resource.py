"""The page of what has none of its own, such as a run or a row of the reference: its properties."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from esskg.graph.rows import Row
from esskg.server.links import forms
from esskg.server.missing import missing
from esskg.server.problems import Problem
from esskg.server.refs import Ref, page_address, refs
from esskg.server.rows import language, select, text
from esskg.server.site import Page, Visit
from esskg.server.terms import Text

MOST = 1000
"""Values that are shown."""
PROPERTIES = """
SELECT DISTINCT ?property ?value WHERE {{
  {{ <{iri}> ?property ?value }} UNION {{ GRAPH ?graph {{ <{iri}> ?property ?value }} }}
}} ORDER BY ?property ?value LIMIT {most}"""
SIZE = "SELECT (COUNT(*) AS ?count) WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"


class Value(NamedTuple):
    """A value of a property: words, or what they link to."""

    text: Text
    href: str


def resource(visit: Visit) -> Page:
    """All properties of one resource, whatever graph they stand in."""
    kind, name = (visit.request.path_params[part] for part in ("kind", "name"))
    iri = visit.snapshot.iri(kind, name)
    rows = select(visit.snapshot.project.store, PROPERTIES.format(iri=iri, most=MOST))
    if not rows:
        raise missing(visit.snapshot, kind, name)
    data = {"iri": iri, "properties": _properties(visit, rows), "triples": None}
    return Page("resource.html", f"{kind}/{name}", data, forms(f"/{kind}/{name}"), about=iri)


def _properties(visit: Visit, rows: list[Row]) -> list[tuple[Text, list[Value]]]:
    values = [text(row, "value") for row in rows]
    start = f"{visit.snapshot.base}/"
    named = refs(visit.snapshot, (value for value in values if value.startswith(start)), visit.language)
    found: dict[str, list[Value]] = defaultdict(list)
    for row in rows:
        found[text(row, "property")].append(_value(visit, row, named))
    return [(visit.snapshot.terms.label(iri, visit.language), values) for iri, values in found.items()]


def _value(visit: Visit, row: Row, named: dict[str, Ref]) -> Value:
    value, tag = text(row, "value"), language(row, "value")
    if value in named:
        address = page_address(visit.snapshot, value, visit.language)
        return Value(Text(named[value].name, named[value].language), address)
    term = visit.snapshot.terms.get(value)
    if term.kind:
        return Value(term.label(visit.language), f"/{visit.language}/ontology#{term.anchor}")
    return Value(Text(value, tag), value if value.startswith(("https://", "http://")) else "")


def graph(visit: Visit) -> Page:
    """A named graph: how large it is, and where its RDF is."""
    name = visit.request.path_params["name"]
    iri = visit.snapshot.iri("graph", name)
    rows = select(visit.snapshot.project.store, SIZE.format(iri=iri))
    count = int(text(rows[0], "count"))
    if not count:
        raise Problem(404, f"There is no graph {name!r}.")
    data = {"iri": iri, "properties": [], "triples": count}
    return Page("resource.html", f"graph/{name}", data, forms(f"/graph/{name}"), about=iri)
