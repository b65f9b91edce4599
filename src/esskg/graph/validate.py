"""Whether the graph keeps the rules of the shapes, told so that a curator knows what to correct and where."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from pyoxigraph import Quad, parse

from esskg.graph import ontology, shapes
from esskg.graph.citation import cite
from esskg.graph.reason import entail
from esskg.graph.store import Store, memory_store

Language = Literal["fr", "en"]
Scope = Literal["all", "domain"]
"""``domain`` leaves out statement and evidence resources, which a build writes by its own hand: what is left
(entities, relations, documents, figures, quotations) is what can go wrong, at a fraction of the time."""

_EVIDENCE_SHAPES = frozenset({"statements.ttl", "evidence.ttl"})


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that the graph breaks."""

    severity: str
    """``violation``, ``warning`` or ``info``."""
    rule: str
    """The shape's local name, such as ``amount-currency``."""
    focus: str
    """The IRI of what breaks it."""
    name: str
    """What that is, in words: an entity's name, or a statement's subject, relation and object."""
    message: str
    """What is wrong and what to do about it."""
    value: str | None = None
    """The wrong value, where it is one."""
    document: str | None = None
    """The IRI of the first document behind it."""
    sentence: str | None = None
    """The words of that document."""

    def text(self, language: Language = "en") -> str:
        """The violation as a person reads it."""
        lines = [f"{self.name}: {self.message}" if language == "en" else f"{self.name} : {self.message}"]
        if self.value is not None and self.value not in self.name:
            lines.append(_WORDS[language]["value"].format(self.value))
        if self.document is not None:
            lines.append(_WORDS[language]["read"].format(self.document, self.sentence))
        lines.append(f"[{self.rule}] {self.focus}")
        return "\n    ".join(lines)


@dataclass(frozen=True, slots=True)
class Report:
    """All rules that the graph breaks."""

    violations: tuple[Violation, ...]
    scope: Scope = "all"
    language: Language = "en"

    @property
    def conforms(self) -> bool:
        """Whether the graph keeps every rule."""
        return not self.violations

    def text(self) -> str:
        """The report as a person reads it."""
        words = _WORDS[self.language]
        if self.conforms:
            return words[self.scope]
        heading = words["broken"].format(len(self.violations))
        return "\n".join((heading, *(f"- {each.text(self.language)}" for each in self.violations)))

    def to_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self)


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "all": "The graph keeps every rule of the shapes.",
        "domain": "Entities, relations, documents, figures and quotations keep every rule of the shapes.",
        "broken": "Rules broken: {}",
        "value": "Value: {}",
        "read": "Read in {}: “{}”",
    },
    "fr": {
        "all": "Le graphe respecte toutes les règles.",
        "domain": "Entités, relations, documents, chiffres et citations respectent toutes les règles.",
        "broken": "Règles enfreintes : {}",
        "value": "Valeur : {}",
        "read": "Lu dans {} : « {} »",
    },
}


def validate(
    data: Store | Path,
    language: Language = "en",
    *,
    scope: Scope = "all",
    ontology_folder: Path | None = None,
) -> Report:
    """Check a graph, or a file of RDF, against the shapes.

    A file is reasoned over first, as a build does with its graph. The ontology and its shapes are the shipped
    ones unless another folder is given. Raises SyntaxError for a file that isn't RDF.
    """
    folder = ontology_folder or ontology.shipped_ontology()
    if isinstance(data, Path):
        with memory_store("") as store:
            said = chain(parse(path=str(data)), ontology.labels(folder))
            store.load(Quad(each.subject, each.predicate, each.object) for each in said)
            entail(store, "urn:esskg", ontology_folder=folder)
            return _report(store, folder, language, scope)
    return _report(data, folder, language, scope)


def _report(store: Store, folder: Path, language: Language, scope: Scope) -> Report:
    files = ontology.shapes_files(folder)
    if scope == "domain":
        files = tuple(file for file in files if file.name not in _EVIDENCE_SHAPES)
    violations = (_violation(store, result, language) for result in shapes.run(store, files))
    return Report(tuple(violations), scope, language)


def _violation(store: Store, result: shapes.Result, language: Language) -> Violation:
    messages, citation = dict(result.messages), cite(store, result.focus, language)
    return Violation(
        severity=result.severity,
        rule=result.shape.rpartition("#")[2],
        focus=result.focus,
        name=citation.name,
        message=messages.get(language) or next(iter(messages.values()), result.shape),
        value=None if result.value == result.focus else result.value,
        document=citation.document,
        sentence=citation.sentence,
    )
