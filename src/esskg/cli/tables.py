"""Measures on a terminal: a table with its title, definition and caution."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from esskg.network.table import Table as Measures

SHOWN = 20
"""Rows of a long table; all of them with --json."""


def print_measures(measures: Iterable[Measures], language: str) -> None:
    """Print each measure in a language, fr or en."""
    console = Console()
    for measure in measures:
        console.print(_table(measure, language))
        console.print(measure.caution(language), style="italic", highlight=False)
        console.print()


def _table(measure: Measures, language: str) -> Table:
    table = Table(title=measure.title(language), caption=measure.definition(language), title_justify="left")
    for heading in measure.headings(language):
        table.add_column(heading)
    for row in measure.rows[:SHOWN]:
        table.add_row(*map(_shown, row))
    return table


def _shown(cell: str | float | None) -> str:
    if isinstance(cell, float):
        return f"{cell:.4g}"
    return "" if cell is None else str(cell)
