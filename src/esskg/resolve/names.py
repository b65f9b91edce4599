"""Names made comparable, and how much a name says about who is meant."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from enum import IntEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "’": "'", "ʼ": "'", "·": " ", "&": " et "}
)
_ELISIONS = re.compile(r"\b(l|d|qu|n|s|dell|all)'")
_ARTICLES = frozenset(["le", "la", "les", "the", "el", "los", "las", "lo"])
_CONTRACTIONS = {
    "du": "de",
    "des": "de",
    "del": "de",
    "au": "a",
    "aux": "a",
    "al": "a",
    "and": "et",
    "y": "et",
}
_PREFIXES = re.compile(r"\b(co|inter|micro|multi|socio)-(?=\w)")
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:e|er|ere|eme|re|st|nd|rd|th|o|a)?|[ivxlc]+e?")
_ORDINAL_NUMBER = re.compile(r"\d{1,3}(?:e|er|ere|eme|re|st|nd|rd|th)|(?:19|20)\d\d|[ivx]{2,}e?")


class Specificity(IntEnum):
    """How far a name goes towards saying who is meant."""

    GENERIC = 0
    """A kind of thing: "Coopérative d'habitation", "Chambre régionale", "la Ville"."""
    NATIONAL = 1
    """One within a country: "Ministère de l'Économie et de l'Innovation"."""
    DISTINCT = 2
    """One in the world, as far as names go: "Ville de Montréal", "Fondaction"."""


@lru_cache(maxsize=200_000)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, punctuation, articles and contractions.

    French, English and Spanish are folded alike, whatever the document's language: names are quoted
    across languages, and one folding for all keeps equality an equivalence.

    >>> tokens("la Fédération des Coopératives d'habitation du Québec")
    ('federation', 'de', 'cooperatives', 'de', 'habitation', 'de', 'quebec')
    """
    text = _PREFIXES.sub(r"\1", _plain(name))
    text = _ELISIONS.sub(lambda match: "de " if match[1] in {"d", "dell"} else "", text)
    words = (_CONTRACTIONS.get(word, word) for word in _WORD.findall(text))
    return tuple(_shortened(" ".join(word for word in words if word not in _ARTICLES)).split())


def fold(name: str) -> str:
    """The comparable form of a name: its tokens with single spaces."""
    return " ".join(tokens(name))


@lru_cache(maxsize=200_000)
def content(name: str) -> tuple[str, ...]:
    """The words of a name that carry meaning, numbers left out."""
    function = _words("function")
    return tuple(word for word in tokens(name) if word not in function and not _NUMBER.fullmatch(word))


@lru_cache(maxsize=200_000)
def specificity(name: str) -> Specificity:
    """How much the words of a name say by themselves."""
    words = content(name)
    if any(not _is_common(word) for word in words):
        return Specificity.DISTINCT
    if len(words) < 3 or any(_singular_in(word, _words("subnational")) for word in words):
        return Specificity.GENERIC
    worldwide = any(word in _words("worldwide") for word in words)
    return Specificity.DISTINCT if worldwide else Specificity.NATIONAL


def is_description(name: str) -> bool:
    """Whether it is no name at all, having neither a capital nor a number: "founding meeting"."""
    return not any(character.isupper() or character.isdigit() for character in name)


def has_edition(name: str) -> bool:
    """Whether a name says which of a series it is, by a year or an ordinal.

    >>> has_edition("GSEF2018"), has_edition("4e Symposium"), has_edition("Forum mondial de l'ESS")
    (True, True, False)
    """
    if re.search(r"(?:19|20)\d\d\b", name):
        return True
    return any(word in _words("ordinals") or _ORDINAL_NUMBER.fullmatch(word) for word in tokens(name))


def city_inside(name: str) -> str | None:
    """The folded name of the city in "ville de Québec", None in another name."""
    folded = fold(name)
    for prefix in _settings()["city_of"]:
        if folded.startswith(prefix + " "):
            return folded.removeprefix(prefix + " ")
    return None


def slugify(name: str, longest: int = 60) -> str:
    """A name as part of an address: ASCII letters, digits and hyphens, cut at a word.

    >>> slugify("Coopérative de l'Île d'Orléans (COOP)")
    'cooperative-de-l-ile-d-orleans-coop'
    """
    slug = "-".join(re.findall(r"[a-z0-9]+", _plain(name)))
    return slug if len(slug) <= longest else slug[: longest + 1].rpartition("-")[0] or slug[:longest]


def _plain(name: str) -> str:
    """Without case, accents and ligatures, by compatibility decomposition."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold().translate(_LIGATURES))
    return "".join(character for character in text if not unicodedata.combining(character))


def _is_common(word: str) -> bool:
    return any(_singular_in(word, _words(kind)) for kind in ("heads", "topics", "subnational"))


def _singular_in(word: str, words: frozenset[str]) -> bool:
    if word in words:
        return True
    return word[-1:] in "sx" and (word[:-1] in words or (word.endswith("es") and word[:-2] in words))


def _shortened(words: str) -> str:
    abbreviations: dict[str, str] = _settings()["abbreviations"]
    return _abbreviated().sub(lambda match: abbreviations[match[0]], words)


@cache
def _abbreviated() -> re.Pattern[str]:
    phrases = sorted(_settings()["abbreviations"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


@cache
def _settings() -> dict[str, Any]:
    text = resources.files("esskg.resolve").joinpath("generic.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(_settings()[kind])
