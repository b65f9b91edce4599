"""A question: SPARQL with words that say what it asks, and the parameters that it can be asked with."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

LANGUAGES = ("fr", "en")
TYPES = frozenset(
    {
        "entity",
        "document",
        "statement",
        "class",
        "property",
        "string",
        "language",
        "integer",
        "decimal",
        "date",
        "iri",
    }
)
"""What a parameter can be; ``parameters`` says how each is written."""
PAGING = ("limit", "offset")
"""Integer parameters that stand after the keyword of their name instead of in VALUES."""
Words = dict[str, str]
"""The same words in French (``fr``) and English (``en``)."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be asked about."""

    name: str
    """Of the variable, or ``limit`` or ``offset``."""
    type: str
    """One of TYPES."""
    title: Words
    default: str | None = None
    """As a person would write it; None for no restriction."""
    example: str | None = None
    """A value from the shipped corpus. A parameter that has one is required."""
    of: tuple[str, ...] = ()
    """Types that an entity is looked for among."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question with its SPARQL."""

    name: str
    sparql: str
    """The whole file, header included, so that places in error messages are those of the file."""
    title: Words = field(default_factory=dict)
    question: Words = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    columns: dict[str, Words] = field(default_factory=dict)
    """Titles of the variables of a SELECT."""
    tags: tuple[str, ...] = ()
    path: Path | None = None

    def to_json(self) -> dict[str, Any]:
        """All of it as plain data."""
        return asdict(self) | {"path": str(self.path) if self.path else None}
