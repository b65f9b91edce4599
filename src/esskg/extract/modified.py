"""Names whose head stands last (English order): "Kindred Credit Union", "Bank of …", "the 47th meeting"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from esskg.extract.candidates import Candidate
from esskg.extract.lexicon import Head, Lexicon, Phrase
from esskg.extract.runs import Run
from esskg.extract.words import Words
from esskg.model import EntityType

_OF = frozenset({"of", "for", "on", "against", "concerning"})
_ABSTRACT = re.compile(
    r"\w+(?:ment|tion|sion|ing|ity|ure|ism|ance|ence|ship|ness|al|ive|ics|ch|th|ety|omy|ogy|ry)\Z"
)
"""Nouns and adjectives that are no names by themselves: they may be joined to another by "and"."""


def read_modified_runs(words: Words, runs: list[Run], lexicon: Lexicon) -> Iterator[Candidate]:
    """English names: a run that ends in a head, and runs joined over "of", "for", "and"."""
    for index, run in enumerate(runs):
        for last in range(index, min(index + 5, len(runs))):
            if last > index and not _joined(words, run, runs[last - 1], runs[last], lexicon):
                break
            end = runs[last].end
            head = _head_of(words, run.start, end, lexicon)
            if head is not None and end - run.start > 1:
                first, final = words.items[run.start], words.items[end - 1]
                yield Candidate(first.start, final.end, "head", 2.4, head.type, head.subtype)


def _joined(words: Words, first: Run, before: Run, after: Run, lexicon: Lexicon) -> bool:
    """Whether a name that goes from the first run over the one before may go on into the one after."""
    between = [word.low for word in words.items[before.end : after.start]]
    complement = _within_complement(words, first.start, before.end)
    if between == [","]:
        return complement and words.low(after.end) in {"and", ","}
    if not between or any(low not in lexicon.words["inside"] for low in between):
        return False
    if any(low in _OF for low in between):
        return _goes_on_of(words, first, before, after, lexicon)
    if between not in (["and"], ["&"]):
        return False
    return between == ["&"] or complement or _is_half(words, first, before, lexicon)


def _goes_on_of(words: Words, first: Run, before: Run, after: Run, lexicon: Lexicon) -> bool:
    """Whether "of" and the like go on a name: after a head, and not into another organisation."""
    head = _head_of(words, first.start, before.end, lexicon)
    if _within_complement(words, first.start, before.end):
        return not _is_organization(words, after, lexicon)
    if head is None or _phrase_before(words, before.end, lexicon) is None:
        return False
    if head.type is EntityType.EVENT:
        return False
    return before.end - first.start == 1 or not _is_organization(words, after, lexicon)


def _is_organization(words: Words, run: Run, lexicon: Lexicon) -> bool:
    return words.items[run.start].kind == "A" or (
        run.end - run.start > 1 and _phrase_before(words, run.end, lexicon) is not None
    )


def _is_half(words: Words, first: Run, before: Run, lexicon: Lexicon) -> bool:
    """Whether a run is but the first half of a name: "Employment and Social Development …"."""
    headless = _phrase_before(words, before.end, lexicon) is None
    abstract = _ABSTRACT.match(words.low(before.end - 1)) is not None
    return headless and abstract and words.low(first.start - 1) not in {"between", "both"}


def _within_complement(words: Words, start: int, end: int) -> bool:
    return any(words.low(index) in _OF for index in range(start, end))


def _phrase_before(words: Words, end: int, lexicon: Lexicon) -> Phrase | None:
    return lexicon.head_before(words.lows, end)


def _head_of(words: Words, start: int, end: int, lexicon: Lexicon) -> Head | None:
    """What the head of a name says: the noun before its first complement, else its last."""
    lows = words.lows
    core = next((index for index in range(start + 1, end) if lows[index] in _OF), end)
    stops = (core, core + 1) if core < end else (core,)
    phrases = [lows[stop - size : stop] for stop in stops for size in range(1, stop - start + 1)]
    return lexicon.type_of(phrases, " ".join(word.text for word in words.items[start:end]))


def read_modified_heads(words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    """Events and texts in small letters that an ordinal or article makes one (English order): "the 47th
    regular meeting", "the merger"."""
    lows = words.lows
    for end in range(1, len(lows) + 1):
        phrase = lexicon.head_before(lows, end)
        if phrase and words.items[end - 1].kind == "l":
            start = _modified_from(words, end - len(phrase), lexicon)
            head = next(
                (
                    head
                    for head in lexicon.heads[phrase]
                    if _makes_one(head, words, start, end - len(phrase), lexicon)
                ),
                None,
            )
            if head is not None:
                first, last = words.items[start], words.items[end - 1]
                yield Candidate(first.start, last.end, "head", 2.0, head.type, head.subtype)


def _modified_from(words: Words, index: int, lexicon: Lexicon) -> int:
    """Where the modifiers before a noun begin: at an ordinal or year, over at most two adjectives."""
    for start in range(index - 1, max(-1, index - 4), -1):
        word = words.items[start]
        if lexicon.ordinal.match(word.low) or word.year:
            return start
        if word.kind != "l" or word.pos not in {"ADJ", "NOUN", ""}:
            break
    return index


def _makes_one(head: Head, words: Words, start: int, noun: int, lexicon: Lexicon) -> bool:
    if head.lower == "ordinal":
        return start < noun
    before = words.low(start - 1)
    return head.lower == "definite" and before in lexicon.words["articles"] | lexicon.words["possessives"]
