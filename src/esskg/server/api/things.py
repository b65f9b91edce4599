"""Entities, what is around and between them, and documents, each with the words that say it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from esskg.model import EntityType, RelationType, Slug
from esskg.network.paths import Chain, Step, chains
from esskg.network.projection import project
from esskg.server.api.models import Figure, Model, Named, Quotation, Statement, Words
from esskg.server.api.operation import NAME, Call, Given, Operation
from esskg.server.missing import missing
from esskg.server.pages.entity import FIGURES, QUOTATIONS, SAID
from esskg.server.refs import page_address, refs
from esskg.server.rows import select, text
from esskg.server.statements import figures, quotations, statements

LINES = 800
"""Lines of a neighbourhood at most."""
TITLES = """
SELECT ?property ?value WHERE {{
  VALUES ?property {{ dcterms:date dcterms:language dcterms:license dcterms:source dcterms:publisher }}
  <{iri}> ?property ?value
}} ORDER BY ?property ?value"""
NAMES = """
SELECT ?name ?document WHERE {{
  {{ <{iri}> rdfs:label|skos:altLabel ?name }} UNION {{ <{iri}> ess:mentionedIn ?document }}
}} ORDER BY ?name ?document"""


class EntityCard(Model):
    """All that is said of an entity."""

    entity: Named
    names: list[Words]
    """Its names and aliases in all languages."""
    statements: list[Statement]
    figures: list[Figure]
    quotations: list[Quotation]
    documents: list[Named]
    """Those that mention it."""


def entity(call: Call, _: Given) -> EntityCard:
    """An entity with its statements, figures and quotations."""
    snapshot, slug = call.snapshot, _slug(call, call.path["slug"])
    iri = snapshot.iri("id", slug)
    rows = select(snapshot.project.store, NAMES.format(iri=iri))
    documents = refs(snapshot, (text(row, "document") for row in rows if "document" in row), call.language)
    return EntityCard(
        entity=Named.of(refs(snapshot, [iri], call.language)[iri]),
        names=[
            Words(text=row["name"].value, language=getattr(row["name"], "language", "") or "")
            for row in rows
            if "name" in row
        ],
        **_said(call, SAID.format(iri=iri), FIGURES.format(iri=iri), QUOTATIONS.format(iri=iri)),
        documents=[Named.of(each) for each in documents.values()],
    )


def _said(call: Call, stated: str, counted: str, quoted: str) -> dict[str, Any]:
    """The statements, figures and quotations that three graph patterns select."""
    at = call.snapshot, call.language
    return {
        "statements": [Statement.of(each) for each in statements(at[0], stated, at[1])],
        "figures": [Figure.of(each) for each in figures(at[0], counted, at[1])],
        "quotations": [Quotation.of(each) for each in quotations(at[0], quoted, at[1])],
    }


def _slug(call: Call, name: str) -> Slug:
    """The slug in an address, that of the entity which took its place where it was merged."""
    index = call.snapshot.project.index
    if (slug := index.known(name)) is None:
        raise missing(call.snapshot, "id", name)
    return slug


# --- what is around an entity -------------------------------------------------------------------------


class Around(Given):
    """How far to look."""

    depth: int = Field(default=1, ge=1, le=3)
    """Steps from the entity."""
    relation: tuple[RelationType, ...] = ()
    """Only these relations; may be repeated."""
    type: tuple[EntityType, ...] = ()
    """Only entities of these types; may be repeated."""
    limit: int = Field(default=LINES, ge=1, le=LINES)
    """Lines at most, the surest first."""


class Sentence(Model):
    """The words that say it, and where they stand."""

    text: str
    document: str
    """The IRI of the document, or the source that a table names."""
    title: str
    date: str


class Line(Model):
    """A statement that links two entities."""

    id: str
    subject: str
    """A slug."""
    relation: str
    label: str
    object: str
    """A slug."""
    confidence: float
    sentences: list[Sentence]


class Network(Model):
    """Entities and the statements that link them."""

    entities: list[Named]
    lines: list[Line]
    total: int
    """How many lines there are, those left out included."""


def neighbourhood(call: Call, given: Around) -> Network:
    """What is linked to an entity, as far as some steps."""
    found = project(
        call.snapshot.project.store,
        base=call.snapshot.base,
        around=[_slug(call, call.path["slug"])],
        depth=given.depth,
        relations=given.relation or None,
        types=given.type or None,
        language=call.language,
    )
    lines = sorted(found.edges(data=True), key=lambda edge: (-edge[2]["confidence"], edge[2]["id"]))
    shown = [_line(call, *edge) for edge in lines[: given.limit]]
    ends = dict.fromkeys(end for line in shown for end in (line.subject, line.object))
    return Network(
        entities=[_node(call, key, found.nodes[key]) for key in ends], lines=shown, total=len(lines)
    )


def _node(call: Call, key: str, data: dict[str, Any]) -> Named:
    return Named(
        iri=data["iri"],
        slug=key,
        name=data["label"],
        language=data["label_language"],
        type=data["type"],
        page=page_address(call.snapshot, data["iri"], call.language),
    )


def _line(call: Call, subject: str, object_: str, data: dict[str, Any]) -> Line:
    return Line(
        id=data["id"],
        subject=subject,
        relation=data["relation"],
        label=data[f"label_{call.language}"],
        object=object_,
        confidence=data["confidence"],
        sentences=[
            Sentence(text=each.text, document=each.iri, title=each.title, date=each.date)
            for each in data["evidence"]
        ],
    )


# --- what is between two entities ---------------------------------------------------------------------


class Between(Given):
    """The two ends."""

    start: str = NAME
    """A name, slug or IRI."""
    end: str = NAME
    """A name, slug or IRI."""
    most: int = Field(default=5, ge=1, le=20)
    """Paths at most, the shortest first."""
    longest: int = Field(default=6, ge=1, le=8)
    """Steps at most."""


class Path(Model):
    """A chain of statements from one entity to another, the direction of statements ignored."""

    entities: list[Named]
    """Those passed, ends included."""
    steps: list[list[Line]]
    """For each step the statements that link the two, the surest first."""


class Paths(Model):
    """The shortest paths."""

    paths: list[Path]


def path(call: Call, given: Between) -> Paths:
    """The shortest chains of asserted statements between two entities."""
    index, network = call.snapshot.project.index, call.snapshot.network(call.language)
    start, end = index.slug(given.start), index.slug(given.end)
    if start not in network or end not in network:
        return Paths(paths=[])
    found = chains(network, start, end, most=given.most, longest=given.longest)
    return Paths(paths=[_path(call, chain) for chain in found])


def _path(call: Call, chain: Chain) -> Path:
    network = call.snapshot.network(call.language)
    return Path(
        entities=[_node(call, key, network.nodes[key]) for key in chain.nodes],
        steps=[_step(call, step) for step in chain.steps],
    )


def _step(call: Call, step: Step) -> list[Line]:
    network = call.snapshot.network(call.language)
    return [
        _line(call, each.subject, each.object, network.edges[each.subject, each.object, each.id])
        for each in step.statements
    ]


# --- documents ----------------------------------------------------------------------------------------


class DocumentCard(Model):
    """A document, and what was read from which of its words."""

    document: Named
    metadata: dict[str, list[str]]
    """Date, language, licence, sources and publisher, as far as they are known."""
    text: str
    """What all offsets count in."""
    statements: list[Statement]
    figures: list[Figure]
    quotations: list[Quotation]


def document(call: Call, _: Given) -> DocumentCard:
    """A document with its text and all that was read from it."""
    snapshot, slug = call.snapshot, call.path["slug"]
    iri = snapshot.iri("document", slug)
    rows = select(snapshot.project.store, TITLES.format(iri=iri))
    if not rows:
        raise missing(snapshot, "document", slug)
    metadata: dict[str, list[str]] = {}
    for row in rows:
        metadata.setdefault(text(row, "property").rsplit("/", 1)[-1], []).append(text(row, "value"))
    patterns = (f"?{kind} ess:document <{iri}> ." for kind in ("statement", "figure", "quotation"))
    return DocumentCard(
        document=Named.of(refs(snapshot, [iri], call.language)[iri]),
        metadata=metadata,
        text=snapshot.project.index.document(slug).text,
        **_said(call, *patterns),
    )


OPERATIONS = (
    Operation(
        "entity", "/api/entity/{slug}", "All that is said of an entity", Given, EntityCard, entity, (404, 410)
    ),
    Operation(
        "neighbourhood",
        "/api/entity/{slug}/neighbourhood",
        "What is linked to an entity",
        Around,
        Network,
        neighbourhood,
        (404, 410),
    ),
    Operation("path", "/api/path", "How two entities are linked", Between, Paths, path, (404, 409)),
    Operation(
        "document",
        "/api/document/{slug}",
        "A document and what it says",
        Given,
        DocumentCard,
        document,
        (404,),
    ),
)
