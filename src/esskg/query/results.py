"""What a query answers: a table, yes or no, or triples, in every standard format."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from esskg.errors import EsskgError, QueryError, StoreError
from esskg.query.formats import GRAPHS, TABLES, TRUTHS, Format, find, write_graph
from esskg.query.table import layout
from esskg.vocab import PREFIXES

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

Term = NamedNode | BlankNode | Literal | Triple

READABLE = "table"
"""The format for people: columns of text, yes or no, Turtle."""
_FORMS: dict[str, tuple[Format, ...]] = {"table": TABLES, "truth": TRUTHS, "graph": GRAPHS}

_XSD = PREFIXES["xsd"]
_PYTHON: dict[str, Callable[[str], Any]] = {
    _XSD + "integer": int,
    _XSD + "decimal": float,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": lambda value: value in {"true", "1"},
    _XSD + "date": datetime.date.fromisoformat,
}


class Result:
    """The answer to a query, read whole. ``form`` is ``table``, ``truth`` or ``graph``."""

    def __init__(self, answer: QuerySolutions | QueryBoolean | QueryTriples, base: str = "") -> None:
        self._base = base
        # Held as bytes, which any format can be made from as often as it is asked for.
        try:
            if isinstance(answer, QueryTriples):
                self.form = "graph"
                self._bytes = answer.serialize(format=RdfFormat.N_TRIPLES) or b""
            else:
                self.form = "truth" if isinstance(answer, QueryBoolean) else "table"
                self._bytes = answer.serialize(format=QueryResultsFormat.JSON) or b""
        except OSError as error:
            raise StoreError(f"the store can't be read: {error}") from error

    def _parsed(self) -> QuerySolutions | QueryBoolean:
        return parse_query_results(self._bytes, QueryResultsFormat.JSON)

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The names of the columns; subject, predicate and object of triples."""
        if self.form == "graph":
            return ("subject", "predicate", "object")
        parsed = self._parsed()
        return (
            tuple(each.value for each in parsed.variables)
            if isinstance(parsed, QuerySolutions)
            else ("boolean",)
        )

    @cached_property
    def terms(self) -> list[tuple[Term | None, ...]]:
        """The rows as RDF terms, None where a variable is unbound; triples as rows of three."""
        if self.form == "graph":
            return [tuple(triple) for triple in self.triples]
        parsed = self._parsed()
        return [tuple(row) for row in parsed] if isinstance(parsed, QuerySolutions) else []

    @cached_property
    def rows(self) -> list[tuple[Any, ...]]:
        """The rows as plain Python values: IRIs and texts as str, numbers, dates, bool, None."""
        if self.form == "truth":
            return [(self.boolean,)]
        return [tuple(map(to_python, row)) for row in self.terms]

    @property
    def boolean(self) -> bool:
        """The answer to an ASK; else whether there is any row."""
        return bool(self._parsed()) if self.form == "truth" else bool(self.terms)

    @cached_property
    def triples(self) -> list[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, sorted; none of other queries."""
        if self.form != "graph":
            return []
        return sorted((quad.triple for quad in parse(self._bytes, RdfFormat.N_TRIPLES)), key=str)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def formats(self) -> tuple[str, ...]:
        """The names of the formats that fit this kind of answer; a format's other names are taken too."""
        return (READABLE, *(format.name for format in _FORMS[self.form]))

    def write(self, output: io.IOBase, format: str = READABLE) -> None:
        """Write in one of `formats`, as UTF-8. Raises QueryError for another."""
        output.write(self.bytes(format))

    def text(self, format: str = READABLE) -> str:
        """The answer as text in one of `formats`. Raises QueryError for another."""
        return self.bytes(format).decode()

    def _readable(self) -> bytes:
        if self.form == "graph":
            return write_graph(self.triples, GRAPHS[0])
        if self.form == "truth":
            return b"yes\n" if self.boolean else b"no\n"
        return layout(self.variables, [[self._cell(term) for term in row] for row in self.terms]).encode()

    def bytes(self, format: str = READABLE) -> bytes:
        """The answer in one of `formats`, as UTF-8. Raises QueryError for another."""
        if format == READABLE:
            return self._readable()
        chosen = find(format, _FORMS[self.form])
        if chosen is None:
            raise QueryError(f"this answer can't be written as {format}, only as {', '.join(self.formats)}")
        if self.form == "graph":
            return write_graph(self.triples, chosen)
        assert isinstance(chosen.syntax, QueryResultsFormat)
        return self._parsed().serialize(format=chosen.syntax) or b""

    def _cell(self, term: Term | None) -> str:
        """A term for people: IRIs shortened, numbers and texts as they are."""
        if term is None:
            return ""
        if not isinstance(term, NamedNode):
            return str(term) if isinstance(term, Triple) else term.value
        shorter = {f"{self._base}/": ""} if self._base else {}
        known = {iri: f"{prefix}:" for prefix, iri in PREFIXES.items()} | shorter
        start = next((iri for iri in known if term.value.startswith(iri)), "")
        return known.get(start, "") + term.value.removeprefix(start)

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a data frame. Raises EsskgError where pandas isn't installed."""
        try:
            import pandas as pd
        except ImportError as error:
            raise EsskgError(
                "pandas isn't installed; install it with: pip install 'esskg[notebook]'"
            ) from error
        return pd.DataFrame(self.rows, columns=list(self.variables))


def to_python(term: Term | None) -> Any:
    """A term as a plain Python value; what Python can't hold stays a string."""
    if term is None or isinstance(term, Triple):
        return term and str(term)
    if not isinstance(term, Literal):
        return term.value
    try:
        return _PYTHON.get(term.datatype.value, str)(term.value)
    except ValueError:
        return term.value
