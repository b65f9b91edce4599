"""A resolved sector of any size: entities of every type, relations of every kind, each with its sentence."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count, takewhile

from esskg.model import (
    DATED_RELATIONS,
    Amount,
    Block,
    BlockKind,
    Document,
    Entity,
    EntityType,
    Figure,
    Knowledge,
    Metadata,
    Modality,
    Name,
    Qualifier,
    Quotation,
    RelationType,
    Slug,
    State,
    Statement,
    TextEvidence,
)

_T, _R = EntityType, RelationType
SUBTYPES: dict[EntityType, tuple[str, ...]] = {
    _T.PUBLIC_BODY: ("Ministry", "Municipality", "PublicAgency"),
    _T.FINANCIAL_INSTITUTION: ("CreditUnion", "SolidarityFund", "EthicalBank"),
    _T.SOCIAL_ECONOMY_ENTERPRISE: ("WorkerCooperative", "Association", "HousingCooperative"),
    _T.NETWORK: ("Federation", "DevelopmentPole", "TradeUnion"),
    _T.INTERGOVERNMENTAL_BODY: ("UNAgency", "UNProgramme"),
    _T.RESEARCH_BODY: ("ResearchCentre", "ResearchNetwork"),
    _T.OTHER_ORGANIZATION: ("Company", "Media"),
    _T.EVENT: ("Forum", "Symposium", "Summit"),
    _T.POLICY_INSTRUMENT: ("Law", "Programme", "ActionPlan"),
}
SHARES = (
    *(_T.SOCIAL_ECONOMY_ENTERPRISE,) * 6,
    *(_T.PERSON,) * 4,
    *(_T.NETWORK, _T.PUBLIC_BODY, _T.PLACE, _T.EVENT) * 2,
    *(_T.FINANCIAL_INSTITUTION, _T.RESEARCH_BODY, _T.OTHER_ORGANIZATION, _T.INTERGOVERNMENTAL_BODY),
    _T.POLICY_INSTRUMENT,
)
"""Entities by type, about as in the shipped corpus."""

ENDS: tuple[tuple[RelationType, EntityType, EntityType | None], ...] = (
    (_R.FINANCES, _T.FINANCIAL_INSTITUTION, _T.SOCIAL_ECONOMY_ENTERPRISE),
    (_R.ORGANIZES, _T.NETWORK, _T.EVENT),
    (_R.PARTICIPATES_IN, _T.PERSON, _T.EVENT),
    (_R.PARTNERS_WITH, _T.SOCIAL_ECONOMY_ENTERPRISE, _T.RESEARCH_BODY),
    (_R.MEMBER_OF, _T.SOCIAL_ECONOMY_ENTERPRISE, _T.NETWORK),
    (_R.HAS_ROLE, _T.PERSON, _T.PUBLIC_BODY),
    (_R.SUB_ORGANIZATION_OF, _T.PUBLIC_BODY, _T.INTERGOVERNMENTAL_BODY),
    (_R.ADOPTS, _T.PUBLIC_BODY, _T.POLICY_INSTRUMENT),
    (_R.SUPPORTS, _T.NETWORK, _T.POLICY_INSTRUMENT),
    (_R.LOCATED_IN, _T.SOCIAL_ECONOMY_ENTERPRISE, _T.PLACE),
    (_R.LOCATED_IN, _T.PLACE, _T.PLACE),
    (_R.FOUNDED_IN, _T.SOCIAL_ECONOMY_ENTERPRISE, None),
    (_R.HELD_ON, _T.EVENT, None),
)
STATES = (State.ASSERTED,) * 3 + (State.REVIEW,)
PER_STATEMENT = 42
"""Triples of the default graph that come with one statement; measured."""


def sector(triples: int, seed: int = 2023) -> Knowledge:
    """A sector of about that many triples in the default graph, before reasoning."""
    chooser, statements = random.Random(seed), triples // PER_STATEMENT
    entities = tuple(_entities(statements // 2, chooser))
    documents = tuple(_document(number) for number in range(max(1, statements // 15)))
    by_type = {type_: [each.slug for each in entities if each.type is type_] for type_ in EntityType}
    return Knowledge(
        documents,
        entities,
        tuple(_statements(statements, by_type, documents, chooser)),
        tuple(_figure(number, by_type, documents, chooser) for number in range(statements // 8)),
        tuple(_quotation(number, by_type, documents, chooser) for number in range(statements // 20)),
    )


def _entities(number: int, chooser: random.Random) -> Iterator[Entity]:
    for place in range(max(number, 2 * len(SHARES))):
        type_ = SHARES[place % len(SHARES)]
        slug, names = Slug(f"{type_.value.lower()}-{place}"), (Name(f"{type_.value} {place}", "fr"),)
        subtype = chooser.choice(SUBTYPES[type_]) if type_ in SUBTYPES else None
        yield Entity(slug, type_, names, subtype=subtype, country=chooser.choice(("CA", "FR", None)))


def _document(number: int) -> Document:
    text = f"Document {number}."
    metadata = Metadata(title=text, date="2023-05-04", language="fr", sources=("https://example.org/a",))
    blocks = (Block(0, len(text), BlockKind.PARAGRAPH, "fr"),)
    return Document(Slug(f"fr-{number}"), text, blocks, metadata, f"fr-{number}.txt", "text/plain", "0" * 64)


def _statements(
    number: int,
    entities: dict[EntityType, list[Slug]],
    documents: tuple[Document, ...],
    chooser: random.Random,
) -> Iterator[Statement]:
    seen: set[str] = set()
    for place in takewhile(lambda _: len(seen) < number, count()):
        made = _statement(place, entities, documents, chooser)
        if made.id not in seen and made.subject != made.object:
            seen.add(made.id)
            yield made


def _statement(
    place: int,
    entities: dict[EntityType, list[Slug]],
    documents: tuple[Document, ...],
    chooser: random.Random,
) -> Statement:
    type_, one, other = ENDS[place % len(ENDS)]
    # Places lie in places named before them, so that no circle makes every place lie in every other.
    subject = chooser.randrange(len(entities[one]))
    objects = (
        entities[other][: subject // 8 + 1] if other is one is _T.PLACE else entities[other] if other else []
    )
    evidence = tuple(_evidence(place, chooser.choice(documents)) for _ in range(chooser.choice((1, 1, 2))))
    return Statement(
        type_,
        entities[one][subject],
        chooser.choice(objects) if objects else None,
        evidence,
        round(chooser.uniform(0.5, 1), 2),
        chooser.choice(STATES),
        chooser.choice((Modality.HOLDS,) * 9 + (Modality.PLANNED,)),
        date=str(chooser.randrange(1990, 2024)) if type_ in DATED_RELATIONS or place % 3 == 0 else None,
        role="directrice" if type_ is _R.HAS_ROLE else None,
        amount=Amount(1000.0 * chooser.randrange(1, 999), "CAD") if type_ is _R.FINANCES else None,
    )


def _evidence(place: int, document: Document) -> TextEvidence:
    words = f"La phrase numéro {place} de ce document dit qui fait quoi avec qui."
    return TextEvidence(document.slug, place, place + len(words), words, "Avant. ", " Après.", "verb", 0.9)


def _figure(
    number: int,
    entities: dict[EntityType, list[Slug]],
    documents: tuple[Document, ...],
    chooser: random.Random,
) -> Figure:
    evidence = (_evidence(number, chooser.choice(documents)),)
    about = chooser.choice(entities[_T.NETWORK])
    return Figure(
        "nombre de membres",
        "fr",
        float(number),
        "count",
        Qualifier.EXACT,
        evidence,
        0.9,
        State.ASSERTED,
        about=about,
    )


def _quotation(
    number: int,
    entities: dict[EntityType, list[Slug]],
    documents: tuple[Document, ...],
    chooser: random.Random,
) -> Quotation:
    evidence = (_evidence(number, chooser.choice(documents)),)
    speaker = chooser.choice(entities[_T.PERSON])
    return Quotation(speaker, f"Parole {number}", "fr", evidence, 0.9, State.ASSERTED)
