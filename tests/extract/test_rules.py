"""Every rule reads its positive examples and stays silent on its negative ones."""

from __future__ import annotations

import pytest
from rule_examples import example, pairs

from esskg.extract.grammar import rules
from esskg.extract.relations import read_statements
from esskg.model import Modality

ROWS = [*rules("slots")["slot"], *rules("frames")["frame"], *rules("lists")["list"], *rules("lists")["label"]]
YES = [(row, line) for row in ROWS for line in row["yes"]]
NO = [(row, line) for row in ROWS for line in row["no"]]


def _read(row: dict, line: str) -> tuple[set[str], set[str]]:
    given = example(line)
    read = tuple(
        s
        for s in read_statements(given.context)
        if s.type == row["relation"] and s.modality is Modality.HOLDS and not s.rule.endswith(".ranked")
    )
    return pairs(given.context, read), set(given.expected)


@pytest.mark.parametrize(
    ("row", "line"), YES, ids=lambda value: value["name"] if isinstance(value, dict) else value[:40]
)
def test_a_rule_reads_its_positive_examples(row: dict, line: str) -> None:
    read, expected = _read(row, line)
    if row.get("symmetric") or row["relation"] == "partnersWith":
        read, expected = ({" > ".join(sorted(p.split(" > "))) for p in side} for side in (read, expected))
    assert read == expected


@pytest.mark.parametrize(
    ("row", "line"), NO, ids=lambda value: value["name"] if isinstance(value, dict) else value[:40]
)
def test_a_rule_is_silent_on_its_negative_examples(row: dict, line: str) -> None:
    assert _read(row, line)[0] == set()


def test_every_rule_has_examples_in_two_texts_and_a_negative_one() -> None:
    assert not [row["name"] for row in ROWS if len(row["yes"]) < 2 and len(row["no"]) < 1]
