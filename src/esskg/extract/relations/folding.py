"""Folding: stretches of typed text that are about one item become that item, so that rules see further."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from esskg.extract.grammar import rules, words
from esskg.extract.relations.slots import reductions
from esskg.extract.relations.typed import ANY, CLASSES, DETERMINER, TypedText
from esskg.extract.relations.verbs import knows
from esskg.extract.roles import role_pattern
from esskg.model import Span

_ACRONYM = re.compile(rf"(?P<a>[{ANY}])(?:,? \(| ?, | - |, ou |/)\"?(?P<b>[{ANY}])(?P<c>\"?\))?")
_QUOTED = re.compile(rf"\" ?(?P<a>[{ANY}]) ?\"")


def disjoint(kept: Iterable[tuple[Span, int]]) -> list[tuple[Span, int]]:
    """The folds that don't overlap an earlier one."""
    result: list[tuple[Span, int]] = []
    for span, index in sorted(set(kept)):
        if not result or span[0] >= result[-1][0][1]:
            result.append((span, index))
    return result


def acronyms_folded(typed: TypedText) -> TypedText:
    """Name and acronym of the same entity become one item: "⟨Organisation⟩ (⟨OIT⟩)"; quotes around it go."""
    kept = [(found.span(), found.start("a")) for found in _QUOTED.finditer(typed.text)]
    typed = typed.reduced(kept) if kept else typed
    kept = []
    for found in _ACRONYM.finditer(typed.text):
        first, second = typed.items[found.start("a")], typed.items[found.start("b")]
        if first.entity is second.entity and ("(" not in found[0] or found["c"]):
            kept.append((found.span(), found.start("a")))
    return typed.reduced(disjoint(kept)) if kept else typed


def belongings_folded(typed: TypedText, language: str) -> TypedText:
    """Belonging folded into what belongs, as the patterns that are read first say."""
    kept = list(reductions(typed, language))
    return typed.reduced(disjoint(kept)) if kept else typed


def introductions_folded(typed: TypedText, language: str) -> TypedText:
    """What merely introduces a name goes: "la troupe ⟨…⟩", "le député ⟨…⟩", "Mme ⟨…⟩"."""
    kept = [
        ((found.start("words"), found.end()), found.start("name"))
        for pattern in _introductions(language)
        for found in pattern.finditer(typed.text)
        if not any(knows(word, language) for word in found["words"].split())
    ]
    return typed.reduced(disjoint(kept)) if kept else typed


@cache
def _introductions(language: str) -> tuple[re.Pattern[str], ...]:
    table = rules("clause")[language]
    word = rf"(?!(?:{words(table['never'])})(?!\w))[a-zà-ÿ][\w'·-]{{2,20}} "
    name = rf"\"?(?P<name>[{ANY}])\"?"
    return (
        re.compile(rf"(?<![\w'])(?P<words>(?:{words(table['titles'])}) )(?P<name>[{CLASSES['person']}])"),
        re.compile(rf"(?<!\w)(?i:{DETERMINER})(?P<words>(?:{word}){{1,3}}){name}"),
        re.compile(
            rf"(?<!\w)(?P<words>(?:{role_pattern(language, longest=2)}) )(?P<name>[{CLASSES['person']}])"
        ),
    )
