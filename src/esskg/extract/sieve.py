"""Which of many regular expressions may match a text: one search for the words that they can't match without.

What a pattern needs is read from its syntax tree, as RE2's prefilters do (Cox, Regular expression matching
with a trigram index, 2012), so that rules needn't say it: "adhère (?:à|au) <o:org>" needs "adhère " and one
of the characters that stand for organisations. A pattern without any such word is always tried.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, Generic, TypeVar

import ahocorasick  # type: ignore[import-not-found]  # a C extension without stubs

_T = TypeVar("_T")
_Need = frozenset[str]
"""Words of which any match has at least one."""

_SYNTAX = import_module("re._parser")
"""Of the standard library; Hypothesis, too, generates text from its trees."""
_DIGIT = re.compile(r"\d")
_ANY_DIGIT = "0"
"""Stands for all digits."""
_FIRM = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT", "ASSERT"})
"""Parts that must match where their first number is positive: the fewest times, or the way to look."""
_MOST = 3
"""Needs that are looked at for each pattern."""
_LIKELY = 0.3
"""What is likelier than this to stand in a text isn't worth a look."""
_SPELLINGS = 16
"""Ways to write a stretch of a pattern that are told apart: "adhère à", "adhèrent au" …"""


class Sieve(Generic[_T]):
    """Patterns, each with what it stands for, tried only where what they need is there."""

    def __init__(self, patterns: Iterable[tuple[re.Pattern[str], _T]]) -> None:
        bits: dict[_Need, int] = {}
        self._entries: list[tuple[int, _T]] = []
        for pattern, meaning in patterns:
            wanted = 0
            for need in needs(pattern):
                wanted |= bits.setdefault(need, 1 << len(bits))
            self._entries.append((wanted, meaning))
        self._digits, self._words = _automaton(bits)

    def passing(self, text: str) -> list[_T]:
        """What the patterns stand for that may match somewhere in the text, in their order."""
        there = self._digits if self._digits and _DIGIT.search(text) else 0
        if self._words is not None:
            for _, bits in self._words.iter(text.lower()):
                there |= bits
        return [meaning for wanted, meaning in self._entries if wanted & there == wanted]


def _automaton(bits: dict[_Need, int]) -> tuple[int, Any]:
    """The needs that a digit meets, and a search for the words that meet others."""
    met: dict[str, int] = defaultdict(int)
    for need, bit in bits.items():
        for word in need:
            met[word] |= bit
    digits = met.pop(_ANY_DIGIT, 0)
    if not met:
        return digits, None
    automaton = ahocorasick.Automaton()
    for word, mask in met.items():
        automaton.add_word(word, mask)
    automaton.make_automaton()
    return digits, automaton


def needs(pattern: re.Pattern[str]) -> list[_Need]:
    """What a text must have for a pattern to match in it, in lower case, the most telling first."""
    tree = _SYNTAX.parse(pattern.pattern, pattern.flags)
    telling = {need for need in _needs(tree) if _chance(need) <= _LIKELY}
    return sorted(telling, key=lambda need: (_chance(need), sorted(need)))[:_MOST]


def _chance(need: _Need) -> float:
    """Roughly how likely one of the words stands in a text: short ones are, and many."""
    return math.fsum(0.05 if _is_item(word) else 0.3 ** len(word) for word in need)


def _is_item(word: str) -> bool:
    """Whether it stands for digits, or for a mention of a type (a character of a private use area)."""
    return word == _ANY_DIGIT or "\ue000" <= word[0] <= "\uf8ff"


def _needs(tree: Sequence[Any]) -> Iterator[_Need]:
    """The needs of what stands one after the other."""
    run = {""}
    for operator, value in tree:
        spelled = _spellings(str(operator), value)
        if spelled is None or len(run) * len(spelled) > _SPELLINGS:
            yield from _said(run)
            yield from _needs_of(str(operator), value)
            run = {""}
        else:
            run = {before + after for before in run for after in spelled}
    yield from _said(run)


def _said(run: set[str]) -> Iterator[_Need]:
    if "" not in run:
        yield frozenset(_ANY_DIGIT if _DIGIT.search(word) else word.lower() for word in run)


def _needs_of(name: str, value: Any) -> Iterator[_Need]:
    if name == "IN":
        yield from _one_of(value)
    elif name == "BRANCH":
        yield from _either([list(_needs(branch)) for branch in value[1]])
    elif name == "ATOMIC_GROUP":
        yield from _needs(value)
    elif name == "SUBPATTERN" or (name in _FIRM and value[0] > 0):
        yield from _needs(value[-1])


def _either(branches: list[list[_Need]]) -> Iterator[_Need]:
    if all(branches):
        yield frozenset().union(*(min(branch, key=_chance) for branch in branches))


def _one_of(items: Sequence[tuple[Any, Any]]) -> Iterator[_Need]:
    """The need of a set of characters; none where it holds classes other than digits, or all but some."""
    found: set[str] = set()
    for operator, value in items:
        if str(value) == "CATEGORY_DIGIT":
            found.add(_ANY_DIGIT)
        elif str(operator) in {"LITERAL", "RANGE"}:
            first, last = (value, value) if str(operator) == "LITERAL" else value
            found.update(chr(n) for n in range(first, last + 1))
        else:
            return
    yield from _said(found)


def _spellings(name: str, value: Any) -> set[str] | None:
    """All that a part of a pattern can match, where that is little."""
    if name in {"LITERAL", "AT"}:
        return {chr(value) if name == "LITERAL" else ""}
    if name == "SUBPATTERN":
        return _all_spellings(value[-1])
    if name == "BRANCH":
        branches = [spelled for branch in value[1] if (spelled := _all_spellings(branch)) is not None]
        return set().union(*branches) if len(branches) == len(value[1]) else None
    if name.endswith("_REPEAT") and value[1] == 1:
        once = _all_spellings(value[2])
        return once and once | ({""} if value[0] == 0 else set())
    return None


def _all_spellings(tree: Sequence[Any]) -> set[str] | None:
    run = {""}
    for operator, value in tree:
        spelled = _spellings(str(operator), value)
        if spelled is None or len(run) * len(spelled) > _SPELLINGS:
            return None
        run = {before + after for before in run for after in spelled}
    return run
