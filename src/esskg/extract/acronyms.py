"""Short and long names that stand side by side: "Organisation internationale du Travail (OIT)"."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from esskg.extract.candidates import Candidate
from esskg.extract.clusters import Cluster, Clusters
from esskg.extract.lexicon import LANGUAGES, Lexicon, lexicon
from esskg.extract.words import Words, split
from esskg.model import EntityType
from esskg.reference import is_acronym

_BETWEEN = re.compile(r'"?,? ?\((?:ou |or |the |la |le |l\'|el )?')
_AFTER = re.compile(r"\)| ?[,;:/] |, ")
_NO_START = frozenset(
    {"la", "le", "l'", "les", "the", "el", "los", "las", "un", "une", "a", "an", "de", "du", "des", "d'"}
)
_UNABBREVIATED = frozenset({EntityType.PERSON})
_FEWEST = 3
"""Letters of an acronym that its initials alone tell."""


def link_acronyms(clusters: Clusters) -> None:
    """Make one of a name and the acronym in brackets after it, or the other way round."""
    for (first, long), (second, short) in pairwise(clusters.in_order()):
        if _side_by_side(clusters.text, first, second):
            clusters.merge(clusters.standing(long), clusters.standing(short))


def _side_by_side(text: str, first: Candidate, second: Candidate) -> bool:
    between = text[first.end : second.start]
    if not _BETWEEN.fullmatch(between) or not _AFTER.match(text, second.end):
        return False
    if first.type in _UNABBREVIATED or second.type in _UNABBREVIATED:
        return False
    one, other = text[first.start : first.end], text[second.start : second.end]
    short, long = (other, one) if is_acronym(other) else (one, other)
    if first.type is EntityType.PLACE and not _spells(short, long):
        return False
    if is_acronym(short):
        return not is_acronym(long) and (" " in long or _spells(short, long))
    return " " not in other and one.count(" ") >= 2 and other[0] == one[0]


def _spells(short: str, long: str) -> bool:
    """Whether the acronym's letters begin words of the name, in order (after Schwartz and Hearst 2003)."""
    letters = [character for character in short.casefold() if character.isalpha()]
    rest = long.casefold()
    for letter in letters:
        found = re.search(rf"(?<!\w){re.escape(letter)}", rest)
        if found is None:
            return False
        rest = rest[found.end() :]
    return True


def link_initials(clusters: Clusters) -> None:
    """Make one of an acronym and the only name of the document that it is the initials of."""
    spelled: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for initials in {_initials(name) for name in cluster.names}:
            spelled[initials].append(cluster)
    for cluster in list(clusters):
        letters = _letters(cluster.name)
        if len(letters) < _FEWEST or not is_acronym(cluster.name) or cluster.type in _UNABBREVIATED:
            continue
        longer = [other for other in spelled[letters] if other is not cluster]
        if len(longer) == 1 and not (cluster.keys and longer[0].keys):
            clusters.merge(longer[0], cluster)


@lru_cache(maxsize=20_000)
def _initials(name: str) -> str:
    """The first letters of the words of a name, small ones left out."""
    return _letters("".join(word[0] for word in split(name.replace("-", " ")) if word not in _small_words()))


def _letters(text: str) -> str:
    """The letters of a text without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if c.isalpha())


@cache
def _small_words() -> frozenset[str]:
    return frozenset[str]().union(*(lexicon(language).function_words for language in LANGUAGES))


def read_expansions(words: Words, table: Lexicon) -> Iterator[Candidate]:
    """A name in small letters before an acronym in brackets whose letters its words begin with, and the
    acronym: "le dispositif local d'accompagnement (DLA)"."""
    lows = words.lows
    for index in range(2, len(lows) - 1):
        short = words.items[index]
        known = short.low in table.words["common"] or not is_acronym(short.text)
        if lows[index - 1] != "(" or lows[index + 1] != ")" or known:
            continue
        start = _spelled_from(words, index - 2, [c for c in short.text.casefold() if c.isalpha()], table)
        if start is not None:
            phrase = table.head_at(lows, start)
            head = table.type_of([phrase], "") if phrase else None
            type_, subtype = (head.type, head.subtype) if head else (None, None)
            first, last = words.items[start], words.items[index - 2]
            yield Candidate(first.start, last.end, "acronym", 2.2, type_, subtype)
            yield Candidate(short.start, short.end, "acronym", 2.2)


def _spelled_from(words: Words, last: int, letters: list[str], table: Lexicon) -> int | None:
    """The index of the word that gives the first letter, reading backwards from the last word."""
    index = last
    for letter in reversed(letters):
        while (
            index > last - 14
            and index >= 0
            and words.low(index) in table.function_words
            and words.low(index)[0] != letter
        ):
            index -= 1
        if index < 0 or not words.low(index).startswith(letter):
            return None
        index -= 1
    start = index + 1
    return start if words.low(start) not in _NO_START and last > start else None
