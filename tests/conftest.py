"""What every test may use: a browser that never leaves the machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

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
