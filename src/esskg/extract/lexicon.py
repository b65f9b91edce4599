"""The lexicons: which words head names of which type, and how names go on, one table a language."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, NamedTuple

from esskg.extract.words import split
from esskg.model import EntityType

LANGUAGES = ("fr", "en", "es")
Phrase = tuple[str, ...]
_FUNCTION = ("articles", "indefinite", "demonstratives", "possessives", "of", "onto", "and", "contracted")


class Head(NamedTuple):
    """What a head noun says about the name that it heads."""

    rank: int
    """Its place in the lexicon: of two that fit equally the first counts."""
    type: EntityType
    subtype: str | None
    having: re.Pattern[str] | None
    """What the name must also hold."""
    lower: str
    """What the name must hold when its head is in lower case."""


@dataclass(frozen=True)
class Lexicon:
    """The words of one language."""

    language: str
    head_first: bool
    titled: bool
    """Whether every noun and adjective of a name has a capital, as in Spanish."""
    words: dict[str, frozenset[str]]
    """The closed classes of words, by name."""
    ordinal: re.Pattern[str]
    adjective: re.Pattern[str]
    acting: re.Pattern[str]
    heads: dict[Phrase, tuple[Head, ...]]
    classes: dict[Phrase, EntityType]
    """Class words that stand just before a name of their type."""
    descriptions: dict[Phrase, frozenset[EntityType]]
    """Nouns that stand for an entity of these types."""
    longest: dict[str, int]
    """First or last word of a head → words of the longest head with it."""

    @cached_property
    def function_words(self) -> frozenset[str]:
        """Articles, prepositions, conjunctions and the like."""
        return frozenset[str]().union(*(self.words[name] for name in _FUNCTION))

    def has(self, word: str, *classes: str) -> bool:
        """Whether a word in lower case is of one of the closed classes."""
        return any(word in self.words[name] for name in classes)

    @cached_property
    def organs(self) -> frozenset[Phrase]:
        """Organs that every organisation has, which are no entities: "Consejo de Administración"."""
        return frozenset(map(split, self.words.get("organs", ())))

    def head_at(self, lows: Sequence[str], index: int) -> Phrase | None:
        """The longest head that begins with the word at an index; none behind the last word."""
        if index >= len(lows):
            return None
        for size in range(min(self.longest.get(lows[index], 0), len(lows) - index), 0, -1):
            phrase = tuple(lows[index : index + size])
            if phrase in self.heads:
                return phrase
        return None

    def head_before(self, lows: Sequence[str], end: int) -> Phrase | None:
        """The longest head that ends just before an index."""
        for size in range(min(5, end), 0, -1):
            phrase = tuple(lows[end - size : end])
            if phrase in self.heads:
                return phrase
        return None

    def type_of(self, phrases: Iterable[Phrase], name: str) -> Head | None:
        """What the best of several heads says of a name: one whose condition holds, then the longest."""
        fitting = [
            (head.having is not None, len(phrase), -head.rank, head)
            for phrase in phrases
            for head in self.heads.get(phrase, ())
            if head.having is None or head.having.search(name)
        ]
        return max(fitting, key=lambda found: found[:3])[3] if fitting else None


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language (BCP 47); French, the corpus's first, for one without any."""
    primary = language.partition("-")[0]
    return _build(primary if primary in LANGUAGES else LANGUAGES[0])


@cache
def given_names() -> frozenset[str]:
    """Common given names, as written."""
    names: str = _table("given_names")["names"]
    return frozenset(names.split())


@cache
def surnames() -> frozenset[str]:
    """Common Spanish surnames, as written."""
    names: str = _table("given_names")["surnames"]
    return frozenset(names.split())


@cache
def name_particles() -> frozenset[str]:
    """Words in small letters that may stand between a given name and the rest of a surname."""
    particles: str = _table("given_names")["particles"]
    return frozenset(particles.split())


@cache
def cues() -> dict[EntityType, re.Pattern[str]]:
    """Type → words of all languages that tell of it when they stand near a name."""
    stems: dict[str, list[str]] = defaultdict(list)
    for language in LANGUAGES:
        for type_, words in _table(language)["cues"].items():
            stems[type_] += words
    return {
        EntityType(type_): re.compile(rf"\b(?:{'|'.join(words)})\w*", re.IGNORECASE)
        for type_, words in stems.items()
    }


def examples(language: str) -> list[str]:
    """The examples of a lexicon, mentions marked as ``[text|Type]``."""
    return [example["text"] for example in _table(language)["examples"]]


def _table(name: str) -> dict[str, Any]:
    path = resources.files("esskg.extract").joinpath(f"lexicons/{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))


@cache
def _build(language: str) -> Lexicon:
    table = _table(language)
    grammar = table["grammar"]
    heads = _heads(table["heads"])
    longest: dict[str, int] = defaultdict(int)
    for phrase in heads:
        longest[phrase[0]] = max(longest[phrase[0]], len(phrase))
    return Lexicon(
        language=language,
        head_first=grammar["order"] == "head-first",
        titled=bool(grammar.get("titled")),
        words={
            name: frozenset(map(str.lower, value))
            for name, value in grammar.items()
            if isinstance(value, list)
        },
        ordinal=re.compile(grammar["ordinal"] + r"\Z", re.IGNORECASE),
        adjective=re.compile(grammar["adjective"] + r"\Z"),
        acting=re.compile(grammar["acting"] + r"\Z"),
        heads=heads,
        classes={split(word): EntityType(row["type"]) for row in table["classes"] for word in row["words"]},
        descriptions=_descriptions(table["descriptions"]),
        longest=dict(longest),
    )


def _heads(rows: list[dict[str, Any]]) -> dict[Phrase, tuple[Head, ...]]:
    found: dict[Phrase, list[Head]] = defaultdict(list)
    for rank, row in enumerate(rows):
        having = "|".join(map(re.escape, row["with"])) if "with" in row else None
        pattern = re.compile(rf"(?<!\w)(?:{having})(?!\w)") if having else None
        head = Head(rank, EntityType(row["type"]), row.get("subtype"), pattern, row["lower"])
        for word in row["words"]:
            found[split(word)].append(head)
    return {phrase: tuple(heads) for phrase, heads in found.items()}


def _descriptions(table: dict[str, list[str]]) -> dict[Phrase, frozenset[EntityType]]:
    found: dict[Phrase, set[EntityType]] = defaultdict(set)
    for type_, words in table.items():
        for word in words:
            found[split(word)].add(EntityType(type_))
    return {phrase: frozenset(types) for phrase, types in found.items()}
