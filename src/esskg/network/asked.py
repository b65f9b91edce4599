"""The links that a query's results ask for: the statements they name or join, else the bare lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from esskg.errors import QueryError
from esskg.network.names import Names
from esskg.network.source import Link, Source


def asked_links(results: Any, source: Source, names: Names) -> list[Link]:
    """The links of a SELECT with two columns of entities or one of statements, or of a CONSTRUCT.

    Where a row joins two entities (the first two of the row) that statements link, in whichever direction,
    those statements are the links; otherwise the row is a link of its own, without evidence. A constructed
    triple is backed by the statement that says the same.

    Raises QueryError where there is nothing that a network could show.
    """
    if hasattr(results, "variables"):
        return _of_rows(results, source, names)
    if isinstance(results, Iterable):
        return _of_triples(results, source, names)
    raise QueryError("a yes-or-no question makes no network; use a SELECT or a CONSTRUCT")


def _of_rows(rows: Iterable[Any], source: Source, names: Names) -> list[Link]:
    pairs, statements, empty = set[tuple[str, str]](), set[str](), True
    for row in rows:
        empty = False
        terms = [term for term in row if term is not None]
        stated = {term.value for term in terms if names.is_statement(term)}
        entities = [term.value for term in terms if names.is_entity(term)]
        statements |= stated
        if not stated and len(entities) >= 2:
            pairs.add((entities[0], entities[1]))
    if not empty and not (pairs or statements):
        raise QueryError("no row of the query holds a statement or two entities, so there is no network")
    stated_pairs = source.links_between(pairs | {(object_, subject) for subject, object_ in pairs})
    joined = {frozenset((link.subject, link.object)) for link in stated_pairs}
    bare = [Link(*pair) for pair in pairs if frozenset(pair) not in joined]
    return [*source.links_of(statements), *stated_pairs, *bare]


def _of_triples(triples: Iterable[Any], source: Source, names: Names) -> list[Link]:
    wanted = {
        Link(triple.subject.value, triple.object.value, triple.predicate.value)
        for triple in triples
        if names.is_entity(triple.subject) and names.is_entity(triple.object)
    }
    found = source.links_between({(link.subject, link.object) for link in wanted})
    stated = [link for link in found if link.bare in wanted]
    return [*stated, *(wanted - {link.bare for link in stated})]
