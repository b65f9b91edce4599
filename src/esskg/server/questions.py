"""The questions of the catalogue as pages show them, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from esskg.server.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a field of a form."""

    name: str
    label: str
    type: str
    default: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its fields."""

    name: str
    title: str
    question: str
    fields: tuple[Field, ...]


def questions(snapshot: Snapshot, language: str) -> list[Question]:
    """All questions of the catalogue, in its order."""
    return [_question(found, language) for found in snapshot.project.catalogue]


def asked(snapshot: Snapshot, name: str, given: Mapping[str, str]) -> str:
    """A question as SPARQL, with its parameters filled in. Raises QueryError for a wrong one."""
    text: str = snapshot.project.catalogue.sparql(name, **given)
    return text


def _question(found: Any, language: str) -> Question:
    fields = tuple(Field(p.name, p.name, p.type, "") for p in found.parameters)
    return Question(found.name, found.title, found.question, fields)
