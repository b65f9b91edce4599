"""Hostile files: read in proportion to their length, or refused with a reason; never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from doubling import growth
from esskg.documents import read
from esskg.errors import DocumentError

PIECES = {
    "attributes": '<p class="' + "a " * 200 + '">Texte.</p>',
    "brackets": "[(",
    "cells": "<td>1",
    "comments": "<!-- ",
    "emphasis": "*a_",
    "entities": "&amp;&#38;",
    "exclamations": "!",
    "headings": "# A\n",
    "invisible": "\u200b\u200f\u202eא",
    "items": "- a\n",
    "lines": "A\n\n",
    "links": "[a](",
    "nested": "<div>",
    "quotations": "> ",
    "rows": "|a|b|\n",
    "scripts": "<script>",
    "spaces": "a" + "\u00a0" * 30,
    "tags": "<",
    "words": "Une phrase sans fin et ",
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize("suffix", [".txt", ".html", ".md"])
def test_reading_takes_time_in_proportion(tmp_path: Path, piece: str, suffix: str) -> None:
    def written(length: int) -> Path:
        path = tmp_path / f"{length}{suffix}"
        path.write_text("Texte. " + piece * (length // len(piece)), "utf-8")
        return path

    def try_to(path: Path) -> None:
        try:
            read(path, tmp_path)
        except DocumentError as error:
            assert error.reason and error.remedy

    try_to(written(1000))
    assert growth(try_to, written(10_000), written(40_000)) < 9
