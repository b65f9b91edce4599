"""The names that known entities go by: what a gazetteer is made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from esskg.model import Entity, EntityType, Name, Slug
from esskg.reference.places import UNDETERMINED, Place, places, places_by_name

NameKind = Literal["name", "alias", "acronym"]


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name and what it may mean.

    A text stands once for each type that it may be of, and a place's once more where it means something
    else in another language ("Mexico" is a country in English and a city in French).
    """

    text: str
    type: EntityType
    subtype: str | None
    """A class of the ontology, where all that are meant share it."""
    keys: tuple[Slug, ...]
    """Who or what is meant; of several places the likeliest first, of several rows none is likelier."""
    language: str
    kind: NameKind


_DEFINITE = re.compile(r"(l'|la |le |les |the |el |los |las )", re.IGNORECASE)
_ACRONYM = re.compile(r"(?=(?:.*[A-ZÀ-Þ]){2})[A-ZÀ-Þ0-9][A-ZÀ-Þ0-9a-zà-ÿ&./ -]{1,14}")


@lru_cache(maxsize=100_000)
def is_acronym(text: str) -> bool:
    """Whether a name is written as initials: mostly capitals, in one or two short words.

    >>> [is_acronym(text) for text in ("UNTFSSE", "CECOP-CICOPA", "CCEDNet", "Boann", "La Nef")]
    [True, True, True, False, False]
    """
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return bool(_ACRONYM.fullmatch(text)) and capitals * 2 > len(letters) and text.count(" ") < 2


def known_names(entities: Iterable[Entity], listed: dict[str, tuple[Slug, ...]]) -> tuple[KnownName, ...]:
    """The names of reference rows, then of places.

    ``listed`` gives the keys of names known to be ambiguous: each means any of those, whichever row bears
    it. The definite short forms among them ("la Caisse") are no names: the document says which is meant.
    """
    by_key = {entity.slug: entity for entity in entities}
    return (*_row_names(by_key, listed), *_place_names())


def _row_names(by_key: dict[Slug, Entity], listed: dict[str, tuple[Slug, ...]]) -> Iterator[KnownName]:
    owners: dict[str, set[Slug]] = defaultdict(set)
    borne: dict[str, tuple[Name, bool]] = {}
    for entity in by_key.values():
        for name in (*entity.names, *entity.aliases):
            owners[name.text.casefold()].add(entity.slug)
            borne.setdefault(name.text, (name, name in entity.names))
    for text, keys in listed.items():
        owners[text.casefold()] |= set(keys)
        if not _DEFINITE.match(text):
            borne.setdefault(text, (Name(text, UNDETERMINED), False))
    for name, preferred in borne.values():
        yield from _meanings(name, preferred, [by_key[key] for key in owners[name.text.casefold()]])


def _meanings(name: Name, preferred: bool, meant: list[Entity]) -> Iterator[KnownName]:
    kind: NameKind = "acronym" if is_acronym(name.text) else "name" if preferred else "alias"
    for type_ in sorted({entity.type for entity in meant}):
        of_type = [entity for entity in meant if entity.type is type_]
        subtypes = {entity.subtype for entity in of_type}
        keys = tuple(sorted(entity.slug for entity in of_type))
        yield KnownName(
            name.text, type_, subtypes.pop() if len(subtypes) == 1 else None, keys, name.language, kind
        )


def _place_names() -> Iterator[KnownName]:
    preferred = {name.text for place in places().values() for name in _preferred(place)}
    for name, keys in places_by_name().items():
        kind: NameKind = "acronym" if is_acronym(name.text) else "name" if name.text in preferred else "alias"
        yield KnownName(name.text, EntityType.PLACE, None, keys, name.language, kind)


def _preferred(place: Place) -> Iterable[Name]:
    """The first name of each language."""
    return {name.language: name for name in reversed(place.names)}.values()
