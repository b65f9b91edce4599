"""Which reference row or place of the gazetteer a document's entity is, if its own words say so."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from esskg.model import Entity, EntityType, Slug
from esskg.reference import Reference, find_place, is_acronym, places, places_by_name
from esskg.resolve.local import ORGANIZATION, Local, family
from esskg.resolve.names import Specificity, city_inside, content, fold, specificity

SHORT_ACRONYM = 3
"""Initials of this many letters or fewer are borne by too many bodies to be told by themselves."""


_OF_A_COUNTRY = {EntityType.PUBLIC_BODY, EntityType.POLICY_INSTRUMENT}
"""Of these, the next country has its own by the same name."""


class Known:
    """The names of reference and gazetteer, folded."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._full: dict[tuple[str, str], set[Slug]] = defaultdict(set)
        self._acronyms: dict[str, set[Slug]] = defaultdict(set)
        for name in reference.names():
            if name.type is EntityType.PLACE:
                continue
            if name.kind == "acronym" and family(name.type) == ORGANIZATION:
                self._acronyms[name.text.replace(".", "")].update(name.keys)
            else:
                self._full[family(name.type), fold(name.text)].update(name.keys)
        self._governments = _governments(reference)
        self._years = _years(reference)

    def key(self, local: Local) -> Slug | None:
        """The row or place that an entity is, None where its names leave that open.

        Initials alone are left to ``bearers``.
        """
        if local.reading.type is EntityType.PLACE:
            return self._place(local)
        if local.is_acronym:
            return self._by_name(local) if len(local.reading.name) > SHORT_ACRONYM + 1 else None
        named = self._given(local) or self._by_name(local)
        return named or self._by_initials(local) or self._government(local)

    def bearers(self, local: Local) -> set[Slug]:
        """The rows that go by an entity's initials."""
        given = self._given(local)
        named = set().union(*(self._acronyms.get(acronym, set()) for acronym in local.acronyms))
        return named | ({given} if given else set())

    def countries(self, key: Slug) -> set[str]:
        """The country of a row or place; none for an international body."""
        entity = self._reference.entity(key)
        return {entity.country} if entity and entity.country else set()

    def _given(self, local: Local) -> Slug | None:
        """The row that the extraction found, where it is of that kind, year and country."""
        entity = self._reference.entities.get(local.reading.reference or Slug(""))
        if entity is None or family(entity.type) != local.family or _by_initials_only(local, entity):
            return None
        return entity.slug if self._fits(local, local.reading.name, entity) else None

    def _by_name(self, local: Local) -> Slug | None:
        for name in local.full_names:
            keys = self._full.get((local.family, fold(name)), set())
            fitting = [key for key in keys if self._fits(local, name, self._reference.entities[key])]
            if len(keys) > 1:
                fitting = [key for key in fitting if local.home in self.countries(key)]
            if len(fitting) == 1:
                return fitting[0]
        return None

    def _by_initials(self, local: Local) -> Slug | None:
        """The one row with the initials that stand beside a full name, where its names can't disagree."""
        named = (self._acronyms[acronym] for acronym in local.acronyms if len(acronym) > SHORT_ACRONYM)
        keys = set().union(*named)
        entity = self._reference.entities[next(iter(keys))] if len(keys) == 1 else None
        if entity is None or entity.type is not local.reading.type or _elsewhere(local, entity):
            return None
        return entity.slug if _says_no_more_than_initials(entity) else None

    def _fits(self, local: Local, name: str, entity: Entity) -> bool:
        """A name that is one only within a country doesn't mean the row of another country, unless it is
        the proper name of a body that is known abroad."""
        if not self._agree(local, entity.slug) or _mixes_body_and_enterprise(local, name, entity):
            return False
        if not _elsewhere(local, entity) or local.is_acronym:
            return True
        own = entity.type not in _OF_A_COUNTRY and fold(name) in {fold(known.text) for known in entity.names}
        return own or specificity(name) is Specificity.DISTINCT

    def _agree(self, local: Local, key: Slug) -> bool:
        """Whether the document doesn't date an event or text in another year than the row."""
        years = self._years.get(key, set())
        return not (local.year and years) or local.year in years

    def _government(self, local: Local) -> Slug | None:
        """A public body that goes by a place's bare name is that place's government."""
        if local.reading.type is not EntityType.PUBLIC_BODY:
            return None
        place = self._named_place(local)
        return self._governments.get(place) if place else None

    def _place(self, local: Local) -> Slug | None:
        key = local.reading.reference
        if key in places():
            return key
        return self._named_place(local)

    def _named_place(self, local: Local) -> Slug | None:
        """The likeliest place of that name, in the document's own country where there is one."""
        for name in (local.reading.name, *local.reading.aliases):
            if key := self._place_named(name, local):
                return key
        return None

    def _place_named(self, name: str, local: Local) -> Slug | None:
        city = city_inside(name)
        by_language = _place_names().get(city or fold(name), {})
        known = (by_language.get(language) for language in (local.language, "und", *sorted(by_language)))
        keys = next(filter(None, known), ())
        fitting = [key for key in keys if not city or places()[key].level == 2]
        at_home = [key for key in fitting if local.home in self.countries(key)]
        return next(iter([*at_home, *fitting]), None)


@cache
def _place_names() -> dict[str, dict[str, tuple[Slug, ...]]]:
    """Folded name → language → the places that it may mean there, the likeliest first."""
    found: dict[str, dict[str, tuple[Slug, ...]]] = defaultdict(dict)
    for name, keys in places_by_name().items():
        found[fold(name.text)].setdefault(name.language, keys)
    return dict(found)


def _elsewhere(local: Local, entity: Entity) -> bool:
    """Whether the document speaks from another country than the row's."""
    return bool(local.home and entity.country and local.home != entity.country)


def _says_no_more_than_initials(entity: Entity) -> bool:
    """Whether a row's names can't disagree with a full name: it has none, or they are translated at will."""
    texts = (name.text for name in (*entity.names, *entity.aliases))
    return entity.type is EntityType.INTERGOVERNMENTAL_BODY or all(map(is_acronym, texts))


def _by_initials_only(local: Local, entity: Entity) -> bool:
    """Whether nothing but initials speaks for a row, while the document's full name is another."""
    names = {fold(name.text) for name in (*entity.names, *entity.aliases)}
    said = {fold(name) for name in (local.reading.name, *local.reading.aliases) if not is_acronym(name)}
    initials = {name.text.replace(".", "") for name in entity.aliases} & local.acronyms
    return bool(said and initials) and not said & names and not _says_no_more_than_initials(entity)


def _mixes_body_and_enterprise(local: Local, name: str, entity: Entity) -> bool:
    """Of one bare word, a public body and another organisation are two ("Mondragón" the town, the group)."""
    public = {local.reading.type, entity.type} & {EntityType.PUBLIC_BODY}
    return bool(public) and local.reading.type is not entity.type and len(content(name)) == 1


def _governments(reference: Reference) -> dict[Slug, Slug]:
    """Place → the one government or municipality of it that the reference knows."""
    found: dict[Slug, set[Slug]] = defaultdict(set)
    for row in reference.organizations:
        class_ = reference.entities[row.key].subtype
        if class_ == "Municipality" and row.city and (city := find_place(row.city, row.country)):
            found[city].add(row.key)
        elif class_ in {"Government", "RegionalGovernment"}:
            found[Slug(f"place-{(row.region or row.country).lower()}")].add(row.key)
    return {place: next(iter(keys)) for place, keys in found.items() if len(keys) == 1}


def _years(reference: Reference) -> dict[Slug, set[str]]:
    events = {row.key: {date[:4] for date in (row.start, row.end) if date} for row in reference.events}
    return events | {row.key: {row.adopted[:4]} for row in reference.policies if row.adopted}
