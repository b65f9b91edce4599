"""A network ready to be looked at: in a notebook, in a page of its own, in Gephi."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from esskg.errors import EsskgError
from esskg.writing import refuse_existing, written

if TYPE_CHECKING:
    from esskg.network.projection import Graph

SUFFIXES = ".html", ".graphml", ".gexf"


@dataclass(frozen=True)
class Drawing:
    """A network with where its entities stand. A notebook shows it as it is."""

    network: Graph
    title: str
    language: str
    positions: Mapping[str, tuple[float, float]] | None
    """None to lay it out by itself, which reads better for a part of the whole."""
    version: str
    """Of the graph it was made from."""

    @cached_property
    def html(self) -> str:
        """One page that works offline, with the sentences behind its lines."""
        from esskg.network.draw import standalone_html

        return standalone_html(
            self.network,
            title=self.title,
            language=self.language,
            positions=self._places(),
            dataset_version=self.version,
        )

    def _repr_html_(self) -> str:
        return f'<iframe width="100%" height="640" srcdoc="{escape(self.html)}"></iframe>'

    def save(self, path: Path | str, *, force: bool = False) -> Path:
        """Write it as .html, .graphml or .gexf, by the file's ending.

        Raises EsskgError for another ending, or where the file exists, unless forced.
        """
        path = Path(path)
        if path.suffix not in SUFFIXES:
            raise EsskgError(
                f"{path}: a drawing is written as {', '.join(SUFFIXES)}. Choose one of these endings"
            )
        refuse_existing([path], force=force)
        with written(path) as output:
            output.write(self.content(path.suffix))
        return path

    def content(self, suffix: str) -> bytes:
        """What `save` writes into a file of that ending."""
        from io import BytesIO

        from esskg.export.gexf import write_gexf
        from esskg.export.graphml import write_graphml

        if suffix == ".html":
            return self.html.encode()
        buffer = BytesIO()
        write = write_gexf if suffix == ".gexf" else write_graphml
        write(self.network, buffer, self._places())
        return buffer.getvalue()

    def _places(self) -> dict[str, tuple[float, float]] | None:
        return None if self.positions is None else dict(self.positions)
