"""HTML: the main content of a page and its structure, found by trafilatura; navigation and cookie notices
are left out, captions are brought back."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

import trafilatura
from lxml import html
from lxml.etree import _Element
from trafilatura.settings import Document as Page

from esskg.documents.content import Content, Piece, assemble, flowing, lines, table
from esskg.documents.language import LANGUAGES
from esskg.documents.metadata import sane
from esskg.errors import DocumentError
from esskg.model import BlockKind, Metadata

MAX_BYTES = 20_000_000
_LATIN_1 = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"}
"""Names under which browsers read Windows-1252 (https://encoding.spec.whatwg.org)."""
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
"""Only dates that the page gives as its own: none guessed from its text, none that depends on today's."""
_BLOCKS = {"p", "head", "list", "table", "quote", "div", "code"}


def read(path: Path) -> Content:
    """The content of a page. Raises DocumentError where its encoding is wrong or it has no main text."""
    tree = _tree(path)
    captions = _rescue_captions(tree)
    heading = _only_heading(tree)
    page = trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=True, date_extraction_params=_DATES
    )
    if not isinstance(page, Page) or page.body is None:
        raise DocumentError(path, "the page holds no main text", "Save its text as .txt or .md instead.")
    pieces = list(_pieces(page.body, captions=captions))
    if heading and heading not in {piece.text for piece in pieces}:
        pieces.insert(0, Piece(BlockKind.HEADING, heading, 1))
    return assemble(pieces, _metadata(page, tree, heading))


def _tree(path: Path) -> html.HtmlElement:
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        reason = f"the page is too large: {len(data) / 1e6:,.0f} MB, {MAX_BYTES / 1e6:,.0f} at most"
        raise DocumentError(path, reason, "Split it into several documents.")
    return html.document_fromstring(_decode(path, data).encode(), parser=html.HTMLParser(encoding="utf-8"))


def _decode(path: Path, data: bytes) -> str:
    """UTF-8 where the bytes are, whatever the page says; else what the page says."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    declared = _CHARSET.search(data, 0, 4096)
    said = declared[1].decode("ascii").lower() if declared else "utf-8"
    for encoding in ("utf-8-sig", "cp1252" if said in _LATIN_1 else said):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise DocumentError(
        path, "the page is neither UTF-8 nor in the encoding that it names", "Save it as UTF-8."
    )


def _only_heading(tree: html.HtmlElement) -> str:
    """The page's one first-level heading, which the extraction may take for part of the page's head."""
    found = tree.xpath("//body//h1")
    return flowing(found[0].text_content()) if len(found) == 1 else ""


def _rescue_captions(tree: html.HtmlElement) -> frozenset[str]:
    """Set captions of figures and tables as paragraphs: they would be lost, or become cells."""
    texts = set()
    for caption in tree.xpath("//figure[not(.//table)]//figcaption | //table/caption"):
        text = flowing(caption.text_content())
        holder = caption.getparent() if caption.tag == "caption" else next(caption.iterancestors("figure"))
        paragraph = html.Element("p")
        paragraph.text = text
        holder.addprevious(paragraph)
        caption.drop_tree()
        texts.add(text)
    return frozenset(texts)


def _pieces(
    element: _Element,
    kind: BlockKind = BlockKind.PARAGRAPH,
    level: int = 0,
    captions: frozenset[str] = frozenset(),
) -> Iterator[Piece]:
    match element.tag:
        case "table":
            yield table((_all_words(cell) for cell in row.iter("cell")) for row in element.iter("row"))
        case "head":
            yield Piece(BlockKind.HEADING, flowing(_all_words(element)), _heading_level(element))
        case "list":
            for item in element:
                yield from _runs(item, BlockKind.LIST_ITEM, level + 1, captions)
        case _:
            yield from _runs(element, kind, level, captions)


def _all_words(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


def _heading_level(element: _Element) -> int:
    rend = element.get("rend", "")
    return int(rend[1]) if re.fullmatch("h[1-6]", rend) else 2


def _runs(element: _Element, kind: BlockKind, level: int, captions: frozenset[str]) -> Iterator[Piece]:
    """The words of an element between the blocks inside it, and those blocks."""
    words = element.text or ""
    for child in element:
        if child.tag in _BLOCKS:
            yield from _said(words, kind, level, captions)
            yield from _pieces(child, kind, level, captions)
            words = ""
        else:
            words += "\n" if child.tag == "lb" else _all_words(child)
        words += child.tail or ""
    yield from _said(words, kind, level, captions)


def _said(words: str, kind: BlockKind, level: int, captions: frozenset[str]) -> Iterator[Piece]:
    flat = flowing(words)
    if flat in captions:
        yield Piece(BlockKind.CAPTION, flat)
    elif kind is BlockKind.PARAGRAPH:
        yield from lines(words)
    else:
        yield Piece(kind, flat, level)


def _metadata(page: Page, tree: html.HtmlElement, heading: str) -> Metadata:
    """What the page's own head says. Of languages that esskg reads the words tell more: templates lie."""
    said = (tree.get("lang") or "").partition("-")[0].lower()
    publisher = page.sitename if page.sitename and page.sitename != page.hostname else None
    return sane(
        title=heading or page.title,
        date=page.date,
        language=None if said in LANGUAGES else said,
        publisher=publisher,
        author=page.author,
        licence=page.license,
        sources=page.url,
    )
