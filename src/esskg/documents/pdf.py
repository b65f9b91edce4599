"""PDF: characters and their places, read by PDFium, set together as lines."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from esskg.documents.content import Content, assemble
from esskg.documents.metadata import sane
from esskg.documents.pages import pieces
from esskg.documents.rows import Line
from esskg.errors import DocumentError
from esskg.model import Metadata

_OCR = "Make its text searchable first, for instance with: ocrmypdf"
_CELL, _THIN = 1.8, 0.06
"""Gaps on a line, in heights of its letters, from which one is the border of table cells and from which it
is a narrow space that PDFium passes over (``11 200`` would become ``11200``)."""
_HYPHENS = "\x02\ufffe"
"""What PDFium puts for a hyphen at the end of a line, in place of the line's end."""
_SPACED = re.compile(r"[\d«»:;?!%€$£]")
_MACHINE_TITLE = re.compile(
    r"(?:microsoft word|powerpoint|untitled|sans titre|sin título|document\d*\b).*|.*\.\w{2,5}|\S*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character with its box in points, from the page's lower left corner."""

    char: str
    left: float
    bottom: float
    right: float
    top: float
    weight: int


def read(path: Path) -> Content:
    """The content of a PDF: paragraphs joined over lines and pages, running heads and page numbers dropped.

    Raises DocumentError where it is encrypted or without readable text.
    """
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            content = assemble(pieces([list(_lines(page)) for page in pdf]), _metadata(pdf))
            _check_text(path, pdf, content.text)
            return content
    except pypdfium2.PdfiumError as error:
        if error.err_code != raw.FPDF_ERR_PASSWORD:
            raise
        raise DocumentError(path, "the PDF is encrypted", "Save it without its password.") from error


def _check_text(path: Path, pdf: pypdfium2.PdfDocument, text: str) -> None:
    letters = sum(char.isalpha() for char in text)
    unknown = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in text)
    if letters < 30 * len(pdf) and (letters == 0 or any(_is_picture(page) for page in pdf)):
        raise DocumentError(path, "the PDF is scanned: pictures of pages, without text", _OCR)
    if unknown > 0.1 * letters:
        raise DocumentError(path, "the PDF's fonts don't tell which letters they draw", _OCR)


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    return next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]), None) is not None


def _metadata(pdf: pypdfium2.PdfDocument) -> Metadata:
    """Title and author where a person wrote them. The dates are the file's, not the document's, and left."""
    try:
        said = pdf.get_metadata_dict()
    except UnicodeDecodeError:
        return Metadata()
    title, author = said.get("Title", ""), said.get("Author", "")
    return sane(
        title=None if _MACHINE_TITLE.fullmatch(title) else title,
        author=author if " " in author.strip() else None,
    )


# --- lines -------------------------------------------------------------------------------------------


def _lines(page: pypdfium2.PdfPage) -> Iterator[Line]:
    glyphs: list[_Glyph] = []
    for glyph in _glyphs(page.get_textpage()):
        if glyph.char in "\r\n":
            yield from _line(glyphs)
            glyphs = []
        elif glyph.char in _HYPHENS:
            yield from _line([*glyphs, replace(glyph, char="-")])
            glyphs = []
        else:
            glyphs.append(glyph)
    yield from _line(glyphs)


def _glyphs(text: pypdfium2.PdfTextPage) -> Iterator[_Glyph]:
    for index in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, index))
        weight = 0 if char.isspace() else raw.FPDFText_GetFontWeight(text, index)
        left, bottom, right, top = text.get_charbox(index, loose=True)
        yield _Glyph(char, left, bottom, right, top, weight)


def _line(glyphs: list[_Glyph]) -> Iterator[Line]:
    drawn = [glyph for glyph in glyphs if not glyph.char.isspace()]
    size = statistics.median(glyph.top - glyph.bottom for glyph in drawn) if drawn else 0
    if size <= 0:
        return
    gaps = _gaps(drawn, size)
    yield Line(
        text=_spaced(glyphs, gaps),
        left=drawn[0].left,
        right=max(glyph.right for glyph in drawn),
        bottom=statistics.median(glyph.bottom for glyph in drawn),
        size=round(size, 1),
        weight=int(statistics.median_low(glyph.weight for glyph in drawn)),
        columns=(drawn[0].left, *(glyph.left for glyph in drawn if gaps.get(id(glyph), 0) > _CELL)),
    )


def _gaps(drawn: list[_Glyph], size: float) -> dict[int, float]:
    """How far each glyph stands from the one before, in sizes, beyond what is usual on the line."""
    gaps = {id(glyph): (glyph.left - last.right) / size for last, glyph in pairwise(drawn)}
    tracking = statistics.median(gaps.values()) if gaps else 0
    return {key: gap - tracking for key, gap in gaps.items()}


def _spaced(glyphs: list[_Glyph], gaps: dict[int, float]) -> str:
    """The characters of a line; gaps that no character stands for become tabs or narrow spaces."""
    text = ""
    for glyph in glyphs:
        gap = gaps.get(id(glyph), 0)
        if gap > _CELL:
            text = text.rstrip() + "\t"
        elif gap > _THIN and _takes_thin_space(text[-1:], glyph.char):
            text += "\u202f"
        text += " " if glyph.char.isspace() else glyph.char
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def _takes_thin_space(before: str, after: str) -> bool:
    """Whether typography may set a narrow space between two characters: at digits and high punctuation."""
    return not before.isspace() and (bool(_SPACED.match(before)) or bool(_SPACED.match(after)))
