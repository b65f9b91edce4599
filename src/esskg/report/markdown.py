"""A report as Markdown (CommonMark with GitHub's tables); its pictures stand beside it as SVG files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from esskg.report.content import Block, Cell, Content, Facts, Paragraph, Picture, Rows

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def to_markdown(content: Content, pictures: str) -> bytes:
    """The text, UTF-8; ``pictures`` is what the names of its picture files begin with."""
    parts = [f"# {_plain(content.title)}", _plain(content.subtitle)]
    for section in content.sections:
        parts.append(f"## {_plain(section.title)}")
        parts += ("\n".join(_block(block, content.words, pictures)) for block in section.blocks)
    parts.append(f"## {content.words['sources']}")
    parts.append("\n".join(_sources(content)) or content.words["sources_none"])
    return ("\n\n".join(parts) + "\n").encode()


def pictures(content: Content) -> dict[str, bytes]:
    """The SVG of each picture by its name."""
    return {
        block.name: block.svg
        for section in content.sections
        for block in section.blocks
        if isinstance(block, Picture)
    }


def _block(block: Block, words: dict[str, str], pictures: str) -> Iterator[str]:
    match block:
        case Paragraph(text, caution):
            yield f"> **{words['caution']}** {_plain(text)}" if caution else _plain(text)
        case Facts(rows):
            yield from (f"- {_plain(name)}: **{_cell(value)}**" for name, value in rows)
        case Picture(name, _, _, alt, caption):
            yield f"![{_plain(alt)}](<{pictures}-{name}.svg>)\n\n{_plain(caption)}"
        case Rows(headings, rows, caption):
            yield from [_plain(caption), ""] if caption else []
            yield _line(map(_plain, headings))
            yield _line("---" for _ in headings)
            yield from (_line(map(_cell, row)) for row in rows)


def _line(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return _plain(cell.text) + "".join(f" \\[{note}\\]" for note in cell.notes)


def _sources(content: Content) -> Iterator[str]:
    for source in content.sources:
        quote = f"“{_plain(source.quote)}” " if source.quote else ""
        date = f", {source.date}" if source.date else ""
        link = f" <{source.href}>" if source.href.startswith(("http://", "https://")) else ""
        yield f"{source.number}. {quote}{_plain(source.title)}{date}{link}"


def _plain(text: str) -> str:
    """Words that Markdown takes as they are, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
