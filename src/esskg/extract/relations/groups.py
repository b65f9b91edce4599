"""Coordinated items: "A, B et C" is one group of three members, each with the preposition before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from esskg.extract.grammar import rules, words
from esskg.extract.relations.typed import ANY, DETERMINER, PREPOSITION, SEPARATOR, Item, TypedText
from esskg.model import Span

_FRENCH = {
    **dict.fromkeys(("au", "aux"), "à"),
    **dict.fromkeys(("du", "des", "d'", "del"), "de"),
    "al": "a",
}
_BEFORE = re.compile(
    rf"(?:^|(?<=[\s(\"]))(?P<prep>{PREPOSITION})?(?:{DETERMINER}|l')?(?:[^\W\d_]+ )?$", re.IGNORECASE
)
_JOINED = re.compile(rf"[{ANY}](?:{SEPARATOR}(?:{PREPOSITION})?(?:{DETERMINER})?[{ANY}])*", re.IGNORECASE)
_COMPOUND = re.compile(
    rf"\b({words(rules('clause')['any']['compound'])})\s(?:l'|la |le |les |de |du |the |los |el )*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Member:
    """One item of a group."""

    index: int
    item: Item
    preposition: str
    """Without contraction or article ("du" is "de"), empty where there is none."""


@dataclass(frozen=True, slots=True)
class Group:
    """Items joined by commas and conjunctions; indices into the typed text."""

    start: int
    end: int
    members: tuple[Member, ...]

    def of(self, codes: str) -> tuple[Member, ...]:
        """The members of given types."""
        return tuple(member for member in self.members if member.item.code in codes)


def groups_of(typed: TypedText, language: str) -> list[Group]:
    """The groups of a sentence in the order of the text."""
    return [
        Group(found.start(), found.end(), tuple(_members(typed, found.span(), language)))
        for found in _JOINED.finditer(typed.text)
    ]


def _members(typed: TypedText, span: Span, language: str) -> Iterator[Member]:
    for index in range(*span):
        if item := typed.items.get(index):
            yield Member(index, item, preposition_before(typed.text, index, language))


def preposition_before(text: str, index: int, language: str) -> str:
    """The preposition that governs what stands at an index."""
    word = _governing(text[max(0, index - 44) : index])
    return "" if word == "a" and language != "es" else word  # elsewhere an article, or "has"


@lru_cache(maxsize=4096)
def _governing(window: str) -> str:
    if wide := _COMPOUND.search(window):
        return _plain(wide[1].lower())
    found = _BEFORE.search(window)
    word = (found["prep"] or "").strip().lower() if found else ""
    return _FRENCH.get(word, word)


def _plain(words: str) -> str:
    return re.sub(r"\b(du|des)$", "de", words).replace(" au", " à").removesuffix(" the")
