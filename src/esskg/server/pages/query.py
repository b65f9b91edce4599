"""The page of questions: the catalogue with its parameters, an editor, and results as a table."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeAlias
from urllib.parse import urlencode

from esskg.errors import QueryError
from esskg.model import EntityType
from esskg.query.formats import GRAPHS, TABLES
from esskg.server.answers import Answer, Job
from esskg.server.problems import Problem
from esskg.server.questions import Question, asked, questions
from esskg.server.refs import Ref, refs
from esskg.server.remedy import remedy
from esskg.server.site import Page, Visit

SHOWN = 500
"""Rows on the page; downloads hold more."""
EXAMPLE = """\
SELECT ?funder ?recipient ?sentence WHERE {
  ?statement rdf:subject ?funder ; rdf:predicate ess:finances ; rdf:object ?recipient ;
    ess:evidence/oa:hasSelector/oa:exact ?sentence .
} LIMIT 20"""
RESERVED = frozenset(("query", "name"))

Cell: TypeAlias = "dict[str, str] | None"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of a query, as the page shows it."""

    kind: str
    """``table``, ``truth`` or ``graph``."""
    count: int
    seconds: float
    truncated: bool
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    """Bindings as in the SPARQL JSON results; None where a variable is unbound."""
    truth: bool = False
    turtle: str = ""


async def query(visit: Visit) -> Page:
    """A question of the catalogue, or one's own, with its results."""
    known = questions(visit.snapshot, visit.language)
    chosen = _chosen(known, visit.asked("name"))
    given = {
        name: value for name, value in visit.request.query_params.items() if name not in RESERVED and value
    }
    entered = _entered(visit, chosen, given) if chosen else {}
    sparql, outcome, problem = visit.asked("query"), None, None
    try:
        sparql = sparql or (
            asked(visit.snapshot, chosen.name, entered) if chosen and entered is not None else ""
        )
        outcome = await _run(visit, sparql) if sparql else None
    except (QueryError, Problem) as error:
        problem = _told(visit, error)
    data = {
        "chosen": chosen,
        "entered": entered or {},
        "query": sparql,
        "outcome": outcome,
        "problem": problem,
    }
    title = chosen.title if chosen else visit.words("query.title")
    status = problem["status"] if problem else 200
    return Page("query.html", title, data, status=status, drawn=_drawn(visit, known, sparql, outcome))


def _chosen(known: list[Question], name: str) -> Question | None:
    chosen = next((question for question in known if question.name == name), None)
    if name and chosen is None:
        near = get_close_matches(name, [question.name for question in known])
        titles = {question.name: question.title for question in known if question.name in near}
        raise Problem(
            404, f"The catalogue has no question {name!r}.", question=name, questions=titles or None
        )
    return chosen


def _entered(visit: Visit, chosen: Question, given: dict[str, str]) -> dict[str, str] | None:
    """What was entered; at first, values that show at once what a question answers.

    None where nothing was entered and this project knows nothing of the question's examples.
    """
    spoken = {field.name: visit.language for field in chosen.fields if field.type == "language"}
    if given:
        return spoken | given
    examples = {field.name: field.value for field in chosen.fields if field.value} | spoken
    try:
        asked(visit.snapshot, chosen.name, examples)
    except QueryError:
        return None
    return examples


async def _run(visit: Visit, sparql: str) -> Outcome:
    limits = visit.service.limits
    start = time.perf_counter()
    job = Job(sparql, "json", "json", "ttl", min(SHOWN, limits.rows), limits.size)
    answer = await visit.service.run(visit.request, job)
    return _outcome(answer, time.perf_counter() - start)


def _outcome(answer: Answer, seconds: float) -> Outcome:
    cut = answer.truncated is not None
    if answer.kind == "graph":
        return Outcome("graph", answer.rows, seconds, cut, turtle=answer.body.decode())
    found = json.loads(answer.body)
    if answer.kind == "truth":
        return Outcome("truth", 1, seconds, cut, truth=found["boolean"])
    columns = tuple(found["head"]["vars"])
    rows = tuple(tuple(row.get(name) for name in columns) for row in found["results"]["bindings"])
    return Outcome("table", answer.rows, seconds, cut, columns, rows)


def _told(visit: Visit, error: QueryError | Problem) -> dict[str, Any]:
    if isinstance(error, Problem):
        return {
            "status": error.status_code,
            "detail": error.detail,
            "line": None,
            "column": None,
            "candidates": (),
        } | error.members
    told = remedy(visit, error)
    detail = error.reason if error.line is not None else told.detail
    place = {"line": error.line, "column": error.column}
    return {"status": 400, "detail": detail, "candidates": told.candidates} | place


def _drawn(visit: Visit, known: list[Question], sparql: str, outcome: Outcome | None) -> dict[str, Any]:
    formats = GRAPHS if outcome and outcome.kind == "graph" else TABLES
    downloads = {
        format.name: "/sparql?" + urlencode({"query": sparql, "format": format.name}) for format in formats
    }
    return {
        "catalogue": known,
        "example": EXAMPLE,
        "downloads": downloads if outcome and outcome.kind != "truth" else {},
        "named": (named := _named(visit, outcome)),
        "drawable": outcome is not None and any(_joins(row, named) for row in outcome.rows),
        "hidden": _named_twice(outcome, {*named, *(term.iri for term in visit.snapshot.terms)}),
        "limits": visit.service.limits,
        "shown": SHOWN,
        "completions": [
            [f"ess:{term.name}", term.label(visit.language).text]
            for term in visit.snapshot.terms
            if term.kind in {"class", "property"} and term.ours
        ],
    }


def _named(visit: Visit, outcome: Outcome | None) -> dict[str, Ref]:
    """What the IRIs in the results are called, for those of the project."""
    cells = (cell for row in outcome.rows for cell in row) if outcome else ()
    start = f"{visit.snapshot.base}/"
    iris = [
        cell["value"] for cell in cells if cell and cell["type"] == "uri" and cell["value"].startswith(start)
    ]
    return refs(visit.snapshot, iris, visit.language)


def _joins(row: tuple[Cell, ...], named: dict[str, Ref]) -> bool:
    """Whether a row names two entities, so that a drawing can link them."""
    return (
        sum(
            1
            for cell in row
            if cell and cell["value"] in named and named[cell["value"]].type in {*EntityType}
        )
        > 1
    )


def _named_twice(outcome: Outcome | None, known: set[str]) -> set[int]:
    """Columns that hold another's names, as the catalogue calls them, where that one is shown by name."""
    if outcome is None:
        return set()
    return {
        outcome.columns.index(f"{name}Label")
        for place, name in enumerate(outcome.columns)
        if f"{name}Label" in outcome.columns
        and all(cell["value"] in known for row in outcome.rows if (cell := row[place]))
    }
