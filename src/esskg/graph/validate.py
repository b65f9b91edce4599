"""Whether the graph keeps the rules of the shapes, told so that a curator knows what to correct and where."""

from __future__ import annotations

from collections.abc import Iterator
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

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
"""A ``violation`` breaks the graph's promises, a ``warning`` may be wrong, an ``info`` is to complete."""

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
    """All rules that the graph breaks, down to the severity that was asked for."""

    violations: tuple[Violation, ...]
    """The gravest first."""
    scope: Scope = "all"
    language: Language = "en"

    @property
    def conforms(self) -> bool:
        """Whether nothing breaks what the graph promises; warnings and advice may remain."""
        return all(violation.severity != "violation" for violation in self.violations)

    def text(self) -> str:
        """The report as a person reads it."""
        words = _WORDS[self.language]
        return "\n".join(self._lines(words)) or words[self.scope]

    def _lines(self, words: dict[str, str]) -> Iterator[str]:
        for severity in SEVERITIES:
            found = [each for each in self.violations if each.severity == severity]
            if found:
                yield words[severity].format(len(found))
            yield from (f"- {each.text(self.language)}" for each in found)

    def to_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self)


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "all": "The graph keeps every rule of the shapes.",
        "domain": "Entities, relations, documents, figures and quotations keep every rule of the shapes.",
        "violation": "Rules broken: {}",
        "warning": "Probably wrong: {}",
        "info": "Worth completing: {}",
        "value": "Value: {}",
        "read": "Read in {}: “{}”",
    },
    "fr": {
        "all": "Le graphe respecte toutes les règles.",
        "domain": "Entités, relations, documents, chiffres et citations respectent toutes les règles.",
        "violation": "Règles enfreintes : {}",
        "warning": "Sans doute erroné : {}",
        "info": "À compléter : {}",
        "value": "Valeur : {}",
        "read": "Lu dans {} : « {} »",
    },
}


def validate(
    data: Store | Path,
    language: Language = "en",
    *,
    scope: Scope = "all",
    least: Severity = "warning",
    ontology_folder: Path | None = None,
) -> Report:
    """Check a graph, or a file of RDF, against the shapes, and tell what is at least of a severity.

    A file is reasoned over first, as a build does with its graph. The ontology and its shapes are the shipped
    ones unless another folder is given. Raises SyntaxError for a file that isn't RDF.
    """
    folder = ontology_folder or ontology.shipped_ontology()
    if isinstance(data, Path):
        with memory_store("urn:esskg") as store:
            said = chain(parse(path=str(data)), ontology.labels(folder))
            store.load(Quad(each.subject, each.predicate, each.object) for each in said)
            entail(store, "urn:esskg", ontology_folder=folder)
            return _report(store, folder, language, scope, least)
    return _report(data, folder, language, scope, least)


def _report(store: Store, folder: Path, language: Language, scope: Scope, least: Severity) -> Report:
    files = ontology.shapes_files(folder)
    if scope == "domain":
        files = tuple(file for file in files if file.name not in _EVIDENCE_SHAPES)
    told = SEVERITIES[: SEVERITIES.index(least) + 1]
    results = [result for result in shapes.run(store, files) if result.severity in told]
    results.sort(key=lambda result: told.index(result.severity))
    return Report(tuple(_violation(store, result, language) for result in results), scope, language)


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
