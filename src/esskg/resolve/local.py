"""An entity of one document, with what the document tells about who is meant."""

from __future__ import annotations

from collections import ChainMap, Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from esskg.model import (
    ORGANIZATION_TYPES,
    Document,
    EntityReading,
    EntityType,
    Extraction,
    LocalId,
    RelationType,
    Slug,
)
from esskg.reference import Reference, is_acronym, places, places_by_name
from esskg.resolve.names import Specificity, content, is_description, specificity, tokens

ORGANIZATION = "Organization"
_YEAR_RELATIONS = {RelationType.HELD_ON, RelationType.ADOPTED_ON}
_AFFILIATIONS = {RelationType.HAS_ROLE, RelationType.MEMBER_OF}

LocalKey = tuple[Slug, LocalId]


def family(type_: EntityType) -> str:
    """What an entity can be the same as: any organisation may be read as another kind of organisation."""
    return ORGANIZATION if type_ in ORGANIZATION_TYPES else type_.value


@dataclass(frozen=True)
class Local:
    """An entity of one document. Places and countries are those of the document's own words."""

    document: Slug
    sha256: str
    language: str
    """Of the document, BCP 47."""
    reading: EntityReading
    home: str | None
    """The country (ISO 3166-1) that the document speaks from or mostly about."""
    year: str | None = None
    """Of an event or policy, as the document dates it."""
    document_year: str | None = None
    affiliations: frozenset[LocalId] = frozenset()
    """The organisations of the document that a person belongs to or holds a post at."""

    @cached_property
    def key(self) -> LocalKey:
        """The document and the entity's identifier there."""
        return self.document, self.reading.id

    @cached_property
    def family(self) -> str:
        """See ``family``."""
        return family(self.reading.type)

    @cached_property
    def first(self) -> tuple[int, int]:
        """The span of the first mention; (0, 0) where an entity has none."""
        return min((mention.span for mention in self.reading.mentions), default=(0, 0))

    @cached_property
    def is_acronym(self) -> bool:
        """Whether the document gives no more than initials."""
        return self.family == ORGANIZATION and is_acronym(self.reading.name)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The initials that the document uses, without points."""
        names = (self.reading.name, *self.reading.aliases)
        return frozenset(name.replace(".", "") for name in names if is_acronym(name))

    @cached_property
    def full_names(self) -> tuple[str, ...]:
        """The name and such aliases as are names by themselves, not short forms of it."""
        return (self.reading.name, *filter(self._stands_alone, self.reading.aliases))

    def _stands_alone(self, alias: str) -> bool:
        """A symbol of a text or edition ("A/RES/77/281") does; initials don't, nor some words of the name."""
        if is_acronym(alias):
            return self.family != ORGANIZATION and any(character.isdigit() for character in alias)
        distinct = len(content(alias)) > 1 and specificity(alias) is Specificity.DISTINCT
        return (
            distinct
            and not is_description(alias)
            and not set(tokens(alias)) <= set(tokens(self.reading.name))
        )


def locals_of(
    documents: Mapping[Slug, Document], extractions: Iterable[Extraction], reference: Reference
) -> Iterator[Local]:
    """Every entity of every document that has an extraction."""
    countries = _countries(reference)
    for extraction in extractions:
        document = documents[extraction.document]
        sha256 = extraction.sha256 or document.sha256
        home = document.metadata.country or _home(extraction, countries)
        years, affiliations = _years(extraction), _affiliations(extraction)
        document_year = (document.metadata.date or "")[:4] or None
        for reading in extraction.entities:
            yield Local(
                extraction.document,
                sha256,
                document.language,
                reading,
                home,
                years.get(reading.id),
                document_year,
                frozenset(affiliations.get(reading.id, ())),
            )


def _countries(reference: Reference) -> ChainMap[str, str]:
    """Key or unambiguous place name → country."""
    rows: dict[str, str] = {key: row.country for key, row in reference.entities.items() if row.country}
    return ChainMap(rows, _place_countries())


@cache
def _place_countries() -> dict[str, str]:
    found: dict[str, str] = {key: place.country for key, place in places().items() if place.country}
    for name, keys in places_by_name().items():
        countries = {places()[key].country for key in keys}
        country = countries.pop() if len(countries) == 1 else None
        if country:
            found[name.text] = country
    return found


def _home(extraction: Extraction, countries: Mapping[str, str]) -> str | None:
    """The country of most of the known places and bodies that a document mentions, if it is clearly one."""
    votes: Counter[str] = Counter()
    for reading in extraction.entities:
        if country := countries.get(_locating(reading)):
            votes[country] += len(reading.mentions)
    if not votes:
        return None
    country, most = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    return country if most >= 2 and most * 2 > votes.total() else None


def _locating(reading: EntityReading) -> str:
    """The key or name that tells where an entity is; none where its name is one that many countries have."""
    if reading.type is EntityType.PLACE:
        return reading.reference or reading.name
    return reading.reference or "" if specificity(reading.name) is Specificity.DISTINCT else ""


def _years(extraction: Extraction) -> dict[LocalId, str]:
    """The one year in which the document dates each event or policy; none where it gives several."""
    found: dict[LocalId, set[str]] = defaultdict(set)
    for statement in extraction.statements:
        if statement.type in _YEAR_RELATIONS and statement.date:
            found[statement.subject].add(statement.date[:4])
    return {local: next(iter(years)) for local, years in found.items() if len(years) == 1}


def _affiliations(extraction: Extraction) -> dict[LocalId, set[LocalId]]:
    found: dict[LocalId, set[LocalId]] = defaultdict(set)
    for statement in extraction.statements:
        if statement.type in _AFFILIATIONS and statement.object:
            found[statement.subject].add(statement.object)
    return found
