"""Where something was read: words of a document, rows of tables, decisions of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from esskg.server.refs import page_address
from esskg.server.rows import number, select, text, values
from esskg.server.snapshot import Snapshot
from esskg.server.terms import local_name

# Each query joins from its owners on; Oxigraph evaluates a bracketed OPTIONAL over the whole graph.
PASSAGES = """
SELECT ?owner ?evidence ?document ?exact ?prefix ?suffix ?start ?end ?rule ?confidence WHERE {{
  {values}
  ?owner ess:evidence ?evidence .
  ?evidence oa:hasSource ?document ; ess:rule ?rule ; ess:confidence ?confidence ; oa:hasSelector ?quote .
  ?quote oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix .
  ?evidence oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
}}"""

DOCUMENTS = """
SELECT ?document ?property ?value WHERE {{
  {values}
  VALUES ?property {{ dcterms:title dcterms:date dcterms:language }}
  ?document ?property ?value
}} ORDER BY ?document ?property ?value"""

RECORDS = """
SELECT ?owner ?evidence ?property ?value ?who WHERE {{
  {values}
  ?owner ess:evidence ?evidence .
  ?evidence ess:file ?file ; ?property ?value .
  OPTIONAL {{ ?value rdfs:label ?who }}
}} ORDER BY ?owner ?evidence ?property ?value"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something was read: words of a document, a row of a table, or a person's decision."""

    id: str
    kind: str
    """``text``, ``cell`` or ``decision``."""
    href: str
    """The place in the document; empty for a row or a decision."""
    document: str = ""
    title: str = ""
    date: str = ""
    language: str = ""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    end: int = 0
    rule: str = ""
    confidence: float = 1.0
    file: str = ""
    row: str = ""
    column: str = ""
    source: str = ""
    reason: str = ""
    who: str = ""


def evidence(snapshot: Snapshot, owners: Iterable[str], wanted: str) -> dict[str, tuple[Evidence, ...]]:
    """The evidence of statements, figures or quotations, the oldest document first."""
    block = values("owner", owners)
    found: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for owner, item in (*_passages(snapshot, block, wanted), *_records(snapshot, block)):
        found[owner].setdefault(item.id, item)
    return {owner: tuple(sorted(items.values(), key=_order)) for owner, items in found.items()}


def _order(item: Evidence) -> tuple[str, str, int, str]:
    return item.date, item.document, item.start, item.id


def _passages(snapshot: Snapshot, block: str, wanted: str) -> Iterator[tuple[str, Evidence]]:
    rows = select(snapshot.project.store, PASSAGES.format(values=block))
    documents = _documents(snapshot, [text(row, "document") for row in rows])
    for row in rows:
        id_, document = local_name(text(row, "evidence")), text(row, "document")
        about = documents[document]
        yield (
            text(row, "owner"),
            Evidence(
                id=id_,
                kind="text",
                href=f"{page_address(snapshot, document, wanted)}#ev-{id_}",
                document=local_name(document),
                title=about.get("title", local_name(document)),
                date=about.get("date", ""),
                language=about.get("language", ""),
                exact=text(row, "exact"),
                prefix=text(row, "prefix"),
                suffix=text(row, "suffix"),
                start=int(text(row, "start")),
                end=int(text(row, "end")),
                rule=text(row, "rule"),
                confidence=number(row, "confidence") or 0.0,
            ),
        )


def _documents(snapshot: Snapshot, iris: list[str]) -> dict[str, dict[str, str]]:
    """Title, date and language of some documents."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in select(snapshot.project.store, DOCUMENTS.format(values=values("document", iris))):
        found[text(row, "document")].setdefault(local_name(text(row, "property")), text(row, "value"))
    return found


def _records(snapshot: Snapshot, block: str) -> Iterator[tuple[str, Evidence]]:
    """Rows of tables and decisions of people."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in select(snapshot.project.store, RECORDS.format(values=block)):
        about = found[text(row, "owner"), local_name(text(row, "evidence"))]
        about.setdefault(local_name(text(row, "property")), text(row, "who") or text(row, "value"))
    for (owner, id_), about in found.items():
        yield (
            owner,
            Evidence(
                id=id_,
                kind="decision" if "reason" in about else "cell",
                href="",
                date=about.get("date", ""),
                file=about.get("file", ""),
                row=about.get("row", ""),
                column=about.get("column", ""),
                source=about.get("source", ""),
                reason=about.get("reason", ""),
                who=about.get("wasAttributedTo", ""),
            ),
        )
