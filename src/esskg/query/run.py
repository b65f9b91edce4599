"""Running a question: of the catalogue by name, or any SPARQL 1.1 query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from esskg.graph.store import Store
from esskg.query.catalogue import Catalogue, parse
from esskg.query.parameters import Names, Reader, bind
from esskg.query.question import Query
from esskg.query.results import Result

_NAME = re.compile(r"[\w-]+")


def ask(
    store: Store, catalogue: Catalogue, names: Names, question: str, parameters: Mapping[str, Any]
) -> Result:
    """The answer to a question: the name of one of the catalogue, or SPARQL (with or without a header).

    Raises QueryError for an unknown name or parameter, or a query that is malformed.
    """
    query = catalogue[question] if _NAME.fullmatch(question) else parse(question)
    return run(store, query, parameters, names)


def run(
    store: Store, query: Query | str, parameters: Mapping[str, Any] | None = None, names: Names | None = None
) -> Result:
    """The answer to a query with values for its parameters.

    Without names to look up, entities are given by IRI. Raises QueryError as `ask` does.
    """
    if isinstance(query, str):
        query = parse(query)
    sparql = bind(query, parameters or {}, Reader(store.base, names))
    return Result(store.query(sparql), store.base)
