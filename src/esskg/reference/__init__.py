"""What is known beforehand: reference tables, places, and the names that both give a gazetteer."""

from esskg.reference.names import KnownName, is_acronym
from esskg.reference.places import Place, currency_of, find_place, places, places_by_name
from esskg.reference.reference import Reference, load
from esskg.reference.rows import (
    AmbiguousName,
    EventRow,
    MembershipRow,
    Organization,
    Policy,
    VocabularyTerm,
)
from esskg.reference.statements import statements

__all__ = [
    "AmbiguousName",
    "EventRow",
    "KnownName",
    "MembershipRow",
    "Organization",
    "Place",
    "Policy",
    "Reference",
    "VocabularyTerm",
    "currency_of",
    "find_place",
    "is_acronym",
    "load",
    "places",
    "places_by_name",
    "statements",
]
