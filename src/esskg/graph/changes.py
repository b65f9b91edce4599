"""What differs between two versions of the graph: entities and statements added, removed, changed.

A statement is changed where its state, modality or attributes are others, or other words say it; how sure its
reading is may move without that. Each version may have a base IRI of its own: slugs and hashes are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from pyoxigraph import Literal as Words
from pyoxigraph import QuerySolutions

from esskg.graph.store import Store
from esskg.model import EntityType
from esskg.vocab import ESS

How = Literal["added", "removed", "changed"]
_TYPES = " ".join(f"ess:{type_}" for type_ in EntityType)
_ENTITIES = f"""
SELECT ?entity ?property ?value WHERE {{
  {{ VALUES ?value {{ {_TYPES} }} ?entity a ?value BIND ("type" AS ?property) }}
  UNION {{ ?entity ess:mentionedIn [] ; rdfs:label ?value BIND ("name" AS ?property) }}
  UNION {{ ?entity ess:mentionedIn [] ; skos:altLabel ?value BIND ("alias" AS ?property) }}
  UNION {{ ?entity ess:mentionedIn [] ; ess:country ?value BIND ("country" AS ?property) }}
}}"""
_STATEMENTS = """
SELECT ?statement ?subject ?relation ?object ?state ?modality WHERE {
  ?statement a ess:Statement ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
    ess:state ?state ; ess:modality ?modality .
}"""
_ATTRIBUTES = """
SELECT ?statement ?property ?value WHERE {
  VALUES ?property { ess:role ess:date ess:amount ess:currency ess:instrument }
  { ?statement a ess:Statement ; ?property ?value }
  UNION { ?statement a ess:Statement ; ess:relation ?holder . ?holder ?property ?value }
}"""
_SENTENCES = """
SELECT ?statement ?document ?words WHERE {
  ?statement a ess:Statement ; ess:evidence ?evidence .
  ?evidence oa:hasSource ?document ; oa:hasSelector/oa:exact ?words .
}"""
_NAMES = "SELECT ?entity ?name WHERE { ?entity rdfs:label ?name ; ess:mentionedIn|ess:referenceKey ?any }"


class Sentence(NamedTuple):
    """Words that say it, and the slug of their document."""

    document: str
    words: str


@dataclass(frozen=True, slots=True)
class EntityChange:
    """An entity that came, went, or is called otherwise."""

    how: How
    slug: str
    name: str
    details: tuple[str, ...] = ()
    """What is new (``+ …``) and what is gone (``- …``) about one that changed."""


@dataclass(frozen=True, slots=True)
class StatementChange:
    """A statement that came, went, or is said otherwise."""

    how: How
    id: str
    subject: str
    relation: str
    object: str
    """A slug, or a date."""
    subject_name: str
    object_name: str
    state: str
    details: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    """The words that are new, or gone; all of one that was added or removed."""

    def about(self, slug: str) -> bool:
        """Whether an entity stands at one of its ends."""
        return slug in {self.subject, self.object}


@dataclass(frozen=True, slots=True)
class Changes:
    """All differences, each kind in a fixed order."""

    entities: tuple[EntityChange, ...] = ()
    statements: tuple[StatementChange, ...] = ()

    def counts(self) -> dict[str, dict[str, int]]:
        """How many of each kind were added, removed and changed."""
        kinds = {
            "entities": [each.how for each in self.entities],
            "statements": [each.how for each in self.statements],
        }
        return {kind: {how: found.count(how) for how in get_args(How)} for kind, found in kinds.items()}

    def about(self, slug: str) -> Changes:
        """Those of one entity."""
        return Changes(
            tuple(each for each in self.entities if each.slug == slug),
            tuple(each for each in self.statements if each.about(slug)),
        )

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Changes:
        """Back from plain data."""
        return cls(
            tuple(EntityChange(**each | {"details": tuple(each["details"])}) for each in content["entities"]),
            tuple(_statement_from(each) for each in content["statements"]),
        )


def _statement_from(content: Mapping[str, Any]) -> StatementChange:
    sentences = tuple(Sentence(*each) for each in content["sentences"])
    return StatementChange(**{**content, "details": tuple(content["details"]), "sentences": sentences})


def changes(old: Store, new: Store) -> Changes:
    """What differs between two graphs."""
    before, after = _State(old), _State(new)
    return Changes(
        tuple(_differences(before.entities, after.entities, _entity(before, after))),
        tuple(_differences(before.statements, after.statements, _statement(before, after))),
    )


T = TypeVar("T")
Change = TypeVar("Change")


def _differences(
    old: Mapping[str, T], new: Mapping[str, T], change: Callable[[How, str], Change]
) -> Iterator[Change]:
    """A change for each key whose value differs, by key."""
    for key in sorted(old.keys() | new.keys()):
        if key not in old:
            yield change("added", key)
        elif key not in new:
            yield change("removed", key)
        elif old[key] != new[key]:
            yield change("changed", key)


class _Said(NamedTuple):
    subject: str
    relation: str
    object: str
    facts: frozenset[str]
    """State, modality and attributes, each in words."""
    sentences: frozenset[Sentence]


class _State:
    """A graph as far as it is compared."""

    def __init__(self, store: Store) -> None:
        self._base = f"{store.base}/"
        self.names = self._best_names(store)
        self.entities = self._entities(store)
        self.statements = self._statements(store)

    def _best_names(self, store: Store) -> dict[str, str]:
        found: dict[str, tuple[str, str]] = {}
        for entity, name in _rows(store, _NAMES):
            key = name.language or "", name.value
            slug = self._slug(entity)
            found[slug] = min(found.get(slug, key), key)
        return {slug: words for slug, (_, words) in found.items()}

    def _entities(self, store: Store) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for entity, property_, value in _rows(store, _ENTITIES):
            found[self._slug(entity)].add(f"{property_.value}: {_shown(value)}")
        return {slug: frozenset(facts) for slug, facts in found.items()}

    def _statements(self, store: Store) -> dict[str, _Said]:
        facts, sentences = defaultdict[str, set[str]](set), defaultdict[str, set[Sentence]](set)
        for statement, property_, value in _rows(store, _ATTRIBUTES):
            facts[statement.value].add(f"{_local(property_.value)}: {_shown(value)}")
        for statement, document, words in _rows(store, _SENTENCES):
            sentences[statement.value].add(Sentence(self._slug(document), words.value))
        return {
            self._slug(statement): _Said(
                self._slug(subject),
                relation.value.removeprefix(ESS),
                self._slug(object_),
                frozenset(
                    {*facts[statement.value], f"state: {_shown(state)}", f"modality: {_shown(modality)}"}
                ),
                frozenset(sentences[statement.value]),
            )
            for statement, subject, relation, object_, state, modality in _rows(store, _STATEMENTS)
        }

    def _slug(self, node: Any) -> str:
        """The last part of an IRI of the project; other values as they are."""
        value: str = node.value
        return _local(value) if value.startswith(self._base) else value

    def name(self, slug: str) -> str:
        """What an entity is called; a date as it is."""
        return self.names.get(slug, slug)


def _entity(before: _State, after: _State) -> Callable[[How, str], EntityChange]:
    def change(how: How, slug: str) -> EntityChange:
        name = (before if how == "removed" else after).name(slug)
        if how != "changed":
            return EntityChange(how, slug, name)
        return EntityChange(how, slug, name, _details(before.entities[slug], after.entities[slug]))

    return change


def _statement(before: _State, after: _State) -> Callable[[How, str], StatementChange]:
    def change(how: How, id_: str) -> StatementChange:
        known = before if how == "removed" else after
        said, was = known.statements[id_], before.statements.get(id_)
        sentences, details = said.sentences, tuple[str, ...]()
        if how == "changed" and was:
            sentences = said.sentences ^ was.sentences
            details = _details(was.facts, said.facts) + _details(
                frozenset(map(_cited, was.sentences)), frozenset(map(_cited, said.sentences))
            )
        return StatementChange(
            how,
            id_,
            said.subject,
            said.relation,
            said.object,
            known.name(said.subject),
            known.name(said.object),
            next(fact.removeprefix("state: ") for fact in said.facts if fact.startswith("state: ")),
            details,
            tuple(sorted(sentences)),
        )

    return change


def _cited(sentence: Sentence) -> str:
    return f"evidence: {sentence.document} “{sentence.words}”"


def _details(old: frozenset[str], new: frozenset[str]) -> tuple[str, ...]:
    return (*(f"- {each}" for each in sorted(old - new)), *(f"+ {each}" for each in sorted(new - old)))


def _rows(store: Store, query: str) -> Iterator[tuple[Any, ...]]:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return (tuple(row) for row in found)


def _shown(value: Any) -> str:
    if isinstance(value, Words):
        return f"{value.value} ({value.language})" if value.language else value.value
    return _local(value.value)


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
