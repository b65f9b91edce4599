"""Word documents: paragraphs, lists and tables in their order, text boxes and content controls too."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from esskg.documents.content import Content, Piece, assemble, flowing, lines, table
from esskg.documents.metadata import sane
from esskg.errors import DocumentError
from esskg.model import BlockKind, Metadata

MAX_UNPACKED = 500_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_BOX = qn("w:txbxContent")
_HOLDERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")}
"""What holds blocks of its own: content controls, insertions."""
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_APART = {_BOX, _FALLBACK, qn("w:del"), qn("w:moveFrom"), qn("w:pPr")}
"""What stands inside a paragraph without being its words: text boxes, their copies, what was struck out."""
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_HEADING = re.compile(r"(?:heading|titre|título) (?P<level>\d)", re.IGNORECASE)
_LISTED = re.compile(r"list(?: bullet| number)?(?: (?P<level>\d))?", re.IGNORECASE)
_TITLES = {"title": 1, "subtitle": 2}


def read(path: Path) -> Content:
    """The content of a Word document.

    Raises DocumentError where it is locked, an older ``.doc`` or too large.
    """
    word = _open(path)
    return assemble(_pieces(word.element.body, word), _metadata(word))


def _open(path: Path) -> Word:
    with path.open("rb") as file:
        if file.read(4) == _OLE:
            remedy = "Save it as .docx without a password."
            raise DocumentError(path, "the document has a password or is an older .doc", remedy)
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > MAX_UNPACKED:
        raise DocumentError(path, f"the document unpacks to {size / 1e6:,.0f} MB", "Split it into several.")
    return docx.Document(str(path))


def _pieces(container: _Element, word: Word) -> Iterator[Piece]:
    for child in container:
        if isinstance(child, CT_P):
            yield from _paragraph(Paragraph(child, word), word)
        elif isinstance(child, CT_Tbl):
            yield from _table(Table(child, word), word)
        elif child.tag in _HOLDERS:
            yield from _pieces(child, word)


def _paragraph(paragraph: Paragraph, word: Word) -> Iterator[Piece]:
    words = "".join(_words(paragraph._p))
    style = (paragraph.style.name or "") if paragraph.style else ""
    heading, level = _heading(style), _list_level(paragraph, style)
    if heading:
        yield Piece(BlockKind.HEADING, flowing(words), heading)
    elif level:
        yield Piece(BlockKind.LIST_ITEM, flowing(words), level)
    elif style.lower() == "caption":
        yield Piece(BlockKind.CAPTION, flowing(words))
    elif style.lower().startswith("toc "):
        yield Piece(BlockKind.BOILERPLATE, flowing(words))
    else:
        yield from lines(words)
    for box in _boxes(paragraph._p):
        yield from _pieces(box, word)


def _words(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _APART:
            yield from _words(child)


def _boxes(element: _Element) -> Iterator[_Element]:
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)


def _heading(style: str) -> int:
    found = _HEADING.fullmatch(style)
    return int(found["level"]) if found else _TITLES.get(style.lower(), 0)


def _list_level(paragraph: Paragraph, style: str) -> int:
    """The depth of a list item, from 1; 0 for what is none."""
    numbering = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if numbering is not None:
        list_, depth = (numbering.find(qn(name)) for name in ("w:numId", "w:ilvl"))
        is_none = list_ is None or list_.get(qn("w:val")) == "0"
        return 0 if is_none else 1 + int(depth.get(qn("w:val"), "0") if depth is not None else 0)
    listed = _LISTED.fullmatch(style)
    return int(listed["level"] or 1) if listed else 0


def _table(grid: Table, word: Word) -> Iterator[Piece]:
    """A table of one cell only frames what stands in it."""
    rows = [list(_cells(row)) for row in grid._tbl.tr_lst]
    if len(rows) == 1 and len(rows[0]) == 1:
        yield from _pieces(rows[0][0], word)
    else:
        yield table((_cell_text(cell) for cell in row) for row in rows)


def _cells(row: _Element) -> Iterable[_Element]:
    return row.iter(qn("w:tc"))


def _cell_text(cell: _Element) -> str:
    return " ".join("".join(_words(paragraph)) for paragraph in cell.iter(qn("w:p")))


def _metadata(word: Word) -> Metadata:
    """Title and author where a person wrote them. The dates are the file's, not the document's, and left."""
    properties = word.core_properties
    author = properties.author if " " in (properties.author or "") else None
    return sane(title=properties.title or None, author=author)
