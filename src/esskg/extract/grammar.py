"""Reading the rule files that ship with the package."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def rules(name: str) -> dict[str, Any]:
    """The content of ``rules/{name}.toml``, read once."""
    return tomllib.loads((files("esskg.extract") / "rules" / f"{name}.toml").read_text("utf-8"))


def words(alternatives: Iterable[str]) -> str:
    """A regular expression for any of the literal words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(alternatives, key=lambda w: (-len(w), w)))


def language_of(tag: str, known: Iterable[str]) -> str:
    """The language of a BCP 47 tag among those with rules; French, the corpus's first, for others."""
    primary = tag.split("-", maxsplit=1)[0].lower()
    return primary if primary in set(known) else "fr"
