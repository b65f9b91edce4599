"""The sample sector: its store, reasoned over, and its search index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from esskg import shipped
from esskg.graph.build import Run, quads
from esskg.graph.reason import entail
from esskg.graph.store import Store, memory_store
from esskg.query.catalogue import Catalogue, read
from esskg.query.search import Index, build_index
from sample import BASE, knowledge


@pytest.fixture(scope="session")
def sector() -> Store:
    store = memory_store(BASE)
    store.load(quads(knowledge(), BASE, run=Run("test", "0")))
    entail(store, BASE)
    return store


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    path = tmp_path_factory.mktemp("index") / "search.sqlite"
    build_index(path, knowledge())
    opened = Index(path)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shipped_catalogue() -> Catalogue:
    return read(Path(shipped.folder("queries")))
