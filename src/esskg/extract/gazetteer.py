"""Known names in a text, found with one automaton over all of them (Aho and Corasick 1975)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import ahocorasick  # type: ignore[import-not-found]  # a C extension without stubs

from esskg.documents import same_length
from esskg.extract.candidates import Candidate
from esskg.extract.lexicon import LANGUAGES, lexicon
from esskg.model import EntityType
from esskg.reference import KnownName

_WEIGHTS = {"name": 2.6, "alias": 2.4, "acronym": 2.2}


class Gazetteer:
    """Finds the names of known entities and places."""

    def __init__(self, names: Iterable[KnownName]) -> None:
        self._meanings: dict[str, list[KnownName]] = defaultdict(list)
        for name in names:
            folded = _folded(same_length(name.text))
            if _is_safe(name, folded):
                self._meanings[folded].append(name)
        self._automaton = ahocorasick.Automaton()
        for folded in self._meanings:
            self._automaton.add_word(folded, folded)
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[Candidate]:
        """Every known name that stands in a text (of plain typography) as words of their own."""
        if not self._meanings:
            return
        folded = _folded(text)
        for last, name in self._automaton.iter(folded):
            start, end = last + 1 - len(name), last + 1
            if _at_borders(text, start, end):
                yield from self._candidates(text[start:end], start, end, name)

    def is_place(self, text: str) -> bool:
        """Whether a name (of plain typography) is one of a known place."""
        return any(name.type is EntityType.PLACE for name in self.meanings(text))

    def meanings(self, text: str) -> list[KnownName]:
        """What a name (of plain typography) is known to mean."""
        return [name for name in self._meanings.get(_folded(text), ()) if _cased_like(text, name)]

    def _candidates(self, text: str, start: int, end: int, folded: str) -> Iterator[Candidate]:
        for name in self._meanings[folded]:
            if _cased_like(text, name):
                weight, keys = _weight(name), name.keys
                yield Candidate(start, end, "gazetteer", weight, name.type, name.subtype, keys)


def _weight(name: KnownName) -> float:
    if name.type is EntityType.PLACE:
        return 2.0
    return _WEIGHTS[name.kind] if len(name.keys) == 1 else 1.8


def _folded(text: str) -> str:
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(map(_lowered, text))


def _lowered(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def _is_safe(name: KnownName, folded: str) -> bool:
    """Whether a name may be looked for without regard to context: no word that is a head or a common one."""
    if len(folded) < 2:
        return False
    if " " in folded or name.type is EntityType.PLACE:
        return True
    tables = [lexicon(language) for language in LANGUAGES]
    if any((folded,) in table.heads or (folded,) in table.descriptions for table in tables):
        return False
    return name.kind == "acronym" or not any(folded in table.words["common"] for table in tables)


def _at_borders(text: str, start: int, end: int) -> bool:
    """Whether neither end of a span cuts a word, a hyphenated one included."""
    return not (
        _joins(text[start - 1 : start], text[start - 2 : start - 1]) if start else False
    ) and not _joins(text[end : end + 1], text[end + 1 : end + 2])


def _joins(neighbour: str, beyond: str) -> bool:
    return neighbour.isalnum() or (neighbour in "-/" and beyond.isalnum() and neighbour != "")


def _cased_like(text: str, name: KnownName) -> bool:
    """Initials are the same only letter for letter; other names may be in capitals."""
    plain = same_length(name.text)
    if text == plain:
        return True
    if name.kind == "acronym" or len(plain) <= 4:
        return False
    return text.isupper() or (text[0].isupper() and (" " in text) and _capitals(text) * 2 > _capitals(plain))


def _capitals(text: str) -> int:
    return sum(character.isupper() for character in text)
