"""What the graph says about links, entities and evidence, read with SPARQL in batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from esskg.graph.rows import Row, rows
from esskg.graph.store import Store
from esskg.vocab import VOCABULARY

BATCH = 1000
"""IRIs named in one query: few round trips, and no query longer than servers take."""

_LINKS = f"""
SELECT DISTINCT ?statement ?subject ?predicate ?object ?confidence ?state WHERE {{
  VALUES_HERE
  ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; a ess:Statement ;
    ess:state ?state ; ess:modality <{VOCABULARY}modality/holds> ; ess:confidence ?confidence .
  FILTER(isIRI(?object)) FILTER(STATES_HERE)
}}"""
_ASSERTED = f"?state = <{VOCABULARY}state/asserted>"
_OR_IN_REVIEW = f"{_ASSERTED} || ?state = <{VOCABULARY}state/review>"

_ATTRIBUTES = """
SELECT ?statement ?date ?role ?amount ?currency ?qualifier ?instrument WHERE {
  VALUES_HERE
  OPTIONAL { ?statement ess:relation ?relation }
  BIND(COALESCE(?relation, ?statement) AS ?holder)
  OPTIONAL { ?holder ess:date ?date }
  OPTIONAL { ?holder ess:role ?role }
  OPTIONAL { ?holder ess:amount ?amount ; ess:currency ?currency }
  OPTIONAL { ?holder ess:qualifier ?qualifier }
  OPTIONAL { ?holder ess:instrument ?instrument }
}"""

_TEXTS = """
SELECT ?statement ?evidence ?text ?prefix ?suffix ?iri ?title ?date ?language WHERE {
  VALUES_HERE
  ?statement ess:evidence ?evidence .
  ?evidence oa:hasSource ?iri ; oa:hasSelector ?quote .
  ?quote oa:exact ?text .
  OPTIONAL { ?quote oa:prefix ?prefix }
  OPTIONAL { ?quote oa:suffix ?suffix }
  OPTIONAL { ?iri dcterms:title ?title }
  OPTIONAL { ?iri dcterms:date ?date }
  OPTIONAL { ?iri dcterms:language ?language }
}"""

_ROWS = """
SELECT ?statement ?evidence ?text ?iri ?file ?row ?column ?who ?date WHERE {
  VALUES_HERE
  ?statement ess:evidence ?evidence .
  ?evidence ess:file ?file ; ess:row ?row .
  OPTIONAL { ?evidence ess:column ?column }
  OPTIONAL { ?evidence ess:reason ?text }
  OPTIONAL { ?evidence prov:wasAttributedTo/rdfs:label ?who }
  OPTIONAL { ?evidence dcterms:date ?date }
  OPTIONAL { ?evidence dcterms:source ?iri }
}"""

_TYPES = "SELECT ?entity ?type WHERE { VALUES_HERE ?entity a ?type }"
_LABELS = "SELECT ?entity ?label WHERE { VALUES_HERE ?entity rdfs:label|dcterms:title ?label }"
_DOCUMENTS = """
SELECT ?entity (COUNT(DISTINCT ?document) AS ?documents)
WHERE { VALUES_HERE ?entity ess:mentionedIn ?document }
GROUP BY ?entity"""
_COUNTRIES = "SELECT ?entity ?country WHERE { VALUES_HERE ?entity ess:country ?country }"
_REPLACED = "SELECT ?entity ?now WHERE { VALUES_HERE ?entity dcterms:isReplacedBy+ ?now }"

Label = tuple[str, str]
"""Words and their language (BCP 47, empty where it isn't known)."""


class Link(NamedTuple):
    """A statement between two entities (all are IRIs), or without one a line that a query drew."""

    subject: str
    object: str
    predicate: str | None = None
    statement: str | None = None
    confidence: float | None = None
    state: str | None = None
    """``asserted`` or ``review``."""

    @property
    def bare(self) -> Link:
        """The same line without the statement behind it."""
        return Link(self.subject, self.object, self.predicate)


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """Evidence as an edge carries it: the words, and where they stand."""

    title: str
    """Of the document; of a table or a decision the file and the row."""
    date: str
    text: str
    """The words of the document, or why it was decided; empty for a cell of a table."""
    prefix: str
    suffix: str
    iri: str
    """The document, or the source that a table or a decision names; empty where it names none."""
    id: str
    """The IRI of the evidence."""
    language: str
    """Of the words (BCP 47); empty where it isn't known."""


class Source:
    """Reads links, entities and evidence from a store: of statements those that are asserted and, where
    wanted, those still to be reviewed."""

    def __init__(self, store: Store, *, review: bool = False) -> None:
        self._store = store
        self._linked = _LINKS.replace("STATES_HERE", _OR_IN_REVIEW if review else _ASSERTED)

    # --- links ---

    def links(self, *, predicates: Iterable[str] | None = None) -> list[Link]:
        """All statements between two entities, or those of some predicates."""
        values = "" if predicates is None else _values("predicate", predicates)
        return self._links(values)

    def links_at(self, entities: Iterable[str], ends: Iterable[str] = ("subject", "object")) -> list[Link]:
        """The statements at one of whose ends (both, or the named ones) an entity stands."""
        found: dict[Link, None] = {}
        for batch in _batches(entities):
            for end in ends:
                found.update(dict.fromkeys(self._links(_values(end, batch))))
        return list(found)

    def links_of(self, statements: Iterable[str]) -> list[Link]:
        """The given statements, as far as they are wanted and link two entities."""
        return [link for batch in _batches(statements) for link in self._links(_values("statement", batch))]

    def links_between(self, pairs: Iterable[tuple[str, str]]) -> list[Link]:
        """The statements from the first to the second entity of a pair."""
        wanted = set(pairs)
        at_subjects = self.links_at({subject for subject, _ in wanted}, ends=("subject",))
        return [link for link in at_subjects if (link.subject, link.object) in wanted]

    def _links(self, values: str) -> list[Link]:
        return [
            Link(
                row["subject"].value,
                row["object"].value,
                row["predicate"].value,
                row["statement"].value,
                float(row["confidence"].value),
                row["state"].value.rpartition("/")[2],
            )
            for row in self._rows(self._linked, values)
        ]

    # --- what hangs on statements ---

    def attributes(self, statements: Iterable[str]) -> dict[str, dict[str, str]]:
        """Date, role, amount, currency, qualifier and instrument of statements, where they have them."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for row in self._about("statement", statements, _ATTRIBUTES):
            values = {name: term.value for name, term in row.items() if name != "statement"}
            found[row["statement"].value].update(values)
        return found

    def citations(self, statements: Iterable[str]) -> dict[str, tuple[Citation, ...]]:
        """The evidence of statements."""
        wanted = list(statements)
        found: defaultdict[str, dict[str, Citation]] = defaultdict(dict)
        for citation, statement in self._cited(wanted):
            best = found[statement].setdefault(citation.id, citation)
            found[statement][citation.id] = min(best, citation)
        return {statement: tuple(sorted(by_id.values())) for statement, by_id in found.items()}

    def _cited(self, statements: list[str]) -> Iterator[tuple[Citation, str]]:
        for row in self._about("statement", statements, _TEXTS):
            yield _citation(row, title=_text(row, "title")), row["statement"].value
        for row in self._about("statement", statements, _ROWS):
            line = f"{_text(row, 'file')}:{_text(row, 'row')}"
            place = filter(None, (line, _text(row, "column"), _text(row, "who")))
            yield _citation(row, title=", ".join(place)), row["statement"].value

    # --- entities ---

    def entities(self) -> list[str]:
        """All that documents mention."""
        rows = self._rows(
            "SELECT DISTINCT ?entity WHERE { VALUES_HERE ?entity ess:mentionedIn ?document }", ""
        )
        return [row["entity"].value for row in rows]

    def types(self, entities: Iterable[str]) -> dict[str, set[str]]:
        """The IRIs of the classes of entities."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row in self._about("entity", entities, _TYPES):
            found[row["entity"].value].add(row["type"].value)
        return found

    def labels(self, resources: Iterable[str]) -> dict[str, set[Label]]:
        """The names of entities, the titles of documents, the labels of properties."""
        found: defaultdict[str, set[Label]] = defaultdict(set)
        for row in self._about("entity", resources, _LABELS):
            found[row["entity"].value].add(
                (row["label"].value, getattr(row["label"], "language", None) or "")
            )
        return found

    def documents(self, entities: Iterable[str]) -> dict[str, int]:
        """How many documents mention each entity."""
        rows = self._about("entity", entities, _DOCUMENTS)
        return {row["entity"].value: int(row["documents"].value) for row in rows}

    def countries(self, entities: Iterable[str]) -> dict[str, str]:
        """The country (ISO 3166) of each entity that has one."""
        rows = self._about("entity", entities, _COUNTRIES)
        return {row["entity"].value: row["country"].value for row in rows}

    def replacements(self, entities: Iterable[str]) -> dict[str, str]:
        """The entity that stands now for each one that was merged away."""
        rows = self._about("entity", entities, _REPLACED)
        return {row["entity"].value: row["now"].value for row in rows}

    # --- SPARQL ---

    def _about(self, variable: str, iris: Iterable[str], query: str) -> Iterator[Row]:
        for batch in _batches(iris):
            yield from self._rows(query, _values(variable, batch))

    def _rows(self, query: str, values: str) -> Iterator[Row]:
        return rows(self._store, query.replace("VALUES_HERE", values))


def _batches(iris: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(set(iris))
    return (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))


def _values(variable: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def _text(row: Row, name: str) -> str:
    return row[name].value if name in row else ""


def _citation(row: Row, title: str) -> Citation:
    fields = (
        _text(row, name) for name in ("date", "text", "prefix", "suffix", "iri", "evidence", "language")
    )
    return Citation(title, *fields)
