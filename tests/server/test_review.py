"""The page of reviewing: by form, by key, for people at this machine only."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import serving
from playwright.sync_api import Page, expect

GIVEN = {"who": "Zoé Ötzi", "why": "so it says", "after": ""}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    serving.publish(tmp_path, serving.knowledge())
    return tmp_path


@pytest.fixture
def reviewing(root: Path) -> Iterator[httpx.Client]:
    with serving.served(root) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def waiting(client: httpx.Client) -> str:
    found: str = client.get("/en/review.json").json()["statement"]["id"]
    return found


def rows(root: Path) -> list[dict[str, str]]:
    path = root / "decisions" / "review.csv"
    return list(csv.DictReader(path.read_text("utf-8").splitlines())) if path.exists() else []


def test_an_answer_is_a_row_and_the_next_one_waits(root: Path, reviewing: httpx.Client) -> None:
    first = waiting(reviewing)
    answer = reviewing.post("/fr/review", data={**GIVEN, "id": first, "answer": "accept"})
    assert answer.status_code == 303
    (row,) = rows(root)
    assert (row["kind"], row["who"]) == ("accept", "Zoé Ötzi")
    assert "Accepté" in reviewing.get(answer.headers["location"]).text
    reviewing.post("/fr/review", data={**GIVEN, "id": first, "answer": "undo"})
    assert rows(root) == []
    assert waiting(reviewing) == first
    assert 'value="Zoé Ötzi"' in reviewing.get("/fr/review").text


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.9"},
        {"Host": "kg.example.org"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_nobody_decides_from_elsewhere(root: Path, reviewing: httpx.Client, headers: dict[str, str]) -> None:
    first = waiting(reviewing)
    answer = reviewing.post("/en/review", data={**GIVEN, "id": first, "answer": "accept"}, headers=headers)
    assert answer.status_code in (400, 403, 421)
    assert rows(root) == []


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"answer": "accept", "who": ""}, 400),
        ({"answer": "accept", "who": "x" * 300}, 400),
        ({"answer": "perhaps"}, 400),
        ({"answer": "accept", "id": "nothing"}, 404),
    ],
)
def test_a_form_that_makes_no_decision_is_refused(
    root: Path, reviewing: httpx.Client, given: dict[str, str], status: int
) -> None:
    form = {**GIVEN, "id": waiting(reviewing), **given}
    assert reviewing.post("/en/review", data=form).status_code == status
    assert rows(root) == []


@pytest.mark.browser
def test_reviewing_takes_one_key_for_each_answer(root: Path, page: Page) -> None:
    with serving.served(root) as address:
        page.goto(f"{address}/en/")
        page.get_by_role("link", name="for a decision").click()
        sentence = page.locator(".doubt h2").inner_text()
        page.get_by_label("Your name").fill("Ann")
        page.wait_for_load_state()
        page.locator("main").focus()
        page.keyboard.press("a")
        expect(page.get_by_role("status")).to_contain_text("Accepted:")
        assert [row["who"] for row in rows(root)] == ["Ann"]
        page.wait_for_load_state()
        page.keyboard.press("u")
        expect(page.locator(".doubt h2")).to_have_text(sentence)
        assert rows(root) == []
