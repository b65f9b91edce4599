"""Words that tell of what kind a name is: ``lexicons/kinds.toml``."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from importlib import resources

_SHORTEST, _LONGEST = 2, 24
"""Letters of the beginnings that are looked up."""


@lru_cache(maxsize=50_000)
def kinds_of(word: str) -> tuple[str, ...]:
    """The kinds that a word in lower case tells of, in any language.

    >>> kinds_of("coopératives")
    ('cooperative',)
    """
    whole, stems = _tables()
    found = set(whole.get(word, ()))
    for size in range(_SHORTEST, min(len(word), _LONGEST) + 1):
        found.update(stems.get(word[:size], ()))
    return tuple(sorted(found))


@cache
def _tables() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Words that stand for themselves, and those that stand for all that begin so, with their kinds."""
    text = resources.files("esskg.extract").joinpath("lexicons/kinds.toml").read_text("utf-8")
    whole: dict[str, list[str]] = defaultdict(list)
    stems: dict[str, list[str]] = defaultdict(list)
    for kind, words in tomllib.loads(text)["kinds"].items():
        for word in words.split():
            (stems if word.endswith("*") else whole)[word.removesuffix("*")].append(kind)
    return dict(whole), dict(stems)
