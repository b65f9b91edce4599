"""Mentions that stand side by side in a list."""

from __future__ import annotations

import re

_LINK = re.compile(
    r"(?: ?\([^()\n]{1,60}\))?(?:,? (?:et|and|y|e|ou|or|&) |[,;] (?:(?:et|and|y|puis) )?)"
    r"(?:d'|de |du |des |à |au )?(?:(?:la|le|les|the|el|los|las) |l')?"
)
_LONGEST = 130
"""Characters between two members of a list."""
_ITEM = re.compile(
    r"[^\n]{0,120};?\n+[ \t]*(?:[-*•·›✓]|\d{1,2}[.)])[ \t]*(?:(?:[Ll]a|[Ll]e|[Ll]es|The|the) |[Ll]')?"
)


def listed(between: str) -> bool:
    """Whether what stands between two mentions makes them members of one list."""
    if len(between) > _LONGEST:
        return False
    return _LINK.fullmatch(between) is not None or _ITEM.fullmatch(between) is not None
