"""What an entity of the project is called and what it is: its reference row says, else most documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from esskg.model import Entity, EntityType, Name, Slug
from esskg.reference import Reference, is_acronym
from esskg.resolve.decisions import Decision, DecisionKind, Decisions
from esskg.resolve.languages import Languages
from esskg.resolve.link import Cluster
from esskg.resolve.local import Local
from esskg.resolve.names import Specificity, fold, specificity

Uses = Counter[Name]
"""In how many documents each name is used."""
_Value = TypeVar("_Value", bound=str)


class Describer:
    """Makes entities of clusters."""

    def __init__(self, reference: Reference, languages: Languages, decisions: Decisions) -> None:
        self._reference, self._languages = reference, languages
        self._decisions: dict[str, list[Decision]] = defaultdict(list)
        for row in decisions.of(DecisionKind.RENAME, DecisionKind.RETYPE):
            self._decisions[row.subject].append(row)

    def entity(self, cluster: Cluster, slug: Slug) -> Entity:
        """The entity that a cluster is, as decided."""
        uses = self._uses(cluster.locals)
        known = self._reference.entity(cluster.key) if cluster.key else None
        entity = replace(known, slug=slug) if known else _read(cluster.locals, slug, uses)
        documents = tuple(sorted({local.document for local in cluster.locals}))
        entity = replace(entity, documents=documents, aliases=_aliases(entity, uses))
        for row in self._decisions.get(slug, ()):
            entity = _decided(entity, row)
        return entity

    def _uses(self, entities: Iterable[Local]) -> Uses:
        uses: set[tuple[Slug, Name]] = set()
        for local in entities:
            language = self._languages.at(local.document, local.first[0])
            for text in (local.reading.name, *local.reading.aliases):
                uses.add((local.document, Name(text, language)))
        return Counter(name for _, name in uses)


def _read(entities: Sequence[Local], slug: Slug, uses: Uses) -> Entity:
    type_ = _most(local.reading.type for local in entities) or entities[0].reading.type
    subtypes = (local.reading.subtype for local in entities if local.reading.type is type_)
    full = {local.reading.name for local in entities}
    preferred = _preferred(Counter({name: count for name, count in uses.items() if name.text in full}))
    return Entity(slug, type_, preferred, subtype=_most(filter(None, subtypes)))


def _most(values: Iterable[_Value]) -> _Value | None:
    """The most frequent value; of equally frequent ones the first in the alphabet."""
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], value), default=None)


def _preferred(uses: Uses) -> tuple[Name, ...]:
    """One name a language, the language of most documents first; a text stands once."""
    by_language: dict[str, Uses] = defaultdict(Counter)
    for name, count in uses.items():
        by_language[name.language][name] = count
    ordered = sorted(by_language, key=lambda language: (-by_language[language].total(), language))
    chosen: dict[str, Name] = {}
    for language in ordered:
        best = min(by_language[language], key=lambda name: _rank(name, by_language[language][name]))
        chosen.setdefault(fold(best.text), best)
    return tuple(chosen.values())


def _rank(name: Name, count: int) -> tuple[bool, bool, int, int, str]:
    """Full names before initials and capitals, then the most used, the longest, the first in the alphabet."""
    return is_acronym(name.text), name.text.isupper(), -count, -len(name.text), name.text


def _aliases(entity: Entity, uses: Uses) -> tuple[Name, ...]:
    """The row's, and what documents say beside: neither a name otherwise written nor a kind ("la Caisse")."""
    known = {fold(name.text) for name in (*entity.names, *entity.aliases)}
    aliases = list(entity.aliases)
    for name in sorted(uses, key=lambda name: (_rank(name, uses[name]), name.language)):
        tells = is_acronym(name.text) or specificity(name.text) > Specificity.GENERIC
        if tells and fold(name.text) not in known:
            known.add(fold(name.text))
            aliases.append(name)
    return tuple(aliases)


def _decided(entity: Entity, row: Decision) -> Entity:
    if row.kind is DecisionKind.RETYPE:
        type_ = EntityType(row.object)
        return replace(entity, type=type_, subtype=entity.subtype if type_ is entity.type else None)
    text, _, language = row.object.partition("@")
    name = Name(text, language or entity.names[0].language)
    kept = [other for other in entity.names if other.language != name.language]
    former = [other for other in entity.names if other.language == name.language and other.text != text]
    aliases = [other for other in entity.aliases if other.text != text]
    return replace(entity, names=(name, *kept), aliases=(*former, *aliases))
