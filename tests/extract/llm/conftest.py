"""A server for each test, and pauses that take no time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from llm_server import FakeServer, serving


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serving() as fake:
        yield fake


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the reader would have waited before it asked again."""
    slept: list[float] = []
    monkeypatch.setattr("esskg.extract.llm.http.sleep", slept.append)
    return slept
