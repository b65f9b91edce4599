"""Which entities of documents are one and the same: by reference, by full name, by initials in context.

Never by similarity: names are equal after folding, or they are not. The outcome depends on the set of
documents, not on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from esskg.model import EntityType, Slug
from esskg.resolve.known import SHORT_ACRONYM, Known
from esskg.resolve.local import ORGANIZATION, Local, LocalKey
from esskg.resolve.names import Specificity, content, fold, has_edition, is_description, specificity, tokens
from esskg.resolve.sets import DisjointSets

Meant = Slug | LocalKey
"""What a local entity stands for: the key of a reference row or place, else one member of its set."""
Bearers = dict[Meant, set[str]]
"""Who goes by some initials, with the countries that they are met in."""
Signature = tuple[str, ...]
"""What two entities must share to be candidates for being one."""


@dataclass(frozen=True)
class Cluster:
    """One entity of the project: its reference row or place where known, and those who mean it."""

    key: Slug | None
    locals: tuple[Local, ...]
    """Sorted by document and entity."""
    slug: Slug | None = None
    """The slug that stays its own, whatever decisions took out of it or put into it."""


def link(entities: Iterable[Local], known: Known) -> list[Cluster]:
    """The entities of all documents as clusters, in the order of their first members."""
    return _Linker(sorted(entities, key=lambda local: local.key), known).clusters()


class _Linker:
    """One linking: names first, then initials, which need to know who bears them, then people."""

    def __init__(self, entities: list[Local], known: Known) -> None:
        self._entities, self._known = entities, known
        self._keys = {local.key: key for local in entities if (key := known.key(local))}
        self._sets: DisjointSets[LocalKey] = DisjointSets()
        self._named: dict[Signature, list[Local]] = defaultdict(list)
        self._proposed: dict[LocalKey, set[Slug]] = defaultdict(set)

    def clusters(self) -> list[Cluster]:
        self._link_names()
        self._link_acronyms([local for local in self._entities if local.is_acronym])
        self._link_persons([local for local in self._entities if local.reading.type is EntityType.PERSON])
        members: dict[Meant, list[Local]] = defaultdict(list)
        for local in self._entities:
            members[self._meant(local.key)].append(local)
        return [
            Cluster(meant if isinstance(meant, str) else None, tuple(group))
            for meant, group in members.items()
        ]

    def _meant(self, local: LocalKey) -> Meant:
        return self._keys.get(local) or self._sets.find(local)

    def _link_names(self) -> None:
        for local in self._entities:
            for signature in set(_signatures(local)):
                self._named[signature].append(local)
        for signature, candidates in sorted(self._named.items()):
            for group in _compatible(signature, candidates):
                self._join(group)
        self._settle()

    def _join(self, group: list[Local]) -> None:
        """Those without a key are one; the key that the others agree on is proposed to them."""
        keys = {self._keys[local.key] for local in group if local.key in self._keys}
        open_ = [local.key for local in group if local.key not in self._keys]
        for local in open_:
            self._sets.unite(open_[0], local)
            if len(keys) == 1:
                self._proposed[local] |= keys

    def _settle(self) -> None:
        """A set takes the key proposed to its members, unless they are proposed several."""
        by_set: dict[LocalKey, set[Slug]] = defaultdict(set)
        for local, keys in self._proposed.items():
            by_set[self._sets.find(local)] |= keys
        for local in [local.key for local in self._entities if local.key not in self._keys]:
            keys = by_set.get(self._sets.find(local), set())
            if len(keys) == 1:
                self._keys[local] = next(iter(keys))

    def _link_acronyms(self, entities: list[Local]) -> None:
        """Initials mean who bears them beside a full name."""
        in_full = self._bearers()
        unborne: dict[Signature, list[Local]] = defaultdict(list)
        for local in (local for local in entities if local.key not in self._keys):
            bearers = self._bearers_of(local, in_full)
            meant = _only(local, bearers)
            if isinstance(meant, str):
                self._keys[local.key] = meant
            elif meant:
                self._sets.unite(local.key, meant)
            elif not bearers:
                unborne[local.reading.type, fold(local.reading.name)].append(local)
        self._link_unborne(unborne)

    def _link_unborne(self, groups: dict[Signature, list[Local]]) -> None:
        """Initials that nobody bears may be a word in capitals; those not short are one in one country."""
        for signature, group in groups.items():
            if len(signature[1]) > SHORT_ACRONYM:
                for part in _split([*group, *self._named.get(signature, ())], lambda local: local.home):
                    self._join(part)
        self._settle()

    def _bearers(self) -> dict[str, Bearers]:
        """Those who go by initials beside a full name in some document."""
        found: dict[str, Bearers] = defaultdict(lambda: defaultdict(set))
        for local in self._entities:
            if local.family == ORGANIZATION and not local.is_acronym:
                for acronym in local.acronyms:
                    found[acronym][self._meant(local.key)] |= {local.home} if local.home else set()
        return found

    def _bearers_of(self, local: Local, in_full: dict[str, Bearers]) -> Bearers:
        found: Bearers = {key: self._known.countries(key) for key in self._known.bearers(local)}
        for acronym in sorted(local.acronyms):
            for meant, homes in in_full.get(acronym, {}).items():
                found.setdefault(meant, homes)
        return found

    def _link_persons(self, persons: list[Local]) -> None:
        """People of one full name are one, unless they have posts in different countries and share none."""
        groups: dict[str, list[Local]] = defaultdict(list)
        for local in persons:
            if len(tokens(local.reading.name)) > 1:
                groups[fold(local.reading.name)].append(local)
        for group in groups.values():
            for part in _split(group, self._country_of_posts):
                self._join(part)
            self._join_colleagues(group)

    def _country_of_posts(self, local: Local) -> str | None:
        bodies = (self._meant((local.document, body)) for body in local.affiliations)
        countries = set().union(*(self._known.countries(body) for body in bodies if isinstance(body, str)))
        return countries.pop() if len(countries) == 1 else None

    def _join_colleagues(self, group: list[Local]) -> None:
        first_at: dict[Meant, Local] = {}
        for local in group:
            for body in local.affiliations:
                other = first_at.setdefault(self._meant((local.document, body)), local)
                self._sets.unite(other.key, local.key)


def _only(local: Local, bearers: Bearers) -> Meant | None:
    """The one who may be meant by initials: the only bearer, or the only one met in the document's country.

    What a document calls so is met in that document's country only, and so are rows with short initials; a
    row of no country is met anywhere.
    """
    if len(bearers) > 1:
        bearers = {meant: homes for meant, homes in bearers.items() if local.home in homes}
    if len(bearers) != 1:
        return None
    ((meant, homes),) = bearers.items()
    if isinstance(meant, str):
        long = min(map(len, local.acronyms)) > SHORT_ACRONYM
        return meant if long or not homes or local.home in {None, *homes} else None
    return meant if local.home in homes else None


def _signatures(local: Local) -> Iterator[Signature]:
    if local.is_acronym or local.reading.type is EntityType.PERSON:
        return
    for name in local.full_names:
        level = Specificity.GENERIC if is_description(name) else specificity(name)
        if level is Specificity.DISTINCT:
            # one word is told apart by what kind of thing bears it, and by its country
            yield (local.reading.type if len(content(name)) == 1 else local.family), fold(name)
        elif level is Specificity.NATIONAL and local.home:
            yield local.family, fold(name), local.home


def _compatible(signature: Signature, group: list[Local]) -> Iterable[list[Local]]:
    """The parts of a group of the same name that nothing speaks against being one."""
    kind, name, *_ = signature
    if kind == ORGANIZATION:
        return [group]
    if kind == EntityType.EVENT:
        return _editions(group, marked=has_edition(name))
    if kind == EntityType.POLICY_INSTRUMENT:
        return _split(group, lambda local: local.year)
    return _split(group, lambda local: local.home)


def _editions(group: list[Local], *, marked: bool) -> Iterable[list[Local]]:
    """Events of one name are one if they are of one year; a name that tells its edition may go undated."""
    if marked:
        return _split(group, lambda local: local.year)
    dated = [local for local in group if local.year or local.document_year]
    parts: dict[str | None, list[Local]] = defaultdict(list)
    for local in dated:
        parts[local.year or local.document_year].append(local)
    return parts.values()


def _split(group: list[Local], value: Callable[[Local], str | None]) -> Iterable[list[Local]]:
    """The parts of a group by a value. Where there are several, those without one stay alone."""
    parts: dict[str | None, list[Local]] = defaultdict(list)
    for local in group:
        parts[value(local)].append(local)
    if len(parts.keys() - {None}) < 2:
        return [group]
    return [part for given, part in parts.items() if given]
