"""Names that a noun heads (French and Spanish order): which of them are names, and of which type."""

from __future__ import annotations

from collections.abc import Iterator

from esskg.extract.candidates import Candidate
from esskg.extract.growth import Growth, IsPlace
from esskg.extract.lexicon import Head, Lexicon
from esskg.extract.titled import TitledGrowth
from esskg.extract.words import Words
from esskg.model import EntityType


def read_heads(words: Words, lexicon: Lexicon, is_place: IsPlace) -> Iterator[Candidate]:
    """The names of a sentence that begin with a head of the lexicon."""
    lows = () if words.shouting else words.lows
    grown = TitledGrowth if lexicon.titled else Growth
    for index in range(len(lows)):
        phrase = lexicon.head_at(lows, index)
        candidate = _candidate(grown(words, lexicon, is_place, index, phrase)) if phrase else None
        if candidate:
            yield candidate


def _candidate(growth: Growth) -> Candidate | None:
    """What has grown, None where it is no name."""
    start = _first(growth)
    head = _head(growth, start)
    if head is None or not _is_name(growth, head, start):
        return None
    if growth.words.lows[start : growth.end] in growth.lexicon.organs:
        return None
    start -= start == growth.start and growth.surnamed
    first, last = growth.words.items[start], growth.words.items[growth.end - 1]
    weight = 2.6 if growth.capital or last.text == '"' else 2.0
    return Candidate(first.start, last.end, "head", weight, head.type, head.subtype)


def _first(growth: Growth) -> int:
    """Where the name begins: ordinals before the head of an event belong to it."""
    start, words = growth.start, growth.words
    if growth.has_type(EntityType.EVENT):
        while start and growth.lexicon.ordinal.match(words.low(start - 1)) and words.adjoining(start):
            start -= 1
    return start


def _head(growth: Growth, start: int) -> Head | None:
    """What the head says of the name; with an ordinal it is an event."""
    if start < growth.start:
        return next((head for head in growth.heads if head.type is EntityType.EVENT), None)
    sizes = range(1, len(growth.phrase) + 1)
    return growth.lexicon.type_of([growth.phrase[:size] for size in sizes], growth.text(start, growth.end))


def _is_name(growth: Growth, head: Head, start: int) -> bool:
    before = growth.words.low(start - 1)
    if growth.phrase == ("état",) and before not in growth.lexicon.words["articles"]:
        return False
    if growth.capital:
        anchored = growth.proper > 0 or growth.complements > 1 or not _begins(growth, start)
        return growth.end - start > 1 and anchored
    if start < growth.start:
        return not _is_predicate(growth, start)
    met = any(_meets(growth, other.lower, before) for other in growth.heads if other.type is head.type)
    return met and _is_definite(growth, before)


def _meets(growth: Growth, condition: str, before: str) -> bool:
    """Whether a name whose head is in lower case holds what the lexicon asks of it."""
    closed = growth.lexicon.words
    if condition == "proper":
        return growth.proper > 0
    if condition == "complement":
        return growth.end - growth.start > 1
    defining = closed["articles"] | closed["possessives"] | closed["contracted"] - {"des", "aux"}
    return condition == "definite" and before in defining


def _is_predicate(growth: Growth, start: int) -> bool:
    """ "C'était la première rencontre depuis …" says something of an event and names none."""
    before = start - (growth.words.low(start - 1) in growth.lexicon.words["articles"])
    return growth.words.low(before - 1) in growth.lexicon.words["copulas"]


def _begins(growth: Growth, start: int) -> bool:
    return start == 0 or growth.words.items[start - 1].kind == "p"


def _is_definite(growth: Growth, before: str) -> bool:
    """Whether one thing is meant: "un plan d'action 2020-2025" is dated, "un plan d'action" is any."""
    if growth.dated or before not in growth.lexicon.words["indefinite"]:
        return True
    return before == "des" and growth.proper > 0
