"""The page of a document: its text, with the words that say something and the entities that it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, NamedTuple

from esskg.graph.rows import Row
from esskg.model import Block, BlockKind, Span
from esskg.server import structured
from esskg.server.evidence import Evidence
from esskg.server.links import forms
from esskg.server.missing import missing
from esskg.server.refs import Ref, refs
from esskg.server.rows import language, select, text
from esskg.server.site import Page, Visit
from esskg.server.statements import figures, quotations, statements
from esskg.server.terms import local_name

ABOUT = """
SELECT ?property ?value WHERE {{ <{iri}> ?property ?value }} ORDER BY ?property ?value"""

FIELDS = ("date", "publisher", "creator", "language", "license", "format", "characters", "file", "sha256")


class Proof(NamedTuple):
    """Evidence in the document, its number in the order of the text, and what it proves."""

    number: int
    evidence: Evidence
    kind: str
    """``statement``, ``figure`` or ``quotation``."""
    said: object


class Named(NamedTuple):
    """A mention of an entity in the document."""

    start: int
    end: int
    ref: Ref


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same evidence covers and that names the same entity."""

    text: str
    proofs: tuple[int, ...]
    """Numbers of the evidence that covers it."""
    opens: tuple[str, ...]
    """Ids of the evidence that begins here."""
    closes: tuple[int, ...]
    """Numbers of the evidence that ends here."""
    entity: Ref | None


class Shown(NamedTuple):
    """A block of the document, cut into segments."""

    kind: str
    level: int
    language: str
    bare: bool
    """Whether it is an item of a list whose text begins with a word: without a bullet of its own."""
    segments: tuple[Segment, ...]


def document(visit: Visit) -> Page:
    """One document with its text, metadata, evidence and mentions."""
    slug = visit.request.path_params["slug"]
    iri = visit.snapshot.iri("document", slug)
    about = select(visit.snapshot.project.store, ABOUT.format(iri=iri))
    if not about:
        raise missing(visit.snapshot, "document", slug)
    stored = visit.snapshot.project.index.document(slug)
    proofs = _proofs(visit, iri)
    named = _named(visit, stored.mentions)
    me = refs(visit.snapshot, [iri], visit.language)[iri]
    data: dict[str, Any] = {
        "document": me,
        "slug": slug,
        "metadata": _metadata(about),
        "sources": [text(row, "value") for row in about if local_name(text(row, "property")) == "source"],
        "proofs": proofs,
        "blocks": [_shown(stored.text, block, proofs, named) for block in stored.blocks],
        "entities": sorted({item.ref for item in named}, key=lambda ref: ref.name.casefold()),
    }
    told = {name: value for name, (value, _) in data["metadata"].items()}
    drawn = {"structured": structured.document(me, told, data["sources"], data["entities"])}
    return Page("document.html", me.name, data, forms(f"/document/{slug}"), about=iri, drawn=drawn)


def _metadata(about: Sequence[Row]) -> dict[str, tuple[str, str]]:
    found = {local_name(text(row, "property")): (text(row, "value"), language(row, "value")) for row in about}
    return {name: found[name] for name in FIELDS if name in found}


def _proofs(visit: Visit, iri: str) -> list[Proof]:
    """All evidence in the document, in the order of its text."""
    snapshot, wanted, slug = visit.snapshot, visit.language, local_name(iri)
    said = chain(
        (("statement", item) for item in statements(snapshot, f"?statement ess:document <{iri}> .", wanted)),
        (("figure", item) for item in figures(snapshot, f"?figure ess:document <{iri}> .", wanted)),
        (("quotation", item) for item in quotations(snapshot, f"?quotation ess:document <{iri}> .", wanted)),
    )
    here = [
        (evidence, kind, item)
        for kind, item in said
        for evidence in item.evidence  # type: ignore[attr-defined]
        if evidence.document == slug
    ]
    here.sort(key=lambda found: (found[0].start, found[0].end, found[0].id))
    return [Proof(number, *found) for number, found in enumerate(here, 1)]


def _named(visit: Visit, mentions: Iterable[tuple[int, int, str]]) -> list[Named]:
    listed = list(mentions)
    iris = {slug: visit.snapshot.iri("id", slug) for _, _, slug in listed}
    found = refs(visit.snapshot, iris.values(), visit.language)
    return [Named(start, end, found[iris[slug]]) for start, end, slug in listed]


def _shown(whole: str, block: Block, proofs: list[Proof], named: list[Named]) -> Shown:
    inside = [
        proof for proof in proofs if proof.evidence.start < block.end and proof.evidence.end > block.start
    ]
    names = [item for item in named if item.start < block.end and item.end > block.start]
    segments = cut(whole, block.start, block.end, inside, names)
    bare = block.kind is BlockKind.LIST_ITEM and whole[block.start : block.end].lstrip()[:1].isalpha()
    return Shown(block.kind, block.level, block.language, bare, tuple(segments))


def cut(whole: str, start: int, end: int, proofs: list[Proof], named: list[Named]) -> list[Segment]:
    """A stretch of text as segments: wherever evidence or a mention begins or ends, a new one begins."""
    spans = [(proof.evidence.start, proof.evidence.end) for proof in proofs]
    spans += [(item.start, item.end) for item in named]
    places = {place for span in spans for place in span if start < place < end}
    return [
        _segment(whole[one:next_], (one, next_), (start, end), proofs, named)
        for one, next_ in pairwise([start, *sorted(places), end])
    ]


def _segment(words: str, here: Span, block: Span, proofs: list[Proof], named: list[Named]) -> Segment:
    covering = [proof for proof in proofs if _covers(proof.evidence.start, proof.evidence.end, here)]
    names = [item for item in named if _covers(item.start, item.end, here)]
    longest = max(names, key=lambda item: item.end - item.start, default=None)
    return Segment(
        text=words,
        proofs=tuple(proof.number for proof in covering),
        opens=tuple(p.evidence.id for p in covering if max(p.evidence.start, block[0]) == here[0]),
        closes=tuple(p.number for p in covering if min(p.evidence.end, block[1]) == here[1]),
        entity=longest.ref if longest else None,
    )


def _covers(start: int, end: int, here: Span) -> bool:
    return start <= here[0] and here[1] <= end
