"""Pronouns at the head of a clause and what they stand for: "Elle préside …", "la seconde …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from esskg.extract.grammar import rules, words
from esskg.extract.relations.typed import CLASSES, CODE, Item
from esskg.model import EntityReading, Mention, Span

_WORDS = rules("clause")["any"]
_PRONOUN = re.compile(
    rf"(?:(?<=^)|(?<=; )|(?<=: ))(?P<word>{words(_WORDS['pronouns'])})\b"
    rf"(?! (?:{words(_WORDS['impersonal'])}))",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"(?:(?<=^)|(?<=; )|(?<=, )|(?<=et ))(?:(?P<first>{words(_WORDS['first_of_two'])})"
    rf"|(?P<second>{words(_WORDS['second_of_two'])}))(?=,? (?:est|a|était|avait|devient|is|was|has)\b)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(rf"(?:{words(_WORDS['possessives'])})\b")
_SUBJECTLESS = re.compile(rf"(?:{words(_WORDS['subjectless'])})\b")
_GOVERNED = re.compile(r"(?<!\w)(?:de|del|en|a|al|con|por|para|desde|junto)(?: (?:el|la|los|las))? $")
"""What stands between a verb and a name that is not its subject."""
_AFTER_VERB = 30
_PERSONAL, _THINGS = {"he", "she"}, {"it", "son"}
_STANDING = CLASSES["agent"] + CLASSES["event"]

Named = list[tuple[Mention, EntityReading]]


class Pronouns:
    """Remembers who was named last; a pronoun stands for the first named in the sentence before."""

    def __init__(self) -> None:
        self._named: list[EntityReading] = []

    def remember(self, mentions: Named) -> None:
        """The sentence just read names these."""
        named = [entity for _, entity in mentions if CODE[entity.type] in _STANDING]
        self._named = list(dict.fromkeys(named)) or self._named

    def stand_ins(self, text: str, span: Span, mentions: Named) -> list[Item]:
        """Items for the pronouns of a sentence."""
        sentence = text[span[0] : span[1]]
        found = [*self._pronouns(sentence, span, mentions), *self._ordinals(sentence, span)]
        beginning = _POSSESSIVE.match(sentence) or _lacks_subject(sentence, span, mentions)
        if not found and beginning and (entity := self._antecedent("son", self._named)):
            found = [_item(entity, (span[0], span[0]))]
        return found

    def _pronouns(self, sentence: str, span: Span, mentions: Named) -> Iterator[Item]:
        for found in _PRONOUN.finditer(sentence):
            here = [e for m, e in mentions if m.end <= span[0] + found.start() and CODE[e.type] in _STANDING]
            if entity := self._antecedent(found["word"].lower(), here or self._named):
                yield _item(entity, (span[0] + found.start(), span[0] + found.end()))

    def _ordinals(self, sentence: str, span: Span) -> Iterator[Item]:
        people = [entity for entity in self._named if CODE[entity.type] in CLASSES["person"]]
        for found in _ORDINAL.finditer(sentence):
            if len(people) == 2:
                entity = people[0] if found["first"] else people[1]
                yield _item(entity, (span[0] + found.start(), span[0] + found.end()))

    def _antecedent(self, word: str, named: list[EntityReading]) -> EntityReading | None:
        for entity in named:
            person = CODE[entity.type] in CLASSES["person"]
            if (word in _PERSONAL and not person) or (word in _THINGS and person):
                continue
            return entity
        return None


def _lacks_subject(sentence: str, span: Span, mentions: Named) -> bool:
    """Whether a Spanish sentence begins with a verb and names no subject right behind: "Nació en 2005"."""
    verb = _SUBJECTLESS.match(sentence)
    if verb is None:
        return False
    behind = [m.start - span[0] for m, _ in mentions]
    near = [start for start in behind if start - verb.end() <= _AFTER_VERB]
    return all(_GOVERNED.search(sentence[verb.end() : start]) for start in near[:1])


def _item(entity: EntityReading, span: Span) -> Item:
    return Item(*span, CODE[entity.type], entity)
