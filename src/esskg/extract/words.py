"""The words of a sentence as the name grammar sees them, with or without a parse."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from esskg.extract.context import ParsedSentence

_ELISION = r"(?:[ldjmtscnLDJMTSCN]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)'(?=\w)"
_COMMON = (
    r"[A-Z]{1,10}(?:/[A-Z0-9.]{1,12}){1,6}(?<!\.)",  # A/RES/77/281
    r"S\. ?Coop\.(?: (?:And|Mad|Ltda|V)\.)?",
    r"(?:[A-ZÀ-Þ]\.){2,6}(?:\w{2,})?|[A-ZÀ-Þ]\.(?= ?[A-ZÀ-Þ])",  # B.C., J.W. McConnell
    r"(?:MM?|Mr|Mrs|Ms|Dre?|Me|Pre?|Prof|Mgr|Sra?|Srta|Sres|Dña|Dra|Lic|Ing|Mons|St|Ste|Rev|[Ii]nc|[Ll]tda?|Cía)\.",
    r"(?:n|no|nº|n°)[.°º]?(?= ?\d)",
    r"\d+(?:[.,]\d+)+",
    r"\w+(?:[-·.&]\w+|'\w+)*",
    r"\S",
)
_PATTERNS = {True: re.compile("|".join((_ELISION, *_COMMON))), False: re.compile("|".join(_COMMON))}
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d(?:-(?:(?:1[6-9]|20)\d\d|\d\d))?$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or sign, with offsets into the document."""

    start: int
    end: int
    text: str
    low: str
    kind: str
    """``A`` initials or capitals, ``C`` capitalised, ``l`` lower case, ``N`` number, ``p`` sign."""
    pos: str
    """Universal part of speech, empty without a parse."""

    @property
    def proper(self) -> bool:
        """Whether it is written as a name is."""
        return self.kind in "AC"

    @property
    def year(self) -> bool:
        """Whether it is a year or a period of years."""
        return _YEAR.match(self.text) is not None


@dataclass(frozen=True)
class Words:
    """The words of one sentence."""

    items: tuple[Word, ...]
    sentence: ParsedSentence
    shouting: bool
    """Whether it is set in capitals, so that they tell nothing."""

    @cached_property
    def lows(self) -> tuple[str, ...]:
        """The words in lower case."""
        return tuple(word.low for word in self.items)

    def between(self, start: int, end: int) -> range:
        """The indices of the words that begin between two offsets."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(word.start for word in self.items)

    def low(self, index: int) -> str:
        """The word there in lower case; empty outside the sentence."""
        return self.lows[index] if 0 <= index < len(self.items) else ""

    def adjoining(self, index: int) -> bool:
        """Whether the word there and the one before it touch or have one space between them."""
        return 0 < index < len(self.items) and self.items[index].start - self.items[index - 1].end <= 1


def read_words(text: str, sentence: ParsedSentence) -> Words:
    """The words of a sentence of a text with plain typography."""
    tags = {token.start: token.pos for token in sentence.tokens}
    pattern = _PATTERNS[not sentence.language.startswith("en")]
    items = tuple(
        Word(
            match.start(),
            match.end(),
            *_form(match[0]),
            tags.get(match.start(), ""),
        )
        for match in pattern.finditer(text, sentence.start, sentence.end)
    )
    return Words(items, sentence, _shouting(items))


@cache
def split(phrase: str) -> tuple[str, ...]:
    """The words of a phrase of a lexicon, in lower case."""
    return tuple(match[0].lower() for match in _PATTERNS[True].finditer(phrase))


@lru_cache(50_000)
def _form(text: str) -> tuple[str, str, str]:
    """A word, the same in lower case, and its kind: one and the same strings wherever it stands."""
    return text, text.lower(), _kind(text)


def _kind(text: str) -> str:
    first = text[0]
    if first.isdigit():
        return "C" if any(character.isupper() for character in text) else "N"
    if not first.isalpha():
        return "p"
    if first.islower():
        return "l"
    capitals = sum(character.isupper() for character in text)
    letters = sum(character.isalpha() for character in text)
    return "A" if capitals > 1 and capitals * 2 > letters and "-" not in text else "C"


def _shouting(words: tuple[Word, ...]) -> bool:
    long = [word for word in words if word.kind in "ACl" and len(word.text) > 3]
    capitals = sum(word.text.isupper() for word in long)
    small = sum(word.kind == "l" for word in words)
    return capitals > small and capitals * 10 >= len(long) * 6
