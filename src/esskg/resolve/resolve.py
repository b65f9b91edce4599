"""From what each document says to what all say together, about entities of the project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from esskg.config import Thresholds
from esskg.model import Document, Entity, Extraction, Knowledge, Slug, Statement
from esskg.reference import Reference, statements
from esskg.resolve.decisions import Decisions
from esskg.resolve.entities import Describer
from esskg.resolve.identity import decide
from esskg.resolve.ids import PublishedIds
from esskg.resolve.known import Known
from esskg.resolve.languages import Languages
from esskg.resolve.link import Cluster, link
from esskg.resolve.local import locals_of
from esskg.resolve.merge import Merger
from esskg.resolve.slugs import Slugs


def resolve(  # noqa: PLR0913 - everything that a person gave or the stages before found
    documents: Iterable[Document],
    extractions: Iterable[Extraction],
    reference: Reference,
    *,
    ids: PublishedIds,
    decisions: Decisions,
    copies: Mapping[Slug, Slug],
    thresholds: Thresholds,
) -> Knowledge:
    """Everything that documents and reference say, resolved. A pure function of what it is given.

    The order of documents, extractions and decisions makes no difference. ``copies`` gives, for a document
    that copies another's text, the other. Every extraction must be of one of the documents.
    """
    by_slug = {document.slug: document for document in sorted(documents, key=lambda document: document.slug)}
    readings = tuple(sorted(extractions, key=lambda extraction: extraction.document))
    entities, redirects = _entities(by_slug, readings, reference, ids, decisions)
    links = {local.key: slug for slug, cluster in entities.items() for local in cluster.locals}
    merger = Merger(by_slug, readings, links, decisions=decisions, copies=copies, thresholds=thresholds)
    given = _given(reference, {cluster.key: slug for slug, cluster in entities.items() if cluster.key})
    describer = Describer(reference, Languages(by_slug), decisions)
    described = {slug: describer.entity(cluster, slug) for slug, cluster in entities.items()}
    return Knowledge(
        documents=tuple(by_slug.values()),
        entities=_with_ends(described, given, reference),
        statements=merger.statements(),
        figures=merger.figures(),
        quotations=merger.quotations(),
        reference_statements=given,
        extractions=readings,
        links=dict(sorted(links.items())),
        redirects=dict(sorted(redirects.items())),
        sources_of_copies=dict(sorted(copies.items())),
    )


def _entities(
    documents: Mapping[Slug, Document],
    extractions: Iterable[Extraction],
    reference: Reference,
    ids: PublishedIds,
    decisions: Decisions,
) -> tuple[dict[Slug, Cluster], dict[Slug, Slug]]:
    """Who is meant, by slug, and the slugs that lead to others now."""

    def is_key(slug: Slug) -> bool:
        return reference.entity(slug) is not None

    found = link(locals_of(documents, extractions, reference), Known(reference))
    proposed = Slugs(found, ids, is_key)
    clusters = decide(found, proposed, decisions, ids, documents)
    slugs = proposed if clusters is found else Slugs(clusters, ids, is_key)
    entities = dict(zip(slugs.of, clusters, strict=True))
    now = {local.key: slug for slug, cluster in entities.items() for local in cluster.locals}
    merged = {
        slug: now[cluster.locals[0].key]
        for slug, cluster in zip(proposed.of, found, strict=True)
        if slug not in entities
    }
    return entities, slugs.redirects | merged


def _given(reference: Reference, slugs: Mapping[Slug, Slug]) -> tuple[Statement, ...]:
    """What the reference states, with the slugs that its rows have in the project."""
    renamed = (
        replace(
            statement,
            subject=slugs.get(statement.subject, statement.subject),
            object=statement.object and slugs.get(statement.object, statement.object),
        )
        for statement in statements(reference)
    )
    return tuple(sorted(renamed, key=lambda statement: statement.id))


def _with_ends(
    described: dict[Slug, Entity], given: Iterable[Statement], reference: Reference
) -> tuple[Entity, ...]:
    """The entities of documents, and those that only the reference speaks of."""
    ends = {end for statement in given for end in (statement.subject, statement.object) if end}
    others = {slug: entity for slug in ends - described.keys() if (entity := reference.entity(slug))}
    entities = described | others
    return tuple(entities[slug] for slug in sorted(entities))
