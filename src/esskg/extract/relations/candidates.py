"""What rules propose before it is judged."""

from __future__ import annotations

from dataclasses import dataclass

from esskg.extract.relations.typed import Item
from esskg.model import Amount, LocalId, Modality, RelationType, Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation that a rule read, its ends still items of a typed text; offsets are the document's."""

    relation: RelationType
    subject: Item
    object: Item | None
    rule: str
    evidence: Span
    modality: Modality = Modality.HOLDS
    date: str | None = None
    role: str | None = None
    amount: Amount | None = None
    probability: float | None = None
    """What the ranker makes of it; None where the pair stands in no sentence that it sees."""

    @property
    def ends(self) -> tuple[LocalId, LocalId | None]:
        """Who is related to whom, once both are named; what goes both ways in the order of the ids."""
        assert self.subject.entity is not None
        subject, object_ = self.subject.entity.id, None
        if self.object is not None and self.object.entity is not None:
            object_ = self.object.entity.id
        if self.relation is RelationType.PARTNERS_WITH and object_ is not None and object_ < subject:
            return object_, subject
        return subject, object_
