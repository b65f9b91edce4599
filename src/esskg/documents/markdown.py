"""Markdown: CommonMark with tables; the canonical text is what a reader sees, without the markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from esskg.documents.content import Content, Piece, assemble, flowing, lines, table
from esskg.documents.front_matter import split_front_matter
from esskg.documents.text import decode
from esskg.model import BlockKind

_UNSEEN = {"html_block", "html_inline", "hr", "image"}


def read(path: Path) -> Content:
    """The content of a Markdown file; images and raw HTML are left out."""
    metadata, text = split_front_matter(decode(path), path)
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text))
    return assemble(_pieces(tree), metadata)


def _pieces(node: SyntaxTreeNode, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> Iterator[Piece]:
    match node.type:
        case "heading":
            yield Piece(BlockKind.HEADING, flowing(_text(node)), int(node.tag[1]))
        case "table":
            yield table(
                (_text(cell) for cell in row.children) for part in node.children for row in part.children
            )
        case "inline" if kind is BlockKind.PARAGRAPH:
            yield from lines(_text(node))
        case "inline":
            yield Piece(kind, flowing(_text(node)), level)
        case "fence" | "code_block":
            yield from lines(node.content)
        case "bullet_list" | "ordered_list":
            for item in node.children:
                yield from _pieces(item, BlockKind.LIST_ITEM, level + 1)
        case unseen if unseen in _UNSEEN:
            return
        case _:
            for child in node.children:
                yield from _pieces(child, kind, level)


def _text(node: SyntaxTreeNode) -> str:
    match node.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "text" | "code_inline":
            return node.content
        case unseen if unseen in _UNSEEN:
            return ""
    return "".join(_text(child) for child in node.children)
