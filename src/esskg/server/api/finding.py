"""Search, and completion of what a person types."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from esskg.model import EntityType
from esskg.network.encodings import kind
from esskg.query.search import Hit
from esskg.server.api.models import Model
from esskg.server.api.operation import Call, Given, Operation
from esskg.server.refs import page_address

MOST = 100
"""Results of a search at most."""


class Wanted(Given):
    """What is looked for."""

    q: str = Field(default="", max_length=300)
    """Words of a name or of a document; accents and case don't matter, the last may be a beginning."""
    type: tuple[EntityType | Literal["Document"], ...] = ()
    """Only these types of entities; may be repeated."""


class Limited(Wanted):
    """What is looked for, and how much of it."""

    limit: int = Field(default=20, ge=1, le=MOST)
    """Results at most."""


class Found(Model):
    """An entity or a document that was found."""

    name: str
    slug: str
    type: str
    label: str
    """The type in words."""
    documents: int
    """How many documents mention the entity."""
    snippet: str
    """Words of the document around what was looked for."""
    iri: str
    href: str
    """The address of its page."""


class Hits(Model):
    """Results, best first."""

    query: str
    hits: list[Found]


class Suggestions(Model):
    """Entities that may be meant, best first."""

    suggestions: list[Found]


def search(call: Call, given: Limited) -> Hits:
    """Entities whose names match, then documents whose words do."""
    words = given.q.strip()
    hits = call.snapshot.project.index.search(words, types=given.type or None, limit=given.limit)
    return Hits(query=words, hits=[_found(call, hit) for hit in hits])


def complete(call: Call, given: Wanted) -> Suggestions:
    """Entities that a person who has typed so far may mean."""
    hits = call.snapshot.project.index.complete(given.q.strip(), types=given.type or None)
    return Suggestions(suggestions=[_found(call, hit) for hit in hits])


def _found(call: Call, hit: Hit) -> Found:
    iri = call.snapshot.iri("document" if hit.type == "Document" else "id", hit.slug)
    return Found(
        name=hit.label,
        slug=hit.slug,
        type=hit.type,
        label=kind(hit.type).name[call.language],
        documents=hit.documents,
        snippet=hit.snippet,
        iri=iri,
        href=page_address(call.snapshot, iri, call.language),
    )


OPERATIONS = (
    Operation("search", "/api/search", "Find entities and documents", Limited, Hits, search),
    Operation("complete", "/api/complete", "Complete a name", Wanted, Suggestions, complete),
)
