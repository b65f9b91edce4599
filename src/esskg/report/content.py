"""What a report is made of, before it becomes HTML, Markdown or PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from esskg.vocab import Language


@dataclass(frozen=True, slots=True)
class Cell:
    """Words with the numbers of the sources that bear them out."""

    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences; ``caution`` sets apart what must not be read into a figure."""

    text: str
    caution: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Key figures: what is counted, and how much it is."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; ``caption`` says what it holds and what it leaves out."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG and PNG, with words for those who don't see it."""

    name: str
    svg: bytes
    png: bytes
    alt: str
    caption: str


Block: TypeAlias = Paragraph | Facts | Rows | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under its heading."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence that bears out what the report says, and where it stands."""

    number: int
    quote: str
    language: str
    """Of the quote, BCP 47; empty where it isn't known."""
    title: str
    date: str
    href: str


@dataclass(frozen=True, slots=True)
class Content:
    """A whole report."""

    title: str
    subtitle: str
    language: Language
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    words: dict[str, str]
    """What the formats say besides: the heading of the sources, the word before a caution …"""
