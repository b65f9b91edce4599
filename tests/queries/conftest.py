"""The sample sector with its annex: a store, reasoned over, and a search index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from annex import full

from esskg import shipped
from esskg.graph.build import Run, quads
from esskg.graph.reason import entail
from esskg.graph.store import Store, memory_store
from esskg.query.catalogue import Catalogue, read
from esskg.query.results import Result
from esskg.query.run import ask
from esskg.query.search import Index, build_index
from sample import BASE


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read(shipped.folder("queries"))


@pytest.fixture(scope="session")
def sector() -> Store:
    store = memory_store(BASE)
    store.load(quads(full(), BASE, run=Run("test", "0")))
    entail(store, BASE)
    return store


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    path: Path = tmp_path_factory.mktemp("index") / "search.sqlite"
    build_index(path, full())
    opened = Index(path)
    yield opened
    opened.close()


@pytest.fixture
def answer(sector: Store, index: Index, catalogue: Catalogue) -> Callable[..., Result]:
    def answer_(question: str, **parameters: object) -> Result:
        return ask(sector, catalogue, index, question, parameters)

    return answer_
