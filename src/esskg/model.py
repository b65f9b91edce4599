"""What documents say, as plain data.

Two levels. A *reading* is what one document says, in that document's own terms: its ends are the
document's local entity ids (``e1``, ``e2`` …), its evidence a span of the document's text. After
resolution, a *statement* is what all documents say together: its ends are entities of the project,
named by slug, and its evidence comes from any number of documents.

Every span is ``(start, end)``: character offsets into the document's canonical text, end exclusive.
Dates are ISO 8601 strings (``2023``, ``2023-04``, ``2023-04-18`` or an interval with ``/``).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

Span = tuple[int, int]
LocalId = NewType("LocalId", str)
Slug = NewType("Slug", str)


class EntityType(StrEnum):
    """The eleven types of the annotation guidelines."""

    PUBLIC_BODY = "PublicBody"
    FINANCIAL_INSTITUTION = "FinancialInstitution"
    SOCIAL_ECONOMY_ENTERPRISE = "SocialEconomyEnterprise"
    NETWORK = "Network"
    INTERGOVERNMENTAL_BODY = "IntergovernmentalBody"
    RESEARCH_BODY = "ResearchBody"
    OTHER_ORGANIZATION = "OtherOrganization"
    PERSON = "Person"
    EVENT = "Event"
    POLICY_INSTRUMENT = "PolicyInstrument"
    PLACE = "Place"


ORGANIZATION_TYPES = frozenset(
    {
        EntityType.PUBLIC_BODY,
        EntityType.FINANCIAL_INSTITUTION,
        EntityType.SOCIAL_ECONOMY_ENTERPRISE,
        EntityType.NETWORK,
        EntityType.INTERGOVERNMENTAL_BODY,
        EntityType.RESEARCH_BODY,
        EntityType.OTHER_ORGANIZATION,
    }
)


class RelationType(StrEnum):
    """The sixteen relation types of the annotation guidelines; each is a property of the ontology."""

    FINANCES = "finances"
    ORGANIZES = "organizes"
    PARTICIPATES_IN = "participatesIn"
    PARTNERS_WITH = "partnersWith"
    MEMBER_OF = "memberOf"
    HAS_ROLE = "hasRole"
    SUB_ORGANIZATION_OF = "subOrganizationOf"
    FOUNDED = "founded"
    MERGED_INTO = "mergedInto"
    ADOPTS = "adopts"
    IMPLEMENTS = "implements"
    SUPPORTS = "supports"
    LOCATED_IN = "locatedIn"
    FOUNDED_IN = "foundedIn"
    HELD_ON = "heldOn"
    ADOPTED_ON = "adoptedOn"


DATED_RELATIONS = frozenset({RelationType.FOUNDED_IN, RelationType.HELD_ON, RelationType.ADOPTED_ON})
"""Relations whose value is a date rather than an entity."""


class BlockKind(StrEnum):
    """What a block of text is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class Qualifier(StrEnum):
    """How a number is meant."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    ABOUT = "about"


class Modality(StrEnum):
    """Whether the text says that something is so; only what holds may be asserted."""

    HOLDS = "holds"
    NEGATED = "negated"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    CLAIMED = "claimed"


class State(StrEnum):
    """What has become of a statement: read with confidence, waiting for a person, set aside."""

    ASSERTED = "asserted"
    REVIEW = "review"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"


def digest(*parts: str | int | None) -> str:
    """A stable 16-digit hexadecimal hash of the parts, in order; None differs from the empty string."""
    joined = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


# --- documents -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document that is one thing: a heading, a paragraph, an item of a list …"""

    start: int
    end: int
    kind: BlockKind
    language: str
    """BCP 47."""
    level: int = 0
    """The depth of a heading (1 is the highest) or of a nested list item; 0 elsewhere."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document besides its text."""

    title: str = ""
    date: str | None = None
    language: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2: where the document speaks from; gives a bare ``$`` its currency."""
    publisher: str | None = None
    author: str | None = None
    licence: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its canonical text (UTF-8, NFC, LF), cut into blocks that never overlap."""

    slug: Slug
    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata
    path: str
    """Relative to the project's ``documents`` folder, with ``/``."""
    media_type: str
    file_sha256: str
    """Of the file's bytes."""

    @property
    def language(self) -> str:
        """The document's main language, BCP 47."""
        return self.metadata.language or "und"

    @property
    def sha256(self) -> str:
        """Of the canonical text: two files with the same words are one document."""
        return hashlib.sha256(self.text.encode()).hexdigest()


# --- readings: what one document says -------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span that names, abbreviates or describes an entity of the document."""

    start: int
    end: int
    source: str = ""
    """What found it: ``gazetteer``, ``head``, ``ner``, ``acronym``, ``description`` …"""
    confidence: float = 1.0

    @property
    def span(self) -> Span:
        """The mention's offsets."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class EntityReading:
    """An entity as one document names it, with all of its mentions there."""

    id: LocalId
    type: EntityType
    name: str
    """The longest full form in the document."""
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    subtype: str | None = None
    """A class of the ontology below the type's own, such as ``Ministry``."""
    reference: Slug | None = None
    """The key of the reference row that the name belongs to, where it names just one."""

    def __hash__(self) -> int:
        """Of the id alone: hashing every mention each time would take longer the more there are."""
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Amount:
    """Money, in base units of an ISO 4217 currency, with the words it was read from."""

    value: float
    currency: str
    qualifier: Qualifier = Qualifier.EXACT
    text: str = ""


@dataclass(frozen=True, slots=True)
class StatementReading:
    """One relation as one document states it."""

    type: RelationType
    subject: LocalId
    object: LocalId | None
    """None for the dated types, whose value is ``date``."""
    evidence: Span
    rule: str
    """The pattern, frame or model that read it."""
    confidence: float
    state: State = State.ASSERTED
    modality: Modality = Modality.HOLDS
    date: str | None = None
    role: str | None = None
    amount: Amount | None = None
    instrument: str | None = None
    """A notation of the funding-instrument vocabulary."""
    reason: str | None = None
    """Why it is not asserted, where it isn't."""


@dataclass(frozen=True, slots=True)
class FigureReading:
    """A number with its unit that a document gives about the sector, an organisation or a policy."""

    indicator: str
    value: float
    unit: str
    """``count``, ``percent`` or an ISO 4217 code."""
    evidence: Span
    rule: str
    confidence: float
    qualifier: Qualifier = Qualifier.EXACT
    about: LocalId | None = None
    place: LocalId | None = None
    source: LocalId | None = None
    date: str | None = None
    state: State = State.ASSERTED


@dataclass(frozen=True, slots=True)
class QuotationReading:
    """Words that a document puts in the mouth of a named speaker."""

    speaker: LocalId
    evidence: Span
    rule: str
    confidence: float
    state: State = State.ASSERTED


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that one document says, in its own terms."""

    document: Slug
    sha256: str
    """Of the document's canonical text."""
    entities: tuple[EntityReading, ...] = ()
    statements: tuple[StatementReading, ...] = ()
    figures: tuple[FigureReading, ...] = ()
    quotations: tuple[QuotationReading, ...] = ()


# --- after resolution: what all documents say together ---------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a language (BCP 47; ``und`` where it isn't known)."""

    text: str
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what is meant, in the whole project."""

    slug: Slug
    type: EntityType
    names: tuple[Name, ...]
    """Preferred names, at most one a language, the first the best known."""
    aliases: tuple[Name, ...] = ()
    subtype: str | None = None
    reference: Slug | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    documents: tuple[Slug, ...] = ()
    """The documents that mention it, sorted."""

    @property
    def label(self) -> str:
        """The name to show where no language is asked for."""
        return self.names[0].text


@dataclass(frozen=True, slots=True)
class TextEvidence:
    """The words of a document that a statement was read from."""

    document: Slug
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    rule: str
    confidence: float

    @property
    def id(self) -> str:
        """Hash of the document and the span."""
        return digest("text", self.document, self.start, self.end)


@dataclass(frozen=True, slots=True)
class CellEvidence:
    """A row of a table that a statement was taken from, with the source that the row names."""

    file: str
    """Relative to the project, with ``/``."""
    row: int
    """The line of the file, counted from 1."""
    column: str
    file_sha256: str
    sources: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Hash of the file, its content, the row and the column."""
        return digest("cell", self.file, self.file_sha256, self.row, self.column)


@dataclass(frozen=True, slots=True)
class DecisionEvidence:
    """A person's decision that a statement rests on."""

    file: str
    line: int
    who: str
    when: str
    why: str
    source: str | None = None

    @property
    def id(self) -> str:
        """Hash of who decided what and when."""
        return digest("decision", self.file, self.line, self.who, self.when, self.why)


Evidence = TextEvidence | CellEvidence | DecisionEvidence


@dataclass(frozen=True, slots=True)
class Statement:
    """One relation between two entities of the project (or an entity and a date), with all evidence."""

    type: RelationType
    subject: Slug
    object: Slug | None
    evidence: tuple[Evidence, ...]
    confidence: float
    state: State
    modality: Modality = Modality.HOLDS
    date: str | None = None
    role: str | None = None
    amount: Amount | None = None
    instrument: str | None = None

    @property
    def id(self) -> str:
        """Hash of subject, predicate and value; a statement that doesn't hold differs from one that does."""
        value = self.object if self.object is not None else self.date
        modality = None if self.modality is Modality.HOLDS else self.modality
        return digest(self.subject, self.type, value, modality)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit about an entity of the project or the sector as a whole."""

    indicator: str
    language: str
    """Of the indicator's words, BCP 47."""
    value: float
    unit: str
    qualifier: Qualifier
    evidence: tuple[Evidence, ...]
    confidence: float
    state: State
    about: Slug | None = None
    place: Slug | None = None
    source: Slug | None = None
    date: str | None = None

    @property
    def id(self) -> str:
        """Hash of what is counted, where, when and how many."""
        parts = (self.about, self.place, self.source, self.date)
        return digest(self.indicator.casefold(), repr(self.value), self.unit, self.qualifier, *parts)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a speaker of the project said."""

    speaker: Slug
    text: str
    language: str
    evidence: tuple[Evidence, ...]
    confidence: float
    state: State

    @property
    def id(self) -> str:
        """Hash of the speaker and the words, spaces folded."""
        return digest(self.speaker, " ".join(self.text.split()))


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that documents and reference tables say, resolved: what a graph is made of."""

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    """What documents say, merged."""
    figures: tuple[Figure, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    reference_statements: tuple[Statement, ...] = ()
    """What reference rows say beyond names, types and parents; never mixed with the above."""
    extractions: tuple[Extraction, ...] = ()
    links: dict[tuple[Slug, LocalId], Slug] = field(default_factory=dict)
    """(document, local entity) → entity of the project."""
    redirects: dict[Slug, Slug] = field(default_factory=dict)
    """Published slugs that were merged → the slug that stands now."""
    sources_of_copies: dict[Slug, Slug] = field(default_factory=dict)
    """Document that copies another's text → the document it counts as."""
