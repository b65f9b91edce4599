from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from esskg.documents.boilerplate import is_boilerplate, is_caption

LEXICON = tomllib.loads(files("esskg.documents").joinpath("data/layout.toml").read_text("utf-8"))


def examples(kind: str) -> list[str]:
    return [example for row in LEXICON[kind] for example in row["examples"]]


@pytest.mark.parametrize("line", examples("boilerplate") + examples("breadcrumb"))
def test_boilerplate_is_known(line: str) -> None:
    assert is_boilerplate(line)
    assert is_boilerplate(line.replace("'", "’").replace(" ", "\u00a0"))


@pytest.mark.parametrize("line", examples("caption"))
def test_captions_are_known(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize("line", LEXICON["negatives"])
def test_what_a_document_says_is_neither(line: str) -> None:
    assert not is_boilerplate(line)
    assert not is_caption(line)


def test_every_pattern_has_two_examples() -> None:
    rows = [row for kind in ("boilerplate", "caption", "breadcrumb") for row in LEXICON[kind]]
    assert all(len(row["examples"]) > 1 for row in rows)
