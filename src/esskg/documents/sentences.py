"""Sentences: rule-based, offset-true splitting of blocks in French, English and Spanish."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

from esskg.model import Block, BlockKind, Document, Span

_END = re.compile(
    r"""(?<![.!?…])(?P<stop>[.!?…]++)
        (?P<closers>(?:[ \u00a0\u202f]?»|[”"’')\]]|\[\d{1,3}\])*+)
        \s++""",
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[^\s«“\"(\[’']*\Z")
_NEXT = re.compile(r"[«“\"'‘(\[\s–—-]*(?P<word>[¿¡…•]|[^\W_]+)")
_DOTTED = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]\Z")
_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[a-zA-Z])\Z")
_REACH = 40
"""How far back a word before a full stop is looked for: longer ones are no abbreviation."""
LONGEST = 1_500
"""Characters of a sentence; what goes on without a stop (the longest in good prose have a third of that) is
cut after a semicolon, a colon, a comma or a space, so that reading it takes as long as as much prose."""
_CUTS = ("; ", ": ", ", ", " ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document, with the block that it stands in."""

    start: int
    end: int
    block: Block


@dataclass(frozen=True, slots=True)
class Words:
    """What full stops mean in a language; see ``data/sentences.toml``."""

    titles: frozenset[str]
    numbered: frozenset[str]
    final: frozenset[str]
    starters: frozenset[str]


@cache
def words(language: str) -> Words:
    """The words of a language, or of all languages where it is another."""
    table = tomllib.loads(files("esskg.documents").joinpath("data/sentences.toml").read_text("utf-8"))
    chosen = [table[language]] if language in table else list(table.values())
    return Words(
        *(
            frozenset().union(*(one[key] for one in chosen))
            for key in ("titles", "numbered", "final", "starters")
        )
    )


def sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of a document, in order. They never cross a block, never overlap and leave out nothing
    but white space; each row of a table is one."""
    return tuple(
        Sentence(block.start + start, block.start + end, block)
        for block in document.blocks
        for start, end in _of_block(document.text[block.start : block.end], block)
    )


def _of_block(text: str, block: Block) -> Iterator[Span]:
    if block.kind is BlockKind.TABLE:
        return _between(text, (match.end() for match in re.finditer(r"\n+", text)))
    return split(text, block.language)


def split(text: str, language: str = "und") -> Iterator[Span]:
    """The spans of the sentences of a text that is one block, without the white space around them."""
    return _between(text, _boundaries(text, words(language.partition("-")[0])))


def _between(text: str, boundaries: Iterator[int]) -> Iterator[Span]:
    start = 0
    for boundary in chain(boundaries, (len(text),)):
        for end in _cuts(text, start, boundary):
            part = text[start:end]
            if part.strip():
                yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())
            start = end


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Where to cut a sentence that is too long, and its end."""
    while end - start > LONGEST:
        found = (text.rfind(sign, start, start + LONGEST) + len(sign) for sign in _CUTS)
        start = next((cut for cut in found if cut > start + LONGEST // 2), start + LONGEST)
        yield start
    yield end


def _boundaries(text: str, words: Words) -> Iterator[int]:
    start = 0
    for match in _END.finditer(text):
        following = _NEXT.match(text, match.end())
        if following is None or not _may_begin(following["word"]):
            continue
        if match["stop"] == "." and not match["closers"]:
            before = _word_before(text, start, match.start())
            if _joins(before, following["word"], words) or _labels(text[start : match.start()]):
                continue
        elif _elides(text, match):
            continue
        start = match.end()
        yield start


def _word_before(text: str, start: int, stop: int) -> str:
    found = _WORD_BEFORE.search(text, max(start, stop - _REACH), stop)
    return found.group() if found else ""


def _may_begin(word: str) -> bool:
    return not word[0].islower() or word[1:2].isupper()


def _joins(before: str, after: str, words: Words) -> bool:
    """Whether the full stop between the two words belongs to an abbreviation inside a sentence."""
    if before in words.titles:
        return True
    if before in words.numbered and after[0].isdigit():
        return True
    abbreviation = before in words.final or _DOTTED.match(before) is not None
    return abbreviation and after not in words.starters and not after[0].isdigit()


def _labels(beginning: str) -> bool:
    """Whether all that stands before the full stop is the number of a list item: ``1.``, ``b.``"""
    return _LABEL.match(beginning.strip()) is not None


def _elides(text: str, match: re.Match[str]) -> bool:
    """Whether the dots only mark an omission: ``[…]``, ``(...)``."""
    opener = text[match.start() - 1 : match.start()]
    return match["stop"] in {"…", "..."} and opener in {"[", "("}
