"""The questions of the catalogue as pages show them, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from esskg.query.parameters import Reader, bind
from esskg.query.question import Parameter, Query
from esskg.server.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a field of a form."""

    name: str
    label: str
    type: str
    value: str
    """Where nothing was entered: its default, or the example of one that is required."""
    required: bool
    of: tuple[str, ...]
    """Types that an entity is looked for among."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its fields and the titles of its columns."""

    name: str
    title: str
    question: str
    fields: tuple[Field, ...]
    columns: Mapping[str, str]
    tags: tuple[str, ...]


def questions(snapshot: Snapshot, language: str) -> list[Question]:
    """All questions of the catalogue, in its order."""
    return [_question(found, language) for found in snapshot.project.catalogue]


def asked(snapshot: Snapshot, name: str, given: Mapping[str, str]) -> str:
    """A question as SPARQL, with its parameters filled in.

    Raises QueryError for an unknown name or parameter, or a value that isn't of its type.
    """
    project = snapshot.project
    return bind(project.catalogue[name], given, Reader(snapshot.base, project.index))


def _question(found: Query, language: str) -> Question:
    return Question(
        found.name,
        found.title[language],
        found.question[language],
        tuple(_field(parameter, language) for parameter in found.parameters),
        {name: words[language] for name, words in found.columns.items()},
        found.tags,
    )


def _field(parameter: Parameter, language: str) -> Field:
    value = parameter.default or parameter.example or ""
    required = parameter.example is not None
    return Field(parameter.name, parameter.title[language], parameter.type, value, required, parameter.of)
