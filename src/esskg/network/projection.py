"""RDF → network: entities become nodes, asserted statements become edges that carry their evidence.

Nodes are keyed by the entity's slug (a document's by ``document/{slug}``), edges by the statement's hash.
A node has ``iri``, ``label``, ``label_language``, ``type`` (of ``esskg.model.EntityType``, or ``Document``),
``code`` (of the legend), ``documents`` (how many mention it) and, where it is known, ``country``. An edge has
``id``, ``relation``, ``label_fr``, ``label_en``, ``confidence``, ``state`` and ``evidence`` (a tuple of
``Citation``), and, where the statement has them, ``date``, ``role``, ``amount``, ``currency``, ``qualifier``
and ``instrument``. An edge that a query drew without a statement behind it has no confidence, no state and no
evidence; its relation is ``linked`` where the query names none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeAlias

import networkx as nx

from esskg.errors import EsskgError, QueryError
from esskg.graph.store import Store
from esskg.model import EntityType, Knowledge, Modality, State, digest
from esskg.network.asked import asked_links
from esskg.network.encodings import kind
from esskg.network.names import Names
from esskg.network.source import Label, Link, Source
from esskg.vocab import ESS, VOCABULARY, ess

Graph: TypeAlias = "nx.MultiDiGraph[str]"

LINKED = "linked"
"""The relation of an edge that a query drew without naming one."""
_LINKED_LABELS = {"label_fr": "rapproché par la requête", "label_en": "linked by the query"}
_TYPES = {ess(type_): type_ for type_ in (*map(str, EntityType), "Document")}


def project(  # noqa: PLR0913 (each is one choice of what to see)
    store: Store,
    *,
    base: str,
    around: Iterable[str] = (),
    depth: int = 1,
    relations: Iterable[str] | None = None,
    types: Iterable[str] | None = None,
    query: str | None = None,
    language: str = "fr",
    isolated: bool = False,
    review: bool = False,
) -> Graph:
    """The network of a store's asserted statements; with ``review`` also of those still to be reviewed.

    All of it; or ``around`` some entities (slugs or IRIs) as far as ``depth`` steps, with the links among the
    entities found; or what a ``query`` asks for (see ``asked_links``). ``relations`` and ``types`` keep those
    relation and entity types only, though the entities of ``around`` stay in any case. Labels are in
    ``language``, else English, else any. ``isolated`` adds the entities that nothing links to a projection of
    everything.

    Raises EsskgError for an entity that the graph doesn't hold, QueryError for a query that makes no network.
    """
    starts = list(around)
    if starts and query:
        raise QueryError("draw around entities or from a query, not both at once")
    source, names = Source(store, review=review), Names(base)
    selection = _Selection(source, relations, types)
    if query:
        links = selection.kept(asked_links(store.query(query), source, names))
        entities: Collection[str] = ()
    elif starts:
        entities = _anchors(starts, source, names)
        links = selection.around(entities, depth)
    else:
        links = selection.everything()
        entities = selection.allowed(source.entities()) if isolated else ()
    return graph_of(links, entities, source, names, language)


def _anchors(starts: list[str], source: Source, names: Names) -> list[str]:
    """The entities to start from, those that took the place of merged ones included."""
    iris = [names.iri(start) for start in starts]
    moved = source.replacements(iris)
    anchors = [moved.get(iri, iri) for iri in iris]
    known = source.types(anchors)
    if unknown := [start for start, iri in zip(starts, anchors, strict=True) if iri not in known]:
        raise EsskgError(f"the graph holds no entity {', '.join(unknown)}; check the slug, or search by name")
    return anchors


class _Selection:
    """The links of the wanted relations between entities of the wanted types."""

    def __init__(self, source: Source, relations: Iterable[str] | None, types: Iterable[str] | None) -> None:
        self._source = source
        self._predicates = None if relations is None else {ess(relation) for relation in relations}
        self._classes = None if types is None else {ess(type_) for type_ in types}

    def everything(self) -> list[Link]:
        return self.kept(self._source.links(predicates=self._predicates))

    def around(self, anchors: Collection[str], depth: int) -> list[Link]:
        known, ring, links = set(anchors), set(anchors), set[Link]()
        for _ in range(depth):
            found = self.kept(self._source.links_at(ring), anchors)
            links.update(found)
            ring = _ends(found) - known
            known |= ring
        among = [link for link in self._source.links_at(ring, ends=("subject",)) if link.object in known]
        return [*links, *self.kept(among, anchors)]

    def kept(self, links: Iterable[Link], anchors: Collection[str] = ()) -> list[Link]:
        """The links of the selection, each once."""
        candidates = {
            link for link in links if self._predicates is None or link.predicate in self._predicates
        }
        allowed = self.allowed(_ends(candidates)) | set(anchors)
        return [link for link in candidates if link.subject in allowed and link.object in allowed]

    def allowed(self, entities: Collection[str]) -> set[str]:
        if self._classes is None:
            return set(entities)
        return {iri for iri, classes in self._source.types(entities).items() if classes & self._classes}


def skeleton(store: Store, *, base: str, review: bool = False) -> Graph:
    """The network of everything, bare: which slugs are linked by which statements, and nothing else."""
    graph: Graph = nx.MultiDiGraph(base=base)
    names = Names(base)
    for link in sorted(Source(store, review=review).links(), key=lambda link: str(link.statement)):
        graph.add_edge(names.key(link.subject), names.key(link.object), key=_edge_id(link))
    return graph


def among(
    store: Store, *, base: str, entities: Iterable[str], language: str = "fr", review: bool = False
) -> Graph:
    """The network of some entities (slugs) and the statements that link them with each other."""
    source, names = Source(store, review=review), Names(base)
    iris = {names.iri(entity) for entity in entities}
    links = [link for link in source.links_at(iris, ends=("subject",)) if link.object in iris]
    return graph_of(links, iris, source, names, language)


def _ends(links: Iterable[Link]) -> set[str]:
    return {end for link in links for end in (link.subject, link.object)}


def links(knowledge: Knowledge) -> Graph:
    """The same network of everything as `project` makes of the graph, bare: slugs and which of them are
    linked."""
    graph: Graph = nx.MultiDiGraph()
    for each in knowledge.statements:
        holds = each.state is State.ASSERTED and each.modality is Modality.HOLDS
        if holds and each.object is not None:
            graph.add_edge(each.subject, each.object, key=each.id)
    return graph


# --- nodes and edges ---------------------------------------------------------------------------------


def graph_of(
    links: Iterable[Link], entities: Iterable[str], source: Source, names: Names, language: str
) -> Graph:
    """Nodes and edges in the order of their keys, so that the same links make the same graph."""
    graph: Graph = nx.MultiDiGraph(base=names.base, language=language)
    distinct = set(links)
    for iri, attributes in _nodes(sorted(_ends(distinct) | set(entities)), source, names, language):
        graph.add_node(names.key(iri), iri=iri, **attributes)
    edges = _edges(distinct, source, names)
    for subject, object_, attributes in sorted(edges, key=lambda edge: edge[2]["id"]):
        graph.add_edge(subject, object_, key=attributes["id"], **attributes)
    return graph


def _nodes(
    iris: list[str], source: Source, names: Names, language: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    labels, classes, documents = source.labels(iris), source.types(iris), source.documents(iris)
    countries = source.countries(iris)
    for iri in iris:
        label, tag = best_label(labels.get(iri, ()), language) or (names.key(iri), "")
        type_ = next((name for class_, name in _TYPES.items() if class_ in classes.get(iri, ())), "")
        yield (
            iri,
            {
                "label": label,
                "label_language": tag,
                "type": type_,
                "code": kind(type_).code,
                "documents": documents.get(iri, 0),
                **({"country": countries[iri]} if iri in countries else {}),
            },
        )


def best_label(labels: Iterable[Label], language: str) -> Label | None:
    """The label in a language, else in English, else any; of several the first in the alphabet."""

    def rank(label: Label) -> tuple[bool, bool, str, str]:
        primary = label[1].partition("-")[0]
        return primary != language, primary != "en", label[1], label[0]

    return min(labels, key=rank, default=None)


def _edges(links: set[Link], source: Source, names: Names) -> Iterator[tuple[str, str, dict[str, Any]]]:
    statements = [link.statement for link in links if link.statement]
    attributes, citations = source.attributes(statements), source.citations(statements)
    words = relation_words({link.predicate for link in links if link.predicate}, source)
    for link in links:
        edge: dict[str, Any] = {
            "id": _edge_id(link),
            **words.get(link.predicate or "", {"relation": LINKED, **_LINKED_LABELS}),
        }
        if link.statement:
            edge |= {"confidence": link.confidence, "state": link.state}
            edge |= {"evidence": citations.get(link.statement, ())}
            edge |= _attributes(attributes.get(link.statement, {}))
        else:
            edge |= {"evidence": ()}
        yield names.key(link.subject), names.key(link.object), edge


def _edge_id(link: Link) -> str:
    if link.statement:
        return link.statement.rpartition("/")[2]
    return digest("link", link.subject, link.predicate, link.object)


def relation_words(predicates: set[str], source: Source) -> dict[str, dict[str, str]]:
    """For each predicate its short name and its labels, from the ontology in the graph."""
    labels, words = source.labels(predicates), {}
    for predicate in predicates:
        name = predicate.removeprefix(ESS)
        words[predicate] = {"relation": name} | {
            f"label_{language}": (best_label(labels.get(predicate, ()), language) or (name, ""))[0]
            for language in ("fr", "en")
        }
    return words


def _attributes(stated: dict[str, str]) -> dict[str, Any]:
    """Amounts as numbers, notations of vocabularies without their IRI."""
    values: dict[str, Any] = {
        name: value.rpartition("/")[2] if value.startswith(VOCABULARY) else value
        for name, value in stated.items()
    }
    if "amount" in values:
        values["amount"] = float(values["amount"])
    return values
