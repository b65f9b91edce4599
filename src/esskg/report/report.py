"""A report ready to be read: in a notebook, in a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path

from esskg.errors import EsskgError
from esskg.report.content import Content
from esskg.report.html import to_html
from esskg.report.markdown import pictures, to_markdown
from esskg.writing import refuse_existing, written

SUFFIXES = ".html", ".pdf", ".md"


@dataclass(frozen=True)
class Report:
    """A cited portrait. A notebook shows it as it is."""

    content: Content

    @cached_property
    def html(self) -> str:
        """One page that works offline."""
        return to_html(self.content).decode()

    def _repr_html_(self) -> str:
        return f'<iframe width="100%" height="800" srcdoc="{escape(self.html)}"></iframe>'

    def save(self, path: Path | str, *, force: bool = False) -> list[Path]:
        """Write it as .html, .pdf or .md, by the file's ending; a .md has its pictures beside it.

        Returns the files written. Raises EsskgError for another ending, or where one exists, unless forced.
        """
        path = Path(path)
        if path.suffix not in SUFFIXES:
            raise EsskgError(
                f"{path}: a report is written as {', '.join(SUFFIXES)}. Choose one of these endings"
            )
        files = self._files(path)
        refuse_existing(files, force=force)
        for file, content in files.items():
            with written(file) as output:
                output.write(content)
        return list(files)

    def _files(self, path: Path) -> dict[Path, bytes]:
        if path.suffix == ".html":
            return {path: self.html.encode()}
        if path.suffix == ".pdf":
            from esskg.report.pdf import to_pdf

            return {path: to_pdf(self.content)}
        drawn = {
            path.with_name(f"{path.stem}-{name}.svg"): svg for name, svg in pictures(self.content).items()
        }
        return {path: to_markdown(self.content, path.stem), **drawn}
