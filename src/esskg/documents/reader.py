"""Reading: from a file, or a folder of files, to documents."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import NamedTuple, cast

from esskg.documents import language
from esskg.documents.content import Content
from esskg.documents.datelines import dateline
from esskg.documents.layout import Part
from esskg.documents.metadata import first_known
from esskg.documents.sidecar import SUFFIX, read_sidecar
from esskg.errors import DocumentError
from esskg.model import Block, BlockKind, Document, Slug

MAX_BYTES = 100_000_000
MAX_CHARACTERS = 5_000_000
"""About 800,000 words, some 2,500 printed pages."""


class _Format(NamedTuple):
    media_type: str
    module: str
    """Imported when the first such file is read: some of the libraries behind are slow to load."""


_HTML = _Format("text/html", "html")
FORMATS = {
    ".txt": _Format("text/plain", "text"),
    ".md": _Format("text/markdown", "markdown"),
    ".html": _HTML,
    ".htm": _HTML,
    ".pdf": _Format("application/pdf", "pdf"),
    ".docx": _Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
}


def read(path: Path, root: Path) -> Document:
    """A file as a document; its path and slug are relative to ``root``, the project's documents folder.

    What a sidecar says about it goes before front matter and the file's own properties; title, date
    (of a dateline) and language are read from the text where nothing says them.
    Raises DocumentError where the file can't be read, with the reason and what to do.
    """
    format_, data = _format(path), _bytes(path)
    content = _content(path, format_)
    texts = [content.text[part.start : part.end] for part in content.parts]
    guesses = [language.guess(text) for text in texts]
    said = first_known(read_sidecar(path), content.metadata)
    metadata = dataclasses.replace(
        said,
        title=said.title or _title(content) or path.stem,
        date=said.date or dateline(content.text),
        language=said.language or language.of_document(texts, guesses),
    )
    blocks = tuple(
        Block(part.start, part.end, part.kind, language.of_block(guess, str(metadata.language)), part.level)
        for part, guess in zip(content.parts, guesses, strict=True)
    )
    relative = path.relative_to(root).as_posix()
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(slug_of(relative), content.text, blocks, metadata, relative, format_.media_type, sha256)


def _format(path: Path) -> _Format:
    if path.suffix == SUFFIX:
        reason = f"the sidecar stands alone: there is no {path.name.removesuffix(SUFFIX)!r} beside it"
        raise DocumentError(path, reason, "Put the document back, or take the sidecar away.")
    known = FORMATS.get(path.suffix.lower())
    if known is None:
        raise DocumentError(
            path,
            f"files of type {path.suffix or 'none'!r} can't be read",
            f"Convert it to {', '.join(FORMATS)}.",
        )
    return known


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            reason = f"the file is too large: {size / 1e6:,.0f} MB, {MAX_BYTES / 1e6:,.0f} at most"
            raise DocumentError(path, reason, "Split it into several documents.")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            path, f"the file can't be opened: {error.strerror}", "Check its name and rights."
        ) from error
    if not data.strip():
        raise DocumentError(path, "the file is empty", "Take it out, or add its text.")
    return data


def _content(path: Path, format_: _Format) -> Content:
    module = import_module(f"esskg.documents.{format_.module}")
    try:
        content = cast(Callable[[Path], Content], module.read)(path)
    except DocumentError:
        raise
    except Exception as error:  # a damaged file breaks parsers in ways that nobody has listed
        reason = f"the file is damaged ({type(error).__name__}: {error})"
        raise DocumentError(path, reason, "Open it in its own program and save it again.") from error
    if not content.text.strip():
        raise DocumentError(path, "the file holds no text", "Take it out, or add its text.")
    if len(content.text) > MAX_CHARACTERS:
        reason = f"the text is too long: {len(content.text):,} characters, {MAX_CHARACTERS:,} at most"
        raise DocumentError(path, reason, "Split it into several documents.")
    return content


def _title(content: Content) -> str:
    """The longest heading above the first paragraph; shorter ones there name the section or the genre."""
    headings: list[Part] = []
    for part in content.parts:
        if part.kind is BlockKind.HEADING:
            headings.append(part)
        elif part.kind is BlockKind.PARAGRAPH:
            break
    return max((content.text[one.start : one.end] for one in headings), key=len, default="")


# --- slugs -------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")


def slug_of(relative: str) -> Slug:
    """A name for a document that is stable, lower-case ASCII and fit for a URL, from its path alone.

    Folders are joined with ``--``; the extension is added unless it is ``.txt``. A path that can't be
    written so without loss (accents, capitals, spaces) also gets six digits of its hash, so that two paths
    never share a slug.
    """
    path = PurePosixPath(unicodedata.normalize("NFC", relative))
    extension = path.suffix.lower().removeprefix(".")
    names = [*path.parts[:-1], path.stem]
    slug = "--".join(_ascii(name) or "document" for name in names)
    slug += "" if extension == "txt" else f"-{extension}"
    if all(_PLAIN.fullmatch(name) for name in names) and not _looks_extended(path, extension):
        return Slug(slug)
    return Slug(f"{slug}-{hashlib.sha256(str(path).encode()).hexdigest()[:6]}")


def _looks_extended(path: PurePosixPath, extension: str) -> bool:
    """Whether ``a-pdf.txt`` would be taken for ``a.pdf``, or ``a.PDF`` for it."""
    mistaken = extension == "txt" and path.stem.endswith(tuple(f"-{suffix[1:]}" for suffix in FORMATS))
    return mistaken or path.suffix != f".{extension}"


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae"))
    return re.sub(r"[^a-z0-9_]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


# --- folders -----------------------------------------------------------------------------------------


def read_folder(
    folder: Path, reader: Callable[[Path, Path], Document] = read
) -> Iterator[Document | DocumentError]:
    """All documents of a folder and its sub-folders, ordered by path: each one read, or the reason why not.

    Hidden files and sidecars are passed over; a sidecar that has lost its document is reported. ``reader``
    may be that of a `Shelf`.
    """
    for path in files_of(folder):
        try:
            yield reader(path, folder)
        except DocumentError as error:
            yield error


def files_of(folder: Path) -> list[Path]:
    """The files of a folder that are documents or claim to be, in the order of their paths."""
    found = (path for path in folder.rglob("*") if path.is_file() and not _is_passed_over(path, folder))
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _is_passed_over(path: Path, folder: Path) -> bool:
    hidden = any(name.startswith((".", "~$")) for name in path.relative_to(folder).parts)
    return hidden or (path.suffix == SUFFIX and path.with_name(path.name.removesuffix(SUFFIX)).is_file())
