"""A report as PDF: A4, with its own fonts, bookmarks and links, and the same bytes again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import matplotlib
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, LongTable, SimpleDocTemplate, TableStyle
from reportlab.platypus import Paragraph as Text

from esskg.report.content import Block, Cell, Content, Facts, Paragraph, Picture, Rows

FONT = "DejaVuSans"
"""Comes with matplotlib; Latin, Greek and Cyrillic."""
MARGIN = 20 * mm
PADDING = 6
"""Of the library's frames, in points."""
WIDTH = A4[0] - 2 * MARGIN
INK, QUIET, RULE = HexColor("#1d2125"), HexColor("#565c63"), HexColor("#d9d9d2")

_BODY = ParagraphStyle("body", fontName=FONT, fontSize=9, leading=13, textColor=INK, spaceAfter=6)
_QUIET = ParagraphStyle("quiet", _BODY, fontSize=8, leading=11, textColor=QUIET)
_CAUTION = ParagraphStyle("caution", _QUIET, leftIndent=8, borderPadding=(0, 0, 0, 6))
_CELL = ParagraphStyle("cell", _BODY, fontSize=7.5, leading=10, spaceAfter=0)
_TITLE = ParagraphStyle("title", _BODY, fontName=f"{FONT}-Bold", fontSize=19, leading=24, spaceAfter=2)
_HEADING = ParagraphStyle(
    "heading", _BODY, fontName=f"{FONT}-Bold", fontSize=12.5, leading=16, spaceBefore=14, keepWithNext=1
)
_GRID = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
)


def to_pdf(content: Content) -> bytes:
    """The document."""
    _fonts()
    output = io.BytesIO()
    made = SimpleDocTemplate(
        output,
        pagesize=A4,
        leftMargin=MARGIN - PADDING,
        rightMargin=MARGIN - PADDING,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=content.title,
        subject=content.subtitle,
        author="esskg",
        lang=content.language,
        invariant=1,
    )
    made.build(list(_story(content)), onFirstPage=_numbered, onLaterPages=_numbered)
    return output.getvalue()


def _fonts() -> None:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name in (FONT, f"{FONT}-Bold"):
        registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    registerFontFamily(FONT, normal=FONT, bold=f"{FONT}-Bold", italic=FONT, boldItalic=f"{FONT}-Bold")


def _numbered(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(FONT, 7.5)
    canvas.setFillColor(QUIET)
    canvas.drawRightString(A4[0] - MARGIN, 11 * mm, str(document.page))


class _Bookmark(Flowable):  # type: ignore[misc] # the library has no types
    """A place in the outline; takes no room."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self._name, self._title = name, title

    def draw(self) -> None:
        """Marks the place."""
        self.canv.bookmarkPage(self._name)
        self.canv.addOutlineEntry(self._title, self._name)


def _story(content: Content) -> Iterator[Flowable]:
    yield Text(escape(content.title), _TITLE)
    yield Text(escape(content.subtitle), _QUIET)
    for section in content.sections:
        yield _Bookmark(section.name, section.title)
        yield Text(escape(section.title), _HEADING)
        for block in section.blocks:
            yield from _block(block, content.words)
    yield _Bookmark("sources", content.words["sources"])
    yield Text(escape(content.words["sources"]), _HEADING)
    yield from _sources(content)


def _block(block: Block, words: dict[str, str]) -> Iterator[Flowable]:
    match block:
        case Paragraph(text, caution):
            lead = f"<b>{escape(words['caution'])}</b> " if caution else ""
            yield Text(lead + escape(text), _CAUTION if caution else _BODY)
        case Facts(rows):
            cells = [
                [Text(escape(name), _CELL), Text(f"<b>{_marked(value)}</b>", _CELL)] for name, value in rows
            ]
            yield LongTable(cells, colWidths=[WIDTH * 0.45, WIDTH * 0.55], style=_GRID)
        case Picture():
            yield _image(block)
            yield Text(escape(block.caption), _QUIET)
        case Rows(headings, rows, caption):
            if caption:
                yield Text(escape(caption), _QUIET)
            head = [Text(f"<b>{escape(each)}</b>", _CELL) for each in headings]
            body = [[Text(_marked(cell), _CELL) for cell in row] for row in rows]
            widths = _widths(headings, rows)
            yield LongTable([head, *body], colWidths=widths, style=_GRID, repeatRows=1, spaceAfter=6)


def _widths(headings: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> list[float]:
    """Columns as wide as what stands in them, within a factor of four."""
    columns = zip(headings, *([cell.text for cell in row] for row in rows), strict=True)
    needs = [min(max(11, *map(len, column)), 36) for column in columns]
    return [WIDTH * need / sum(needs) for need in needs]


def _image(picture: Picture) -> Image:
    image = Image(io.BytesIO(picture.png))
    image.drawWidth, image.drawHeight = WIDTH, WIDTH * image.imageHeight / image.imageWidth
    image.keepWithNext = 1
    return image


def _marked(cell: Cell) -> str:
    notes = "".join(f' <a href="#source-{note}" color="#0b5394">[{note}]</a>' for note in cell.notes)
    return escape(cell.text) + notes


def _sources(content: Content) -> Iterator[Flowable]:
    if not content.sources:
        yield Text(escape(content.words["sources_none"]), _BODY)
    opening, closing = ("« ", " »") if content.language == "fr" else ("“", "”")
    for source in content.sources:
        quote = f"{opening}{escape(source.quote)}{closing} " if source.quote else ""
        title = escape(source.title)
        if source.href.startswith(("http://", "https://")):
            title = f'<a href={quoteattr(source.href)} color="#0b5394">{title}</a>'
        date = f", {escape(source.date)}" if source.date else ""
        yield Text(f'<a name="source-{source.number}"/>[{source.number}] {quote}{title}{date}', _QUIET)
