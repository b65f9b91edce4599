"""The sources of a report, numbered in the order in which they are cited."""

from __future__ import annotations

from collections.abc import Iterable

from esskg.network.source import Citation
from esskg.report.content import Source

MOST = 2
"""Sentences cited for one line; the graph holds all."""


class Notes:
    """Gives each cited sentence its number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._sources: list[Source] = []

    def cite(self, evidence: Iterable[Citation]) -> tuple[int, ...]:
        """The numbers of the first few sentences, of the oldest documents first."""
        ordered = sorted(evidence, key=lambda each: (not each.date, each.date, each.iri, each.text))
        return tuple(dict.fromkeys(self._number(each) for each in ordered[:MOST]))

    def _number(self, citation: Citation) -> int:
        key = citation.iri or citation.title, citation.text
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self._sources.append(
                Source(
                    self._numbers[key],
                    " ".join(citation.text.split()),
                    citation.language,
                    citation.title,
                    citation.date,
                    citation.iri,
                )
            )
        return self._numbers[key]

    @property
    def sources(self) -> tuple[Source, ...]:
        """All that was cited, by number."""
        return tuple(self._sources)
