"""Names that capitals and quotation marks show where no model tells names from other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from esskg.extract.candidates import Candidate
from esskg.extract.growth import IsPlace
from esskg.extract.lexicon import Lexicon, given_names
from esskg.extract.runs import Run
from esskg.extract.words import Words
from esskg.model import EntityType

_ABSTRACT = re.compile(r"\w+(?:ción|sión|dad|miento|ismo|ncia|ncias|eños)\Z")
"""Endings of nouns that "en" does not place anything in: "Ecologistas en Acción"."""
_LONGEST_QUOTATION = 16


def read_joined_runs(
    words: Words, runs: list[Run], lexicon: Lexicon, is_place: IsPlace
) -> Iterator[Candidate]:
    """Names without a head that go on over "de": "Traficantes de Sueños"."""
    for index, run in enumerate(runs):
        if not _may_begin(words, run, lexicon, is_place):
            continue
        for last in range(index + 1, min(index + 4, len(runs))):
            if not _joined(words, runs[last - 1], runs[last], lexicon, first=last == index + 1):
                break
            start, end = words.items[run.start].start, words.items[runs[last].end - 1].end
            yield Candidate(start, end, "capitals", 1.9, class_before(words, run.start, lexicon))


def _may_begin(words: Words, run: Run, lexicon: Lexicon, is_place: IsPlace) -> bool:
    first = words.items[run.start]
    closed = lexicon.words["fields"] | lexicon.words["roles"] | lexicon.words["common"]
    if first.kind != "C" or first.low in closed or first.text in given_names():
        return False
    if words.low(run.start - 1) in lexicon.words["roles"] | lexicon.words["and"]:
        return False
    last = words.items[run.end - 1]
    known = any(is_place(words.items[i].text) for i in range(run.start, run.end))
    return not known and last.kind == "C" and lexicon.head_at(words.lows, run.start) is None


def _joined(words: Words, before: Run, after: Run, lexicon: Lexicon, *, first: bool) -> bool:
    """Whether a name may go on from one run to the next."""
    between = [words.low(index) for index in range(before.end, after.start)]
    noun = words.items[after.start]
    if not between or len(between) > 2 or noun.kind != "C" or noun.text in given_names():
        return False
    if between[0] == "en":
        return len(between) == 1 and _ABSTRACT.match(noun.low) is not None
    if between[0] in {"y", "e"}:
        return not first and len(between) == 1
    head = lexicon.head_at(words.lows, after.start)
    linked = between[0] in {*lexicon.words["of"], "sin", "por", "para"}
    return (
        linked and (head is None or head[0].endswith("s")) and set(between[1:]) <= lexicon.words["articles"]
    )


def read_bare_heads(words: Words, run: Run, lexicon: Lexicon) -> Iterator[Candidate]:
    """ "la Conferencia Yolanda Díaz": a head with a capital right before a person is a short form."""
    phrase = lexicon.head_at(words.lows, run.start)
    end = run.start + len(phrase or ())
    definite = lexicon.words["articles"] | lexicon.words["contracted"] | lexicon.words["demonstratives"]
    if not phrase or end >= run.end or words.low(run.start - 1) not in definite:
        return
    if words.items[end].text in given_names():
        first, last = words.items[run.start], words.items[end - 1]
        yield Candidate(first.start, last.end, "capitals", 1.4, lexicon.heads[phrase][0].type)


def read_quoted(words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    """Names in quotation marks behind a class word: 'el webinar "Cooperar para crecer"'."""
    marks = [index for index, word in enumerate(words.items) if word.text == '"']
    for opening, closing in pairwise(marks):
        inside = words.items[opening + 1 : closing]
        if not 0 < len(inside) <= _LONGEST_QUOTATION or not inside[0].proper:
            continue
        if type_ := class_before(words, opening, lexicon):
            yield Candidate(inside[0].start, inside[-1].end, "head", 2.6, type_)


def class_before(words: Words, index: int, lexicon: Lexicon) -> EntityType | None:
    """The type of a class word that stands just before: "la coopérative X", "four banks: X"."""
    listed = words.low(index - 1) == "," and words.low(index - 2).endswith("s")
    index -= listed or words.low(index - 1) in {":", '"'}
    described = lexicon.titled and lexicon.adjective.match(words.low(index - 1)) is not None
    for last in (index, index - 1) if described else (index,):
        for size in (3, 2, 1):
            phrase = tuple(words.low(last - size + offset) for offset in range(size))
            if phrase in lexicon.classes and words.items[last - 1].kind == "l":
                return lexicon.classes[phrase]
    return None
