"""A network that grows: what an entity is linked with, counted before it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from esskg.graph.store import Store
from esskg.network.names import Names
from esskg.network.projection import Graph, graph_of, relation_words
from esskg.network.source import Link, Source
from esskg.vocab import ess


@dataclass(frozen=True, slots=True)
class Tie:
    """One way in which an entity is linked with others."""

    relation: str
    label_fr: str
    label_en: str
    outgoing: bool
    """Whether the entity is the subject."""
    count: int
    """Statements."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A wish to see what an entity is linked with."""

    entity: str
    """Its slug."""
    relation: str | None = None
    """One relation only."""
    outgoing: bool | None = None
    """As subject only, as object only."""
    most: int = 25
    """Statements, the surest first."""


def ties(store: Store, base: str, entity: str, *, review: bool = False) -> list[Tie]:
    """In what ways, and how often, an entity (its slug) is linked with others; the most frequent first."""
    source, iri = Source(store, review=review), Names(base).iri(entity)
    links = source.links_at([iri])
    counts = Counter((link.predicate or "", link.subject == iri) for link in links)
    words = relation_words({predicate for predicate, _ in counts}, source)
    found = (
        Tie(outgoing=outgoing, count=count, **words[predicate])
        for (predicate, outgoing), count in counts.items()
    )
    return sorted(found, key=lambda tie: (-tie.count, tie.relation, tie.outgoing))


def expanded(graph: Graph, store: Store, by: Expansion, *, review: bool = False) -> Graph:
    """The network with what an expansion brings in, and the links of the newcomers with all that is there.

    Raises EsskgError for an entity whose name can't be one.
    """
    source, names = Source(store, review=review), Names(graph.graph["base"])
    known = {data["iri"] for _, data in graph.nodes(data=True)}
    brought = _brought(source, names.iri(by.entity), by)
    newcomers = {end for link in brought for end in (link.subject, link.object)} - known
    among = _among(source.links_at(newcomers), known | newcomers)
    grown = graph_of([*brought, *among], (), source, names, graph.graph["language"])
    merged: Graph = nx.MultiDiGraph(nx.compose(graph, grown))
    return merged


def _brought(source: Source, iri: str, by: Expansion) -> list[Link]:
    predicate = by.relation and ess(by.relation)
    wanted = [
        link
        for link in source.links_at([iri])
        if predicate in (None, link.predicate) and by.outgoing in (None, link.subject == iri)
    ]
    return sorted(wanted, key=lambda link: (-(link.confidence or 0), link.statement))[: by.most]


def _among(links: Iterable[Link], entities: set[str]) -> Iterator[Link]:
    return (link for link in links if link.subject in entities and link.object in entities)
