"""Namespaces and terms that the program uses, as plain strings; a test holds them against ``ontology/``."""

from __future__ import annotations

from typing import Literal, NamedTuple

from esskg.model import EntityType, RelationType

Language = Literal["fr", "en"]
"""What the interface speaks, BCP 47."""

ESS = "https://w3id.org/esskg/ontology#"
VOCABULARY = "https://w3id.org/esskg/vocabulary/"
DEFAULT_BASE = "https://w3id.org/esskg"

PREFIXES = {
    "ess": ESS,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "sh": "http://www.w3.org/ns/shacl#",
}
"""The prefixes that every query and every export of the project may use."""


def ess(name: str) -> str:
    """The IRI of a term of the ontology."""
    return ESS + name


def entity_class(type_: EntityType, subtype: str | None = None) -> str:
    """The IRI of an entity's class: its subtype where it has one, else its type."""
    return ess(subtype or type_.value)


class RelationClass(NamedTuple):
    """How a relation with attributes stands as a resource: its class and the properties of its ends."""

    name: str
    subject: str
    object: str


RELATION_CLASSES: dict[RelationType, RelationClass] = {
    RelationType.FINANCES: RelationClass("Funding", "funder", "recipient"),
    RelationType.ORGANIZES: RelationClass("EventOrganization", "organizer", "event"),
    RelationType.PARTICIPATES_IN: RelationClass("Participation", "participant", "event"),
    RelationType.PARTNERS_WITH: RelationClass("Partnership", "partner", "partner"),
    RelationType.MEMBER_OF: RelationClass("Membership", "member", "organization"),
    RelationType.HAS_ROLE: RelationClass("Post", "holder", "organization"),
    RelationType.ADOPTS: RelationClass("PolicyAdoption", "adopter", "policy"),
    RelationType.SUPPORTS: RelationClass("Endorsement", "endorser", "endorsed"),
}
"""The relation types that also stand as resources, on which amount, role, period and instrument hang."""


def relation_property(type_: RelationType) -> str:
    """The IRI of the direct property of a relation type."""
    return ess(type_.value)
