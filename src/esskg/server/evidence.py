"""Where something was read: words of a document, rows of tables, decisions of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from esskg.server.refs import page_address
from esskg.server.rows import Row, number, select, text, values
from esskg.server.snapshot import Snapshot
from esskg.server.terms import local_name

EVIDENCE = """
SELECT * WHERE {{
  {values}
  ?owner ess:evidence ?evidence .
  OPTIONAL {{
    ?evidence oa:hasSource ?document ; oa:hasSelector ?quote, ?position ;
      ess:rule ?rule ; ess:confidence ?confidence .
    ?quote oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix .
    ?position oa:start ?start ; oa:end ?end .
    OPTIONAL {{ ?document dcterms:title ?title }}
    OPTIONAL {{ ?document dcterms:date ?date }}
    OPTIONAL {{ ?document dcterms:language ?language }}
  }}
  OPTIONAL {{ ?evidence ess:file ?file ; ess:row ?row }}
  OPTIONAL {{ ?evidence ess:column ?column }}
  OPTIONAL {{ ?evidence dcterms:source ?source }}
  OPTIONAL {{ ?evidence ess:reason ?reason }}
  OPTIONAL {{ ?evidence dcterms:date ?decided }}
  OPTIONAL {{ ?evidence prov:wasAttributedTo/rdfs:label ?who }}
}} ORDER BY ?owner ?date ?document ?start ?evidence"""


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
    listed = list(owners)
    found: dict[str, dict[str, Evidence]] = defaultdict(dict)
    if listed:
        for row in select(snapshot.project.store, EVIDENCE.format(values=values("owner", listed))):
            item = _evidence(snapshot, row, wanted)
            found[text(row, "owner")].setdefault(item.id, item)
    return {owner: tuple(items.values()) for owner, items in found.items()}


def _evidence(snapshot: Snapshot, row: Row, wanted: str) -> Evidence:
    return _passage(snapshot, row, wanted) if "document" in row else _record(row)


def _passage(snapshot: Snapshot, row: Row, wanted: str) -> Evidence:
    id_, document = local_name(text(row, "evidence")), text(row, "document")
    return Evidence(
        id=id_,
        kind="text",
        href=f"{page_address(snapshot, document, wanted)}#ev-{id_}",
        document=local_name(document),
        title=text(row, "title") or local_name(document),
        date=text(row, "date"),
        language=text(row, "language"),
        exact=text(row, "exact"),
        prefix=text(row, "prefix"),
        suffix=text(row, "suffix"),
        start=int(text(row, "start")),
        end=int(text(row, "end")),
        rule=text(row, "rule"),
        confidence=number(row, "confidence") or 0.0,
    )


def _record(row: Row) -> Evidence:
    return Evidence(
        id=local_name(text(row, "evidence")),
        kind="decision" if "reason" in row else "cell",
        href="",
        date=text(row, "decided"),
        file=text(row, "file"),
        row=text(row, "row"),
        column=text(row, "column"),
        source=text(row, "source"),
        reason=text(row, "reason"),
        who=text(row, "who"),
    )
