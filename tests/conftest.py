"""What every test may use: the shipped graph, a small project, a browser that never leaves the machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

import esskg
import sample
from esskg.extract.evaluation import Evaluation
from esskg.graph.store import Store
from esskg.project import Project

ROOT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
LOCAL_SCHEMES = {"file", "data", "blob", "about"}
LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}


def is_local(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in LOCAL_SCHEMES or parts.hostname in LOCAL_HOSTS


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests; without it the tests that need it are skipped."""
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM}: install it with apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--enable-unsafe-swiftshader"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def outside_requests() -> list[str]:
    """The URLs beyond this machine that the page asked for; none of them was let through."""
    return []


@pytest.fixture
def page_errors() -> list[str]:
    """The uncaught errors of the page's scripts."""
    return []


@pytest.fixture
def page(browser: Browser, outside_requests: list[str], page_errors: list[str]) -> Iterator[Page]:
    """A fresh page in a context of its own. A test that used it fails if the page asked for anything
    beyond this machine or let an error go uncaught (a test that means to do so empties the lists)."""

    def guard(route: Route) -> None:
        if is_local(route.request.url):
            route.fallback()
        else:
            outside_requests.append(route.request.url)
            route.abort()

    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.route("**/*", guard)
    page = context.new_page()
    page.on("pageerror", lambda error: page_errors.append(str(error)))
    yield page
    context.close()
    assert outside_requests == [], "the page asked for something beyond this machine"
    assert page_errors == [], "the page let an error go uncaught"


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped project with its graph built; no test may change it."""
    folder = tmp_path_factory.mktemp("corpus") / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("build"))
    esskg.open(folder).build(jobs=2)
    return folder


@pytest.fixture(scope="session")
def built(corpus: Path) -> Iterator[Project]:
    """The shipped project, built."""
    with esskg.open(corpus) as project:
        yield project


@pytest.fixture(scope="session")
def evaluation(built: Project) -> Evaluation:
    """The shipped corpus held against its annotations; what the build read is not read again."""
    return built.evaluate()


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """A new project with three short documents, not built yet; a test may change it."""
    project = esskg.init(tmp_path / "small")
    for name, text in SMALL.items():
        (project.folder.documents / name).write_text(text, "utf-8")
    return project


SMALL = {
    "accord.md": """---
title: Un fonds pour les coopératives
date: 2024-05-02
language: fr
---
La Ville de Trois-Rivières verse 2,5 millions de dollars canadiens à la Fédération des coopératives
du Saint-Maurice.
La Fédération des coopératives du Saint-Maurice a été fondée en 1998.
""",
    "forum.md": """---
title: Forum
date: 2024-06-10
language: fr
---
Le Forum de l'économie sociale de la Mauricie a été organisé par la Ville de Trois-Rivières à Shawinigan.
Claire Bellerive, directrice générale de la Fédération des coopératives du Saint-Maurice, y a participé.
""",
    "grant.md": """---
title: A grant
date: 2024-09-01
language: en
---
The Northern Lights Foundation granted $40,000 CAD to the Blue River Workers' Cooperative.
Blue River Workers' Cooperative is a member of the Canadian Worker Co-operative Federation.
""",
}


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The sample sector in a store, with the labels that two of its relations have in an ontology."""
    return sample.store_of(sample.knowledge(), tmp_path_factory.mktemp("ontology"))
