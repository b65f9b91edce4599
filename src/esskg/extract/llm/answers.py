"""A model's words as data: the claims in them, whatever stands around."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Claim = dict[str, Any]
MOST = 200
"""Claims of one answer that are looked at; a passage has no more to say."""
_STARTS = 20
"""Opening braces that are tried: JSON may stand in prose or in a code fence, but near its beginning."""


def claims_in(answer: str) -> list[Claim]:
    """What the answer claims; what is no claim by its shape is left out.

    Raises ValueError where the answer holds no JSON object with statements.
    """
    for value in _objects(answer):
        statements = value.get("statements")
        if isinstance(statements, list):
            return [claim for claim in statements[:MOST] if isinstance(claim, dict)]
    raise ValueError("the answer holds no JSON object with statements")


def _objects(answer: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    start = -1
    for _ in range(_STARTS):
        start = answer.find("{", start + 1)
        if start < 0:
            return
        try:
            yield decoder.raw_decode(answer, start)[0]
        except (ValueError, RecursionError):
            continue
