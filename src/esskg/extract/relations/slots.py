"""Typed slot patterns: short regular expressions over typed text, from ``rules/slots.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

from esskg.extract.grammar import rules
from esskg.extract.modality import modality_of
from esskg.extract.relations.candidates import Candidate
from esskg.extract.relations.typed import (
    ANY,
    CLASSES,
    DATE,
    DETERMINER,
    MONEY,
    PREPOSITION,
    SEPARATOR,
    Item,
    TypedText,
)
from esskg.extract.sieve import Sieve
from esskg.model import DATED_RELATIONS, Amount, RelationType, Span

_ITEMS = f"{ANY}{DATE}{MONEY}"
_MACROS = {
    "{de}": r"(?:du |des |de |d'|del )",
    "{at}": r"(?:au |aux |à |en |dans |in |at |sur )",
    "~~": r"[^;:]{0,100}?",
    "~": rf"[^;:{_ITEMS}]{{0,45}}?",
    "<date>": rf"(?P<date>{DATE})",
    "<money>": rf"(?P<money>{MONEY})",
    "<any>": rf"[{ANY}]",
    "<event>": rf"[{CLASSES['event']}]",
}
_BEHIND = 12
"""Characters behind a match in which an amount still belongs to it: "a gift of A to B: $200"."""
_SLOT = re.compile(r"<(?P<name>s2|s|o):(?P<type>\w+)(?P<many>\+?)>")
_LEAD = rf"(?:{DETERMINER})?(?:(?!\b(?:que|qui|et|ou|de|du|des|and|of|y)\b)[a-zéèêàâçîôû·-]{{3,16}} ){{0,2}}"


@dataclass(frozen=True, slots=True)
class Slot:
    """One pattern of a language."""

    name: str
    relation: RelationType
    pattern: re.Pattern[str]
    subject: str
    object: str
    pairs: bool
    also: tuple[RelationType, ...]
    reduce: str | None
    unless: re.Pattern[str] | None
    """What must not stand right before a match."""


@cache
def slots(language: str, first: bool) -> tuple[Slot, ...]:
    """The patterns of a language that are read before (``first``) or after posts are folded."""
    return tuple(
        _slot(row, source)
        for row in rules("slots")["slot"]
        if bool(row.get("first")) is first
        for source in (*row.get("any", ()), *row.get(language, ()))
    )


def _slot(row: dict[str, Any], source: str) -> Slot:
    types = {found["name"]: CLASSES[found["type"]] for found in _SLOT.finditer(source)}
    return Slot(
        name=str(row["name"]),
        relation=RelationType(row["relation"]),
        pattern=re.compile(_compiled(source), re.IGNORECASE),
        subject=types.get("s", ""),
        object=types.get("o", ""),
        pairs=bool(row.get("pairs")),
        also=tuple(RelationType(name) for name in row.get("also", ())),
        reduce=row.get("reduce"),
        unless=re.compile(f"{_compiled(row['unless'])}$", re.IGNORECASE) if "unless" in row else None,
    )


def _compiled(source: str) -> str:
    for macro, pattern in _MACROS.items():
        source = source.replace(macro, pattern)
    return _SLOT.sub(_slot_pattern, source)


def _slot_pattern(slot: re.Match[str]) -> str:
    codes = CLASSES[slot["type"]]
    more = rf"(?:{SEPARATOR}(?:{PREPOSITION})?(?:{DETERMINER})?[{codes}]){{0,40}}+" if slot["many"] else ""
    lead = _LEAD if slot.start() else ""  # a search that begins with an item is many times faster
    return rf"{lead}(?P<{slot['name']}>[{codes}]{more})"


def slot_candidates(
    typed: TypedText, language: str, first: bool
) -> Iterator[tuple[Candidate, Slot, re.Match[str]]]:
    """What the patterns of a language read in a sentence."""
    for slot in _passing(typed, language, first):
        for found in slot.pattern.finditer(typed.text):
            if not (
                slot.unless and slot.unless.search(typed.text, max(0, found.start() - 60), found.start())
            ):
                for candidate in _read(found, slot, typed, language):
                    yield candidate, slot, found


def reductions(typed: TypedText, language: str) -> Iterator[tuple[Span, int]]:
    """What the patterns that are read first fold into one of their ends."""
    for slot in _passing(typed, language, first=True):
        if slot.reduce:
            for found in slot.pattern.finditer(typed.text):
                yield found.span(), found.start(slot.reduce)


@cache
def _sieve(language: str, first: bool) -> Sieve[Slot]:
    return Sieve((slot.pattern, slot) for slot in slots(language, first))


def _passing(typed: TypedText, language: str, first: bool) -> Iterator[Slot]:
    """The patterns that may find something in a text: cheaper to know than to search."""
    codes = {item.code for item in typed.items.values()}
    return (slot for slot in _sieve(language, first).passing(typed.text) if _present(slot, codes))


def _present(slot: Slot, codes: set[str]) -> bool:
    """Whether a text has items of the types that the pattern asks for."""
    return all(not wanted or not codes.isdisjoint(wanted) for wanted in (slot.subject, slot.object)) and (
        slot.relation not in DATED_RELATIONS or DATE in codes
    )


def _read(found: re.Match[str], slot: Slot, typed: TypedText, language: str) -> Iterator[Candidate]:
    groups = found.re.groupindex
    subjects = _members(typed, found, "s", slot.subject)
    if "s2" in groups:
        subjects += _members(typed, found, "s2", slot.subject)
    start, end = found.span()
    evidence = typed.offsets[start], typed.end(end)
    modality = modality_of(typed.text, start, end, language)
    date = typed.items[found.start("date")].date if "date" in groups and found["date"] else None
    role = found["role"] if "role" in groups else None
    amount = _amount(typed, found) if slot.relation is RelationType.FINANCES else None
    for subject, object_ in _ends(slot, subjects, _members(typed, found, "o", slot.object)):
        for relation in (slot.relation, *slot.also):
            yield Candidate(
                relation, subject, object_, slot.name, evidence, modality,
                date=date if relation in DATED_RELATIONS else None, role=role,
                amount=amount,
            )  # fmt: skip


def _amount(typed: TypedText, found: re.Match[str]) -> Amount | None:
    """The money that a pattern names, else the only one in what it matched or right behind."""
    if "money" in found.re.groupindex and found["money"]:
        inside = [typed.items[found.start("money")]]
    else:
        inside = list(typed.items_in((found.start(), found.end() + _BEHIND)))
    money = [item.money for item in inside if item.money]
    return money[0].amount if len(money) == 1 else None


def _ends(slot: Slot, subjects: list[Item], objects: list[Item]) -> Iterator[tuple[Item, Item | None]]:
    if slot.pairs:
        yield from combinations(subjects, 2)
    elif slot.relation in DATED_RELATIONS:
        yield from ((subject, None) for subject in subjects)
    else:
        yield from ((subject, object_) for subject in subjects for object_ in objects)


def _members(typed: TypedText, found: re.Match[str], name: str, codes: str) -> list[Item]:
    if name not in found.re.groupindex or found[name] is None:
        return []
    return [item for item in typed.items_in(found.span(name)) if item.code in codes]
