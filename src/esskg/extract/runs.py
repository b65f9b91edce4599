"""Runs of capitalised words, without those that only begin a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from esskg.extract.lexicon import Lexicon
from esskg.extract.words import Word, Words

_OPENERS = frozenset('":•-*])✓.?!›|>■–·;')
"""Signs after which a sentence or item begins."""
_FUNCTION_POS = frozenset({"ADP", "DET", "PRON", "ADV", "SCONJ", "CCONJ", "VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Usage:
    """How a document writes its words."""

    capitalised: frozenset[str]
    """Words, and articles with the word after them, that are capitalised inside a sentence."""
    lower: frozenset[str]
    """Words that are written in small letters somewhere."""


def read_usage(sentences: Iterable[Words]) -> Usage:
    """How the sentences of a document that are not set in capitals write their words."""
    capitalised: set[str] = set()
    lower: set[str] = set()
    for words in sentences:
        if words.shouting:
            continue
        lower.update(word.text for word in words.items if word.kind == "l")
        for index in range(1, len(words.items)):
            word = words.items[index]
            if word.proper and words.items[index - 1].kind in "lN":
                capitalised.add(word.text)
                if index + 1 < len(words.items) and words.items[index + 1].proper:
                    capitalised.add(f"{word.text} {words.items[index + 1].text}")
    return Usage(frozenset(capitalised), frozenset(lower))


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that follow one another: indices [start, end) into a sentence's words."""

    start: int
    end: int


def read_runs(words: Words, lexicon: Lexicon, usage: Usage) -> Iterator[Run]:
    """The runs of a sentence.

    A word that begins the sentence counts only if the document capitalises it inside a sentence, if it is
    written in capitals, or if it is a proper noun to the parser.
    """
    index, total = 0, len(words.items)
    while index < total:
        end = index
        while end < total and (_continues(words, index, end) or _owns(words, index, end, lexicon)):
            end += 1
        if end == index:
            index += 1
            continue
        start = _trimmed(words, index, end, lexicon, usage)
        if start < end:
            yield Run(start, end)
        index = end


def _continues(words: Words, start: int, index: int) -> bool:
    word = words.items[index]
    if index > start and not words.adjoining(index):
        return False
    if word.proper:
        return True
    follower = words.items[index + 1] if index + 1 < len(words.items) else None
    if index > start and word.low in {"d'", "l'", "&", "van", "von", "der"} and follower is not None:
        return follower.proper and words.adjoining(index + 1)
    return index > start and word.kind == "N" and len(word.text) <= 4 and not word.year


def _owns(words: Words, start: int, index: int, lexicon: Lexicon) -> bool:
    """Whether the sign or ending of a genitive goes on a name: "Workers' Cooperative"."""
    if index == start or index + 1 == len(words.items) or not words.items[index + 1].proper:
        return False
    owner, sign = words.items[index - 1], words.low(index).replace("’", "'")
    if sign == "'s":
        return owner.low in lexicon.words.get("genitives", ())
    return sign == "'" and not lexicon.head_first and owner.low.endswith("s") and words.adjoining(index)


def _trimmed(words: Words, start: int, end: int, lexicon: Lexicon, usage: Usage) -> int:
    """Where a run begins without the words that only begin a sentence."""
    while start < end and is_common(words, start, end, lexicon, usage):
        start += 1
    return start


def is_common(words: Words, index: int, end: int, lexicon: Lexicon, usage: Usage) -> bool:
    """Whether a capitalised word at the beginning of a run is no part of a name."""
    word = words.items[index]
    if not word.proper or len(word.text) == 1 or word.low in lexicon.words["titles"]:
        return True
    if word.low in lexicon.words["articles"]:
        return _is_plain_article(words, index, end, lexicon, usage)
    if word.low in lexicon.words["roles"]:
        return True
    if word.low in lexicon.words.get("demonyms", ()):
        return index + 1 == end
    if word.low in lexicon.words["common"]:
        return word.kind != "A" or index + 1 == end or words.items[index + 1].kind == "N"
    return _begins(words, index) and _only_begins(word, index + 1 == end, lexicon, usage)


def _is_plain_article(words: Words, index: int, end: int, lexicon: Lexicon, usage: Usage) -> bool:
    """Whether a capitalised article is none of a name: "La Nef" bears one."""
    if index + 1 >= end or not lexicon.head_first:
        return True
    follower = words.items[index + 1]
    return _begins(words, index) and f"{words.items[index].text} {follower.text}" not in usage.capitalised


def _only_begins(word: Word, alone: bool, lexicon: Lexicon, usage: Usage) -> bool:
    """Whether a word has its capital only from the beginning of a sentence."""
    if word.kind == "A" or word.text in usage.capitalised:
        return False
    if not alone:
        return word.pos in _FUNCTION_POS
    common = word.low in usage.lower or word.low in lexicon.words["stops"]
    return common or word.pos not in {"PROPN", ""}


def _begins(words: Words, index: int) -> bool:
    """Whether a word begins the sentence, a quotation, an item or what follows a colon."""
    return index == 0 or words.items[index - 1].text in _OPENERS
