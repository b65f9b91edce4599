"""Plain text: bytes to characters, checked; the canonical text is the file's own, character for character."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from esskg.documents.characters import canonical
from esskg.documents.content import Content
from esskg.documents.front_matter import split_front_matter
from esskg.documents.layout import parts_of
from esskg.errors import DocumentError

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_WIDE_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


def read(path: Path) -> Content:
    """The content of a plain text file; front matter is taken off where the file begins with its fence."""
    metadata, text = split_front_matter(decode(path), path)
    return Content(text, parts_of(text), metadata)


def decode(path: Path) -> str:
    """The canonical characters of a UTF-8 file.

    Raises DocumentError where it is in another encoding or no text at all.
    """
    data = path.read_bytes()
    for mark, encoding in _WIDE_MARKS.items():
        if data.startswith(mark):
            raise DocumentError(path, f"the text is in {encoding}, not UTF-8", _convert(path, encoding))
    if b"\x00" in data:
        raise DocumentError(path, "the file is binary, not text", "Give it the extension of what it is.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"the text is not UTF-8 (line {line}, byte {data[error.start]:#04x})"
        raise DocumentError(path, reason, _convert(path, "WINDOWS-1252")) from None
    if _CONTROL.search(text):
        raise DocumentError(path, "the file is binary, not text", "Give it the extension of what it is.")
    return canonical(text)


def _convert(path: Path, encoding: str) -> str:
    return (
        f"Save it as UTF-8, for instance with: iconv -f {encoding} -t UTF-8 '{path.name}' > 'new-{path.name}'"
    )
