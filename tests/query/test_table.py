"""Tables for a terminal."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from esskg.query.table import layout

CELLS = st.text(st.characters(categories=["L", "N"]), max_size=60)


def test_long_texts_are_wrapped_beside_short_ones() -> None:
    shown = layout(["name", "sentence"], [["Caisse", "La Caisse finance le forum de la ville"]], 24)
    assert shown.splitlines()[2:] == [
        "Caisse  La Caisse",
        "        finance le forum",
        "        de la ville",
        "1 row",
    ]


def test_no_rows_are_said_to_be_none() -> None:
    assert layout(["name"], []).splitlines() == ["name", "----", "0 rows"]


@settings(deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=4), st.integers(40, 200))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(rows: list[tuple[str, ...]], width: int) -> None:
    shown = layout(["a", "b", "c"], rows, width)
    assert all(len(line) <= width for line in shown.splitlines())
    assert sum(map(len, "".join(shown.split()))) >= sum(len(cell) for row in rows for cell in row)
