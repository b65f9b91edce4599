"""Values of parameters: read as a person writes them, put into a query as typed terms.

A value takes the place of what stands in ``VALUES ?name { … }``, wherever the query has it, sub-queries
included; without a value the block goes. Values are written by the RDF library, never pasted, so nothing in
them can change the query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pyoxigraph import Literal, NamedNode

from esskg.errors import QueryError
from esskg.graph.sparql import Token, tokens
from esskg.model import Slug
from esskg.query.question import PAGING, Parameter, Query
from esskg.vocab import PREFIXES, ess

Term = NamedNode | Literal

_XSD = PREFIXES["xsd"]
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


class ValueRefusedError(QueryError):
    """The value of a parameter is missing, or isn't what the parameter takes."""

    def __init__(self, parameter: Parameter, value: str, expected: str, reason: str) -> None:
        super().__init__(reason)
        self.parameter, self.value, self.expected = parameter, value, expected


_EXPECTED = {
    "iri": "an IRI",
    "language": "a language such as fr or en",
    "date": "a date such as 2023, 2023-04 or 2023-04-18",
    "integer": "a whole number",
    "decimal": "a number such as 0.75",
}
"""What a value should be, by what it was read as."""


class Names(Protocol):
    """Knows which entity a name stands for."""

    def slug(self, name: str, types: Collection[str] = ()) -> Slug:
        """The entity of that name among some types; raises QueryError where it is none or several."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads values in the terms of one project."""

    base: str
    names: Names | None = None

    def term(self, parameter: Parameter, value: str) -> Term:
        """The value of a parameter as an RDF term. Raises QueryError where it isn't one of its type."""
        return _READERS[parameter.type](self, parameter, value)

    def entity(self, parameter: Parameter, value: str) -> Term:
        """An entity by name, slug or IRI."""
        if value.startswith(f"{self.base}/") or self.names is None:
            return self.iri(parameter, value)
        return NamedNode(f"{self.base}/id/{self.names.slug(value, parameter.of)}")

    def document(self, parameter: Parameter, value: str) -> Term:
        """A document by slug or IRI."""
        return self.iri(parameter, value if "://" in value else f"{self.base}/document/{value}")

    def statement(self, parameter: Parameter, value: str) -> Term:
        """A statement by its hash or IRI."""
        return self.iri(parameter, value if "://" in value else f"{self.base}/statement/{value}")

    def ontology_term(self, parameter: Parameter, value: str) -> Term:
        """A class or property by its short name in the ontology, prefixed name or IRI."""
        return self.iri(parameter, ess(value) if re.fullmatch(r"\w+", value) else value)

    def iri(self, parameter: Parameter, value: str) -> Term:
        """An IRI, in full or with one of the project's prefixes."""
        prefix, colon, name = value.partition(":")
        if colon and prefix in PREFIXES:
            value = PREFIXES[prefix] + name
        try:
            return NamedNode(value)
        except ValueError as error:
            raise _wrong(parameter, value, "iri") from error

    def string(self, parameter: Parameter, value: str) -> Term:
        """Any text."""
        return Literal(value)

    def language(self, parameter: Parameter, value: str) -> Term:
        """A language tag."""
        return _matching(parameter, value, _LANGUAGE, "language")

    def date(self, parameter: Parameter, value: str) -> Term:
        """A year, month or day, as a text: queries compare dates of any precision by their text."""
        return _matching(parameter, value, _DATE, "date")

    def integer(self, parameter: Parameter, value: str) -> Term:
        """A whole number."""
        _matching(parameter, value, re.compile(r"[+-]?\d+"), "integer")
        return Literal(value, datatype=NamedNode(_XSD + "integer"))

    def decimal(self, parameter: Parameter, value: str) -> Term:
        """A number."""
        _matching(parameter, value, re.compile(r"[+-]?\d+(\.\d+)?"), "decimal")
        return Literal(value, datatype=NamedNode(_XSD + "decimal"))


_READERS: dict[str, Callable[[Reader, Parameter, str], Term]] = {
    "entity": Reader.entity,
    "document": Reader.document,
    "statement": Reader.statement,
    "class": Reader.ontology_term,
    "property": Reader.ontology_term,
    "iri": Reader.iri,
    "string": Reader.string,
    "language": Reader.language,
    "date": Reader.date,
    "integer": Reader.integer,
    "decimal": Reader.decimal,
}


def _matching(parameter: Parameter, value: str, pattern: re.Pattern[str], expected: str) -> Literal:
    if not pattern.fullmatch(value):
        raise _wrong(parameter, value, expected)
    return Literal(value)


def _wrong(parameter: Parameter, value: str, expected: str) -> ValueRefusedError:
    reason = f"{parameter.name}={value!r} is not {_EXPECTED[expected]}"
    return ValueRefusedError(parameter, value, expected, reason)


def bind(query: Query, given: Mapping[str, Any], reader: Reader) -> str:
    """The SPARQL of a query with the values given, defaults for the others.

    Raises QueryError for an unknown parameter, a missing one, or a value that isn't of its type.
    """
    known = [parameter.name for parameter in query.parameters]
    if unknown := sorted(given.keys() - set(known)):
        takes = f"it takes {', '.join(known)}" if known else "it takes none"
        raise QueryError(f"{query.name or 'the query'} has no parameter {unknown[0]!r}: {takes}")
    sparql = query.sparql
    for parameter in query.parameters:
        sparql = _put(sparql, parameter, _value(query, parameter, given, reader))
    return sparql


def _value(query: Query, parameter: Parameter, given: Mapping[str, Any], reader: Reader) -> Term | None:
    value = given.get(parameter.name, parameter.default)
    if value is None or value == "":
        if parameter.example is not None:
            example = f"for example {parameter.name}={parameter.example}"
            reason = f"{query.name} needs a value for {parameter.name!r}, {example}"
            raise ValueRefusedError(parameter, "", "value", reason)
        return None
    return reader.term(parameter, str(value))


def has_place(sparql: str, name: str) -> bool:
    """Whether a query has a place for a parameter."""
    return next(places(sparql, name), None) is not None


def places(sparql: str, name: str) -> Iterator[tuple[int, int]]:
    """Where the block of a parameter begins and ends: ``VALUES ?name { … }``, or ``LIMIT n``."""
    found = list(tokens(sparql))
    for index, token in enumerate(found[:-1]):
        word, after = token.text.upper(), found[index + 1]
        if name in PAGING and word == name.upper() and after.kind == "number":
            yield token.start, after.end
        elif word == "VALUES" and after.text[1:] == name and after.kind == "variable":
            yield token.start, _closing(found[index:])


def _closing(found: list[Token]) -> int:
    return next(token.end for token in found if token.text == "}")


def _put(sparql: str, parameter: Parameter, term: Term | None) -> str:
    for start, end in reversed(list(places(sparql, parameter.name))):
        if parameter.name in PAGING:
            text = f"{parameter.name.upper()} {term.value}" if term else ""
        else:
            text = f"VALUES ?{parameter.name} {{ {term} }}" if term else ""
        sparql = sparql[:start] + text + sparql[end:]
    return sparql
