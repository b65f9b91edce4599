"""A small invented sector, resolved: two documents, every type of entity, every kind of evidence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from esskg.graph import build
from esskg.graph.store import Store, memory_store
from esskg.model import (
    Amount,
    Block,
    BlockKind,
    CellEvidence,
    DecisionEvidence,
    Document,
    Entity,
    EntityType,
    Evidence,
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

BASE = "https://example.org/kg"

ONTOLOGY = """
@prefix ess: <https://w3id.org/esskg/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ess:finances rdfs:label "finance"@fr, "finances"@en . ess:organizes rdfs:label "organise"@fr, "organizes"@en .
"""

FRENCH = Slug("rives-fr")
ENGLISH = Slug("rives-en")

TEXTS = {
    FRENCH: (
        "Le Fonds du Fleuve finance le Forum des Rives à hauteur de plus de 300 000 dollars canadiens. "
        "La Coopérative des Trois-Ponts a reçu 45 000 dollars du Fonds du Fleuve en 2022. "
        "Le ministère de l'Économie sociale organise le Forum des Rives avec le Réseau Confluence. "
        "La Coopérative des Trois-Ponts et la Mutuelle Amarrage sont membres du Réseau Confluence. "
        "Le ministère de l'Économie sociale a adopté la Stratégie des Rives. "
        "Anne Lavigne est directrice générale du Fonds du Fleuve. "
        "Le Forum des Rives s'est tenu à Port-Rive le 3 mai 2023. "
        "Le ministère de l'Économie sociale ne finance pas la Mutuelle Amarrage. "
        "Le Fonds du Fleuve pourrait appuyer la Mutuelle Amarrage. "
        "Le Réseau Confluence compte plus de 120 membres à Port-Rive. "
        "« Nos rives appartiennent à tous », dit Anne Lavigne."
    ),
    ENGLISH: (
        "The Interagency Group on Rivers took part in the Rives Forum. "
        "Confluence Network is a partner of the Interagency Group on Rivers. "
        "Confluence Network works with the University of Port-Rive. "
        "The Fleuve Fund finances Trois-Ponts Cooperative with 12,000 euros. "
        "The Atelier Nord Cooperative bought Imprimerie Sud."
    ),
}

_T, _R = EntityType, RelationType
ENTITIES: tuple[tuple[str, EntityType, str, str | None], ...] = (
    ("fonds-du-fleuve", _T.FINANCIAL_INSTITUTION, "Fonds du Fleuve", "Fleuve Fund"),
    ("forum-des-rives", _T.EVENT, "Forum des Rives", "Rives Forum"),
    ("trois-ponts", _T.SOCIAL_ECONOMY_ENTERPRISE, "Coopérative des Trois-Ponts", "Trois-Ponts Cooperative"),
    ("amarrage", _T.SOCIAL_ECONOMY_ENTERPRISE, "Mutuelle Amarrage", None),
    ("ministere", _T.PUBLIC_BODY, "Ministère de l'Économie sociale", None),
    ("confluence", _T.NETWORK, "Réseau Confluence", "Confluence Network"),
    ("groupe-rivieres", _T.INTERGOVERNMENTAL_BODY, "Groupe interinstitutions sur les rivières", None),
    ("universite", _T.RESEARCH_BODY, "Université de Port-Rive", "University of Port-Rive"),
    ("anne-lavigne", _T.PERSON, "Anne Lavigne", None),
    ("strategie", _T.POLICY_INSTRUMENT, "Stratégie des Rives", None),
    ("port-rive", _T.PLACE, "Port-Rive", None),
    ("atelier-nord", _T.SOCIAL_ECONOMY_ENTERPRISE, "Atelier Nord", None),
    ("imprimerie-sud", _T.OTHER_ORGANIZATION, "Imprimerie Sud", None),
    ("isolee", _T.NETWORK, "Fédération isolée", None),
)


def document(slug: Slug, text: str, language: str, title: str) -> Document:
    blocks = (Block(0, len(text), BlockKind.PARAGRAPH, language),)
    metadata = Metadata(title=title, date="2023-05-04", language=language, sources=("https://example.org/a",))
    return Document(slug, text, blocks, metadata, f"{slug}.txt", "text/plain", "0" * 64)


def words(slug: Slug, start: str, confidence: float = 0.9) -> TextEvidence:
    """The sentence of a document that starts so."""
    text = TEXTS[slug]
    begin = text.index(start)
    end = text.index(".", begin) + 1
    before, after = text[max(0, begin - 32) : begin], text[end : end + 32]
    return TextEvidence(slug, begin, end, text[begin:end], before, after, "test", confidence)


def statement(
    subject: str, type_: RelationType, object_: str | None, *evidence: Evidence, **more: Any
) -> Statement:
    values: dict[str, Any] = {"confidence": 0.9, "state": State.ASSERTED} | more
    return Statement(type_, Slug(subject), Slug(object_) if object_ else None, evidence, **values)


def statements() -> tuple[Statement, ...]:
    grant = words(FRENCH, "Le Fonds du Fleuve finance")
    received = words(FRENCH, "La Coopérative des Trois-Ponts a reçu")
    convened = words(FRENCH, "Le ministère de l'Économie sociale organise")
    members = words(FRENCH, "La Coopérative des Trois-Ponts et")
    return (
        statement(
            "fonds-du-fleuve",
            _R.FINANCES,
            "forum-des-rives",
            grant,
            amount=Amount(300_000, "CAD", Qualifier.MORE_THAN, "300 000 dollars canadiens"),
        ),
        statement(
            "fonds-du-fleuve",
            _R.FINANCES,
            "trois-ponts",
            received,
            words(ENGLISH, "The Fleuve Fund"),
            amount=Amount(45_000, "CAD"),
            date="2022",
        ),
        statement("fonds-du-fleuve", _R.SUPPORTS, "trois-ponts", received),
        statement("trois-ponts", _R.PARTNERS_WITH, "fonds-du-fleuve", received, confidence=0.76),
        statement("ministere", _R.ORGANIZES, "forum-des-rives", convened),
        statement("confluence", _R.ORGANIZES, "forum-des-rives", convened),
        statement("ministere", _R.PARTNERS_WITH, "confluence", convened),
        statement("trois-ponts", _R.MEMBER_OF, "confluence", members),
        statement("amarrage", _R.MEMBER_OF, "confluence", members),
        statement("ministere", _R.ADOPTS, "strategie", words(FRENCH, "Le ministère de l'Économie sociale a")),
        statement(
            "anne-lavigne", _R.HAS_ROLE, "fonds-du-fleuve", words(FRENCH, "Anne"), role="directrice générale"
        ),
        statement("forum-des-rives", _R.LOCATED_IN, "port-rive", words(FRENCH, "Le Forum")),
        statement("forum-des-rives", _R.HELD_ON, None, words(FRENCH, "Le Forum"), date="2023-05-03"),
        statement(
            "ministere",
            _R.FINANCES,
            "amarrage",
            words(FRENCH, "Le ministère de l'Économie sociale ne"),
            modality=Modality.NEGATED,
        ),
        statement(
            "fonds-du-fleuve",
            _R.SUPPORTS,
            "amarrage",
            words(FRENCH, "Le Fonds du Fleuve pourrait"),
            state=State.REVIEW,
            confidence=0.5,
        ),
        statement(
            "groupe-rivieres", _R.PARTICIPATES_IN, "forum-des-rives", words(ENGLISH, "The Interagency")
        ),
        statement("confluence", _R.PARTNERS_WITH, "groupe-rivieres", words(ENGLISH, "Confluence Network is")),
        statement("confluence", _R.PARTNERS_WITH, "universite", words(ENGLISH, "Confluence Network works")),
        statement(
            "atelier-nord",
            _R.FOUNDED,
            "imprimerie-sud",
            words(ENGLISH, "The Atelier"),
            DecisionEvidence("decisions/statements.csv", 3, "Une curatrice", "2024-01-02", "Acte du greffe"),
        ),
        statement(
            "port-rive",
            _R.LOCATED_IN,
            "universite",
            CellEvidence(
                "reference/organizations.csv", 12, "place", "1" * 64, ("https://example.org/register",)
            ),
        ),
    )


def knowledge() -> Knowledge:
    """The sector, with the entities of each document taken from its statements."""
    documents = (
        document(FRENCH, TEXTS[FRENCH], "fr", "Le Forum des Rives"),
        document(ENGLISH, TEXTS[ENGLISH], "en", "Rives Forum: a report"),
    )
    entities = []
    for slug, type_, french, english in ENTITIES:
        names = (Name(french, "fr"), *([Name(english, "en")] if english else []))
        entities.append(Entity(Slug(slug), type_, names, documents=_documents_of(slug)))
    return Knowledge(
        documents,
        tuple(entities),
        statements(),
        figures=(figure(),),
        quotations=(quotation(),),
        redirects={Slug("fonds-fleuve"): Slug("fonds-du-fleuve")},
    )


def figure() -> Figure:
    evidence = (words(FRENCH, "Le Réseau Confluence compte"),)
    return Figure(
        "nombre de membres", "fr", 120.0, "count", Qualifier.MORE_THAN, evidence, 0.9, State.ASSERTED,
        about=Slug("confluence"), place=Slug("port-rive"), date="2023",
    )  # fmt: skip


def quotation() -> Quotation:
    evidence = (words(FRENCH, "« Nos rives"),)
    text = "Nos rives appartiennent à tous"
    return Quotation(Slug("anne-lavigne"), text, "fr", evidence, 0.9, State.ASSERTED)


def _documents_of(slug: str) -> tuple[Slug, ...]:
    found = {
        piece.document
        for each in statements()
        if slug in {each.subject, each.object}
        for piece in each.evidence
        if isinstance(piece, TextEvidence)
    }
    return tuple(sorted(found)) or (FRENCH,)


def renamed(knowledge: Knowledge, names: dict[str, str]) -> Knowledge:
    """The same sector with other names, each in French only."""
    entities = (
        replace(entity, names=(Name(names.get(entity.slug, entity.label), "fr"),))
        for entity in knowledge.entities
    )
    return replace(knowledge, entities=tuple(entities))


def store_of(knowledge: Knowledge, folder: Path) -> Store:
    """What a build writes about some knowledge, with a small ontology put into the folder."""
    (folder / "esskg.ttl").write_text(ONTOLOGY, "utf-8")
    store = memory_store(BASE)
    store.load(build.quads(knowledge, BASE, run=build.Run("test", "0"), ontology_folder=folder))
    return store
