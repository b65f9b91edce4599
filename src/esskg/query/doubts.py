"""Statements that wait for a person's decision, those first that matter most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log2

from esskg.graph.rows import Row, rows
from esskg.graph.store import Store
from esskg.model import Slug
from esskg.vocab import ESS, VOCABULARY

_WAITING = f"""
SELECT ?statement ?subject ?predicate ?object ?confidence ?modality WHERE {{
  ?statement ess:state <{VOCABULARY}state/review> ; rdf:subject ?subject ; rdf:predicate ?predicate ;
    rdf:object ?object ; ess:confidence ?confidence ; ess:modality ?modality .
}}"""
_PASSAGES = """
SELECT ?statement ?document ?title ?date ?language ?prefix ?exact ?suffix ?rule WHERE {{
  VALUES ?statement {{ {iris} }}
  ?statement ess:evidence ?evidence .
  ?evidence oa:hasSource ?document ; oa:hasSelector ?quote ; ess:rule ?rule .
  ?quote oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix .
  OPTIONAL {{ ?document dcterms:title ?title }}
  OPTIONAL {{ ?document dcterms:date ?date }}
  OPTIONAL {{ ?document dcterms:language ?language }}
}} ORDER BY ?statement ?document ?exact"""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that a statement was read from."""

    document: Slug
    title: str
    date: str
    language: str
    prefix: str
    exact: str
    suffix: str
    rule: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A statement to be reviewed."""

    id: str
    subject: str
    """A slug."""
    relation: str
    object: str
    """A slug, or a date."""
    dated: bool
    modality: str
    confidence: float
    weight: float
    """How much it matters: its confidence times how well its ends are linked (log2 of their statements)."""
    passages: tuple[Passage, ...] = ()


def doubts(store: Store, base: str) -> list[Doubt]:
    """All statements to be reviewed, without their passages; those that matter most first."""
    links = _links(store)
    found = [_doubt(row, base, links) for row in rows(store, _WAITING)]
    return sorted(found, key=lambda doubt: (-doubt.weight, doubt.id))


def passages(store: Store, base: str, ids: Iterable[str]) -> dict[str, tuple[Passage, ...]]:
    """The words that some statements (by id) were read from."""
    iris = " ".join(f"<{base}/statement/{id_}>" for id_ in ids)
    found: defaultdict[str, list[Passage]] = defaultdict(list)
    for row in rows(store, _PASSAGES.format(iris=iris)):
        texts = (
            _text(row, name) for name in ("title", "date", "language", "prefix", "exact", "suffix", "rule")
        )
        passage = Passage(Slug(_last(row, "document")), *texts)
        found[_last(row, "statement")].append(passage)
    return {id_: tuple(each) for id_, each in found.items()}


def _links(store: Store) -> Counter[str]:
    """How many statements each entity is in."""
    counts: Counter[str] = Counter()
    for end in ("rdf:subject", "rdf:object"):
        pattern = f"?statement {end} ?end ; a ess:Statement"
        for row in rows(store, f"SELECT ?end (COUNT(*) AS ?count) WHERE {{ {pattern} }} GROUP BY ?end"):
            counts[row["end"].value] += int(row["count"].value)
    return counts


def _doubt(row: Row, base: str, links: Counter[str]) -> Doubt:
    confidence = float(row["confidence"].value)
    subject, object_ = row["subject"].value, row["object"].value
    dated = hasattr(row["object"], "datatype")
    return Doubt(
        id=_last(row, "statement"),
        subject=subject.removeprefix(f"{base}/id/"),
        relation=row["predicate"].value.removeprefix(ESS),
        object=object_.removeprefix(f"{base}/id/"),
        dated=dated,
        modality=_last(row, "modality"),
        confidence=confidence,
        weight=round(confidence * log2(1 + links[subject] + links[object_]), 4),
    )


def _text(row: Row, name: str) -> str:
    return str(row[name].value) if name in row else ""


def _last(row: Row, name: str) -> str:
    """The last part of an IRI."""
    return _text(row, name).rpartition("/")[2]
