"""What the interface answers with: stable names of its own, whatever pages show."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from esskg.server import evidence as proofs
from esskg.server import statements as said
from esskg.server.refs import Ref
from esskg.server.terms import Text


class Model(BaseModel):
    """Data that don't change, described by their docstrings."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Words(Model):
    """Words in a language."""

    text: str
    language: str
    """BCP 47; empty where it isn't known."""

    @classmethod
    def of(cls, text: Text) -> Words:
        """Words as pages hold them."""
        return cls(text=text.text, language=text.language)


class Named(Model):
    """An entity or a document, by its name."""

    iri: str
    slug: str
    name: str
    language: str
    """Of the name, BCP 47; empty where it isn't known."""
    type: str
    """One of the eleven types of entities, or Document."""
    page: str
    """The address of its page."""

    @classmethod
    def of(cls, ref: Ref) -> Named:
        """A reference as pages hold it."""
        slug = ref.iri.rsplit("/", 1)[-1]
        return cls(iri=ref.iri, slug=slug, name=ref.name, language=ref.language, type=ref.type, page=ref.href)

    @classmethod
    def perhaps(cls, ref: Ref | None) -> Named | None:
        """The same for what may not be known."""
        return cls.of(ref) if ref else None


class Evidence(Model):
    """Where something was read: words of a document, a row of a table, or a person's decision."""

    id: str
    kind: str
    """text, cell or decision."""
    document: str
    """The slug of the document; empty for a row or a decision."""
    title: str
    date: str
    language: str
    exact: str
    """The words themselves."""
    prefix: str
    suffix: str
    start: int
    """Offsets in the document's text."""
    end: int
    rule: str
    """What read it."""
    confidence: float
    file: str
    """The table of a row or a decision, with its row and column."""
    row: str
    column: str
    source: str
    reason: str
    """Why it was decided, and by whom."""
    who: str
    page: str
    """Its place in the document's page."""

    @classmethod
    def of(cls, found: proofs.Evidence) -> Evidence:
        """Evidence as pages hold it."""
        fields = {name: getattr(found, name) for name in cls.model_fields if name != "page"}
        return cls(**fields, page=found.href)


class Statement(Model):
    """What is said of two entities, or of an entity and a date, with all words that say it."""

    id: str
    iri: str
    subject: Named
    relation: str
    """The property's name in the ontology."""
    label: Words
    object: Named | None
    value: str
    """The date, where the object is one; else the object's IRI."""
    confidence: float
    state: str
    """asserted, review or rejected."""
    modality: str
    """holds, negated, planned, hypothetical or claimed."""
    attributes: dict[str, Words]
    """Role, date, amount … as far as they are stated."""
    evidence: list[Evidence]

    @classmethod
    def of(cls, found: said.Statement) -> Statement:
        """A statement as pages hold it."""
        stated = {name: Words.of(text) for name, text in found.attributes.items() if text}
        return cls(
            **{
                name: getattr(found, name)
                for name in ("id", "iri", "value", "confidence", "state", "modality")
            },
            subject=Named.of(found.subject),
            relation=found.predicate,
            label=Words.of(found.label),
            object=Named.perhaps(found.object),
            attributes=stated,
            evidence=[Evidence.of(each) for each in found.evidence],
        )


class Figure(Model):
    """A number with its unit."""

    id: str
    iri: str
    indicator: Words
    value: float
    unit: str
    qualifier: str
    about: Named | None
    place: Named | None
    source: Named | None
    date: str
    confidence: float
    state: str
    evidence: list[Evidence]

    @classmethod
    def of(cls, found: said.Figure) -> Figure:
        """A figure as pages hold it."""
        names = ("id", "iri", "value", "unit", "qualifier", "date", "confidence", "state")
        return cls(
            **{name: getattr(found, name) for name in names},
            about=Named.perhaps(found.about),
            place=Named.perhaps(found.place),
            source=Named.perhaps(found.source),
            indicator=Words.of(found.indicator),
            evidence=[Evidence.of(each) for each in found.evidence],
        )


class Quotation(Model):
    """Words with their speaker."""

    id: str
    iri: str
    speaker: Named
    text: Words
    confidence: float
    state: str
    evidence: list[Evidence]

    @classmethod
    def of(cls, found: said.Quotation) -> Quotation:
        """A quotation as pages hold it."""
        return cls(
            **{name: getattr(found, name) for name in ("id", "iri", "confidence", "state")},
            speaker=Named.of(found.speaker),
            text=Words.of(found.text),
            evidence=[Evidence.of(each) for each in found.evidence],
        )
