"""What people decided about identities and statements: data of the project, applied and never written here.

A row names who and what by slug, and readings by document and quoted words, so that it survives merges and
rebuilds:

========== ============================== ============================================ =====================
kind       subject                        object                                       document, quote
========== ============================== ============================================ =====================
same       slug                           slug that is the same, or empty: the mention the mention's words
different  slug                           slug that is another, or empty: the mention  the mention's words
rename     slug                           the name, with ``@fr`` to say its language
retype     slug                           an entity type
reject     slug of the subject, or empty  slug or date of the value, or empty          the evidence's words
accept     the same                       the same                                     the same
========== ============================== ============================================ =====================

``reject`` and ``accept`` say in ``relation`` what is meant: a relation type, ``figure`` or ``quotation``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain
from pathlib import Path

from esskg.errors import RowError, TablesError
from esskg.model import DATED_RELATIONS, DecisionEvidence, EntityType, Knowledge, RelationType, Slug
from esskg.reference.tables import Row, read_table
from esskg.resolve.sets import DisjointSets

COLUMNS = ("kind", "subject", "relation", "object", "document", "quote", "who", "when", "why", "source")
FIGURE, QUOTATION = "figure", "quotation"
RELATIONS = frozenset({*map(str, RelationType), FIGURE, QUOTATION})
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

Node = Slug | tuple[Slug, str]
"""An entity by slug, or a mention by document and words."""


class DecisionKind(StrEnum):
    """What a person may decide."""

    SAME = "same"
    DIFFERENT = "different"
    REJECT = "reject"
    ACCEPT = "accept"
    RENAME = "rename"
    RETYPE = "retype"


_IDENTITY = {DecisionKind.SAME, DecisionKind.DIFFERENT}
_VERDICTS = {DecisionKind.REJECT, DecisionKind.ACCEPT}
_REQUIRED = {
    DecisionKind.SAME: ("subject",),
    DecisionKind.DIFFERENT: ("subject",),
    DecisionKind.REJECT: ("relation", "document", "quote"),
    DecisionKind.ACCEPT: ("relation", "document", "quote"),
    DecisionKind.RENAME: ("subject", "object"),
    DecisionKind.RETYPE: ("subject", "object"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of a decision table."""

    path: Path
    line: int
    kind: DecisionKind
    subject: str
    relation: str
    object: str
    document: Slug
    quote: str
    """Spaces folded."""
    who: str
    when: str
    why: str
    source: str | None

    @property
    def ends(self) -> tuple[Node, Node]:
        """The two that an identity decision is about."""
        return Slug(self.subject), Slug(self.object) if self.object else (self.document, self.quote)

    @property
    def evidence(self) -> DecisionEvidence:
        """The decision as what a statement rests on."""
        file = f"{self.path.parent.name}/{self.path.name}"
        return DecisionEvidence(file, self.line, self.who, self.when, self.why, self.source)

    def complaint(self, reason: str) -> RowError:
        """An error about this row."""
        return RowError(self.path, self.line, reason)


@dataclass(frozen=True)
class Decisions:
    """All decisions of a project, free of contradictions."""

    rows: tuple[Decision, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> Decisions:
        """Read every CSV file of a folder; a missing folder holds no decision.

        Raises TablesError with every row that can't be read, breaks a rule or contradicts another.
        """
        tables = [read_table(path, COLUMNS) for path in sorted(folder.glob("*.csv"))]
        found = list(chain.from_iterable(table.errors for table in tables))
        found += (error for table in tables for row in table.rows for error in _problems(table.path, row))
        if found:
            raise TablesError(found)
        rows = tuple(_typed(table.path, row) for table in tables for row in table.rows)
        if contradictions := list(_contradictions(rows)):
            raise TablesError(contradictions)
        return cls(rows)

    def of(self, *kinds: DecisionKind) -> list[Decision]:
        """The decisions of some kinds, in an order that doesn't depend on files and lines."""
        chosen = [row for row in self.rows if row.kind in kinds]
        return sorted(chosen, key=lambda row: (row.kind, row.subject, row.object, row.document, row.quote))

    def verdict(
        self, relation: str, document: Slug, words: str, subject: str | None, value: str | None
    ) -> Decision | None:
        """What was decided about a reading: of which relation, in which document, from which words."""
        for decision in self._verdicts.get((document, relation), ()):
            named = decision.subject in {"", subject} and decision.object in {"", value}
            if named and decision.quote in folded_spaces(words):
                return decision
        return None

    def unmatched(self, knowledge: Knowledge) -> list[RowError]:
        """The rows that name an entity, a document or words that are not there (any more)."""
        slugs = {entity.slug for entity in knowledge.entities} | knowledge.redirects.keys()
        texts = {document.slug: folded_spaces(document.text) for document in knowledge.documents}
        return [row.complaint(reason) for row in self.rows if (reason := _mismatch(row, slugs, texts))]

    @cached_property
    def _verdicts(self) -> dict[tuple[Slug, str], list[Decision]]:
        """By document and relation, those that name both ends first."""
        found: dict[tuple[Slug, str], list[Decision]] = defaultdict(list)
        for decision in sorted(self.of(*_VERDICTS), key=lambda row: (not row.subject) + (not row.object)):
            found[decision.document, decision.relation].append(decision)
        return found


def folded_spaces(text: str) -> str:
    """A text with single spaces, as quotes are compared."""
    return " ".join(text.split())


def _typed(path: Path, row: Row) -> Decision:
    return Decision(
        path=path,
        line=row.line,
        kind=DecisionKind(row["kind"]),
        subject=row["subject"],
        relation=row["relation"],
        object=row["object"],
        document=Slug(row["document"]),
        quote=folded_spaces(row["quote"]),
        who=row["who"],
        when=row["when"],
        why=row["why"],
        source=row.optional("source"),
    )


def _problems(path: Path, row: Row) -> Iterator[RowError]:
    if row["kind"] not in set(DecisionKind):
        yield RowError(path, row.line, f"kind {row['kind']!r}: not one of {', '.join(DecisionKind)}")
        return
    kind = DecisionKind(row["kind"])
    required = (*_REQUIRED[kind], "who", "when", "why")
    if empty := [column for column in required if not row[column]]:
        yield RowError(path, row.line, f"{kind} needs: {', '.join(empty)}")
    if row["when"] and not _DAY.fullmatch(row["when"]):
        yield RowError(path, row.line, f"when {row['when']!r}: not a day as 2024-05-31")
    if kind in _IDENTITY and bool(row["object"]) == bool(row["document"] and row["quote"]):
        yield RowError(path, row.line, f"{kind} needs either an object or a document with a quote")
    if kind in _VERDICTS and row["relation"] and row["relation"] not in RELATIONS:
        wanted = ", ".join(sorted(RELATIONS))
        yield RowError(path, row.line, f"relation {row['relation']!r}: not one of {wanted}")
    if kind is DecisionKind.RETYPE and row["object"] and row["object"] not in set(EntityType):
        yield RowError(path, row.line, f"object {row['object']!r}: not one of {', '.join(EntityType)}")


def _mismatch(row: Decision, slugs: set[Slug], texts: Mapping[Slug, str]) -> str | None:
    named = (
        [row.subject] if row.kind in {DecisionKind.RENAME, DecisionKind.RETYPE} else [row.subject, row.object]
    )
    if row.relation in DATED_RELATIONS:
        named = [row.subject]
    for slug in filter(None, named):
        if slug not in slugs:
            return f"there is no entity {slug!r}"
    if row.document and row.document not in texts:
        return f"there is no document {row.document!r}"
    if row.quote and row.quote not in texts.get(row.document, ""):
        return f"{row.document} doesn't hold the words {row.quote!r}"
    return None


def _contradictions(rows: tuple[Decision, ...]) -> Iterator[RowError]:
    yield from _same_and_different(rows)
    for group in _groups(rows):
        first, *others = group
        for other in others:
            if _said(other) != _said(first):
                yield other.complaint(f"contradicts {_place(first)}")


def _same_and_different(rows: tuple[Decision, ...]) -> Iterator[RowError]:
    """Two said to be different that other rows, one or several together, make the same."""
    sets: DisjointSets[Node] = DisjointSets()
    united = [row for row in rows if row.kind is DecisionKind.SAME]
    for row in united:
        sets.unite(*row.ends)
    for row in rows:
        first, second = row.ends
        if row.kind is DecisionKind.DIFFERENT and sets.find(first) == sets.find(second):
            chain_ = [other for other in united if sets.find(other.ends[0]) == sets.find(first)]
            direct = [other for other in chain_ if set(other.ends) == {first, second}]
            yield row.complaint(f"said to be the same in {'; '.join(map(_place, direct or chain_))}")


def _groups(rows: tuple[Decision, ...]) -> Iterable[list[Decision]]:
    """Rows that must say the same, because they are about the same."""
    groups: dict[tuple[str, ...], list[Decision]] = defaultdict(list)
    for row in rows:
        if row.kind in _VERDICTS:
            groups["verdict", row.subject, row.relation, row.object, row.document, row.quote].append(row)
        elif row.kind is DecisionKind.RENAME:
            groups[row.kind, row.subject, row.object.rpartition("@")[2]].append(row)
        elif row.kind is DecisionKind.RETYPE:
            groups[row.kind, row.subject].append(row)
    return groups.values()


def _said(row: Decision) -> str:
    return row.kind if row.kind in _VERDICTS else row.object


def _place(row: Decision) -> str:
    return f"{row.path}, line {row.line}"
