"""Who is meant across documents, and what all documents say together."""

from esskg.resolve.decisions import Decision, DecisionKind, Decisions
from esskg.resolve.ids import Anchor, PublishedId, PublishedIds
from esskg.resolve.resolve import resolve

__all__ = ["Anchor", "Decision", "DecisionKind", "Decisions", "PublishedId", "PublishedIds", "resolve"]
