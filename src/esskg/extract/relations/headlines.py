"""Nominalisations in headlines, bound to the parties that the body names as doing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from esskg.extract.grammar import language_of, rules
from esskg.extract.relations.candidates import Candidate
from esskg.extract.relations.lists import LANGUAGES, Line
from esskg.extract.relations.typed import ANY, CLASSES, DETERMINER, PREPOSITION, SEPARATOR, Item, TypedText
from esskg.model import RelationType

_AGENT = re.compile(rf"\b(?:par|by|por) (?:{DETERMINER})?[{CLASSES['agent']}]", re.IGNORECASE)
HEAD = 4
"""How many blocks are looked at, the headline among them."""


def headline_candidates(lines: list[Line]) -> Iterator[Candidate]:
    """What the first block of a document states as a noun, where it names nobody who does it."""
    if len(lines) < 2:
        return
    head, language = lines[0].typed, language_of(lines[0].block.language, LANGUAGES)
    if len(head.text) > 260 or _AGENT.search(head.text):
        return
    for row in rules("headlines")["headline"]:
        if not _trigger(row["name"], language).search(head.text):
            continue
        codes = "".join(CLASSES[name] for name in row["objects"])
        for line in lines[1:HEAD]:
            found = list(_bound(head, line, codes, language))
            for party, object_ in found:
                span = lines[0].block.start, line.block.end
                yield Candidate(RelationType(row["relation"]), party, object_, row["name"], span)
            if found:
                break


@cache
def _trigger(name: str, language: str) -> re.Pattern[str]:
    row: dict[str, Any] = next(row for row in rules("headlines")["headline"] if row["name"] == name)
    return re.compile(rf"(?<!\w)(?:{row[language]})(?!\w)", re.IGNORECASE)


@cache
def _parties(language: str) -> re.Pattern[str]:
    members = rf"[{ANY}](?:{SEPARATOR}(?:{PREPOSITION})?(?:{DETERMINER})?[{ANY}]){{0,12}}"
    return re.compile(
        rf"{rules('headlines')['parties'][language]} (?:{DETERMINER})?(?P<s>{members})", re.IGNORECASE
    )


def _bound(head: TypedText, line: Line, codes: str, language: str) -> Iterator[tuple[Item, Item]]:
    """The parties of a block with the thing that the headline, or else the block, is about."""
    found = _parties(language).search(line.typed.text)
    if found is None:
        return
    things = [item for _, item in sorted(head.items.items()) if item.code in codes]
    things += [item for _, item in sorted(line.typed.items.items()) if item.code in codes]
    for party in line.typed.items_in(found.span("s")):
        if things and party.code in CLASSES["agent"]:
            yield party, things[0]
