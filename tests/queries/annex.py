"""The sample sector with an annex, so that every question of the catalogue has something to answer."""

from __future__ import annotations

from dataclasses import replace

from esskg.model import (
    Amount,
    CellEvidence,
    EntityReading,
    EntityType,
    Extraction,
    Knowledge,
    LocalId,
    Mention,
    Modality,
    RelationType,
    Slug,
    Statement,
    TextEvidence,
)
from sample import document, knowledge, statement

ANNEX = Slug("annexe")
SENTENCES = {
    "joined": "Le Réseau Confluence est membre du Groupe interinstitutions sur les rivières.",
    "prêt": "Le ministère de l'Économie sociale et le Fonds du Fleuve versent ensemble 45 000 dollars "
    "à la Mutuelle Amarrage et à Atelier Nord.",
    "forum": "Le ministère de l'Économie sociale verse 20 000 dollars au Forum des Rives.",
    "merger": "Imprimerie Sud a fusionné avec Atelier Nord.",
    "part": "Le Fonds du Fleuve relève du ministère de l'Économie sociale.",
    "runs": "Le Réseau Confluence met en œuvre la Stratégie des Rives.",
    "backs": "L'Université de Port-Rive appuie la Stratégie des Rives.",
    "founded-1": "Le Réseau Confluence est né en 1998.",
    "founded-2": "Fondé en mai 2001, le Réseau Confluence a grandi.",
    "adopted": "La Stratégie des Rives a été adoptée le 4 mars 2022.",
    "works": "Le Groupe interinstitutions sur les rivières travaille avec "
    "le ministère de l'Économie sociale.",
    "stated": "Le ministère de l'Économie sociale appuie la Mutuelle Amarrage.",
    "denied": "Le ministère de l'Économie sociale n'appuie pas la Mutuelle Amarrage.",
}
TEXT = "\n".join(SENTENCES.values())
T = RelationType


def said(key: str) -> TextEvidence:
    start = TEXT.index(SENTENCES[key])
    end = start + len(SENTENCES[key])
    return TextEvidence(ANNEX, start, end, SENTENCES[key], TEXT[:start][-20:], TEXT[end:][:20], "test", 0.9)


def annex() -> tuple[Statement, ...]:
    loan = {"amount": Amount(45_000, "CAD", text="45 000 dollars"), "instrument": "loan", "date": "2024"}
    grant = {"amount": Amount(20_000, "CAD", text="20 000 dollars"), "instrument": "grant"}
    return (
        statement("confluence", T.MEMBER_OF, "groupe-rivieres", said("joined")),
        statement("ministere", T.FINANCES, "atelier-nord", said("prêt"), **loan),
        statement("fonds-du-fleuve", T.FINANCES, "amarrage", said("prêt"), **loan),
        statement("fonds-du-fleuve", T.FINANCES, "atelier-nord", said("prêt"), **loan),
        statement("ministere", T.FINANCES, "forum-des-rives", said("forum"), **grant),
        statement("imprimerie-sud", T.MERGED_INTO, "atelier-nord", said("merger"), date="2020"),
        statement("fonds-du-fleuve", T.SUB_ORGANIZATION_OF, "ministere", said("part")),
        statement("confluence", T.IMPLEMENTS, "strategie", said("runs")),
        statement("universite", T.SUPPORTS, "strategie", said("backs")),
        statement("confluence", T.FOUNDED_IN, None, said("founded-1"), date="1998"),
        statement("confluence", T.FOUNDED_IN, None, said("founded-2"), date="2001-05"),
        statement("strategie", T.ADOPTED_ON, None, said("adopted"), date="2022-03-04"),
        statement("groupe-rivieres", T.PARTNERS_WITH, "ministere", said("works")),
        statement("ministere", T.SUPPORTS, "amarrage", said("stated")),
        statement("ministere", T.SUPPORTS, "amarrage", said("denied"), modality=Modality.NEGATED),
    )


def full() -> Knowledge:
    sector = knowledge()
    row = CellEvidence("reference/memberships.csv", 7, "member", "2" * 64, ("https://example.org/members",))
    known = (
        statement("confluence", T.MEMBER_OF, "groupe-rivieres", row, confidence=1.0),
        statement("isolee", T.MEMBER_OF, "groupe-rivieres", row, confidence=1.0),
    )
    network = EntityReading(LocalId("e1"), EntityType.NETWORK, "Réseau Confluence", (Mention(3, 20),))
    return replace(
        sector,
        documents=(*sector.documents, document(ANNEX, TEXT, "fr", "Annexe")),
        statements=(*sector.statements, *annex()),
        reference_statements=known,
        extractions=(Extraction(ANNEX, "", (network,)),),
        links={(ANNEX, LocalId("e1")): Slug("confluence")},
    )
