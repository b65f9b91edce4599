"""The page of measures: each with what it means, what it doesn't, and its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from esskg.errors import EsskgError
from esskg.model import RelationType
from esskg.network import encodings
from esskg.network.projections import Projection, projection_of, projections
from esskg.network.table import Cell, Table
from esskg.server.problems import Problem
from esskg.server.site import Page, Visit
from esskg.server.snapshot import Service
from esskg.vocab import ess

SHOWN = 20
"""Rows of each measure on the page; the JSON twin and the CSV files have all."""

NAMED = {"entity": "label", "other_entity": "other_label", "funder_entity": "funder"}
"""Columns of identifiers, and the column beside each that names the entity."""
TYPES = frozenset(("type", "other_type", "funder_type", "from", "to"))


class Shown(NamedTuple):
    """A cell as a reader sees it."""

    text: str
    href: str = ""
    type: str = ""
    """An EntityType, to be shown as its badge."""
    number: bool = False


class Section(NamedTuple):
    """One measure, ready to be shown."""

    table: Table
    headings: list[str]
    rows: list[list[Shown]]
    csv: str
    """The address of all rows."""


def analysis(visit: Visit) -> Page:
    """Centralities, brokers, communities, flows of money: of the whole network or of a projection."""
    name = visit.asked("projection")
    chosen = _projection(name)
    tables = visit.snapshot.measures(visit.language, name)
    title = visit.words("analysis.title")
    if chosen:
        title = f"{title} – {chosen.title[visit.language]}"
    if visit.request.url.path.endswith(".json"):
        about = {"projection": chosen.to_json() if chosen else None}
        return Page("", title, about | {"tables": [table.to_json() for table in tables]})
    data = {
        "projection": chosen,
        "projections": projections().values(),
        "sections": [_section(visit, table, name) for table in tables],
        "shown": SHOWN,
    }
    return Page("analysis.html", title, data)


def _projection(name: str) -> Projection | None:
    """The projection asked for; none for the whole. Raises Problem where there is none of that name."""
    try:
        return projection_of(name) if name else None
    except EsskgError as error:
        raise Problem(404, str(error)) from error


# --- sections -------------------------------------------------------------------------------------------


def _section(visit: Visit, table: Table, projection: str) -> Section:
    shown = [column for column in table.columns if column not in NAMED]
    titles = dict(zip(table.columns, table.headings(visit.language), strict=True))
    asked = f"?{urlencode({'projection': projection})}" if projection else ""
    return Section(
        table,
        [titles[column] for column in shown],
        [list(_cells(visit, record, shown)) for record in table.records()[:SHOWN]],
        f"/{visit.language}/analysis/{table.name}.csv{asked}",
    )


def _cells(visit: Visit, record: dict[str, Cell], shown: list[str]) -> Iterator[Shown]:
    slugs = {name: record[slug] for slug, name in NAMED.items() if record.get(slug)}
    for column in shown:
        value = record[column]
        if column in slugs:
            yield Shown(str(value), f"/{visit.language}/entity/{slugs[column]}")
        elif column in TYPES and value:
            yield Shown("", type=str(value))
        elif isinstance(value, str):
            yield Shown(_words(visit, column, value))
        else:
            yield Shown("–" if value is None else visit.words.figure(value), number=True)


def _words(visit: Visit, column: str, value: str) -> str:
    """What a name of the program says in the reader's language."""
    if column == "relation" and value in set(RelationType):
        return visit.snapshot.terms.label(ess(value), visit.language).text
    if column == "worlds":
        pairs = (pair.split(" – ") for pair in value.split(", ") if pair)
        return ", ".join(
            " – ".join(encodings.kind(each).name[visit.language] for each in pair) for pair in pairs
        )
    if column in {"relation", "side", "measure"}:
        key = value or "all"
        return visit.words(f"measured.{key}") if visit.words.has(f"measured.{key}") else value
    return value


# --- files ----------------------------------------------------------------------------------------------


def as_csv(request: Request) -> Response:
    """All rows of one measure."""
    service: Service = request.app.state.service
    name, projection = request.path_params["name"], request.query_params.get("projection", "")
    _projection(projection)
    measures = service.current().measures(request.path_params["language"], projection)
    tables = {table.name: table for table in measures}
    if name not in tables:
        raise Problem(404, f"no measure {name!r} of this network; there are {', '.join(tables)}")
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "Access-Control-Allow-Origin": "*",
    }
    return Response(tables[name].to_csv(), media_type="text/csv", headers=headers)


def routes() -> list[BaseRoute]:
    """Where measures can be taken away."""
    return [Route("/{language:language}/analysis/{name:name}.csv", as_csv)]
