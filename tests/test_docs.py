"""The documentation keeps up with the program."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import reference_docs  # noqa: E402 - lives beside the program, not in it

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "ontology").glob("*.md")]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def test_the_reference_of_commands_is_what_the_program_says() -> None:
    assert (ROOT / "docs/reference/commands.md").read_text("utf-8") == reference_docs.commands(), (
        "run: make docs"
    )


def test_the_reference_of_queries_is_what_the_catalogue_says() -> None:
    assert (ROOT / "docs/reference/queries.md").read_text("utf-8") == reference_docs.queries(), (
        "run: make docs"
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("english", ["README.md", "docs/quickstart.md"])
def test_what_newcomers_read_stands_in_both_languages(english: str) -> None:
    page = ROOT / english
    french = page.with_name(f"{page.stem}.fr.md")
    assert headings(french) == headings(page), "the same sections in the same order"


def headings(page: Path) -> list[int]:
    return [
        len(line) - len(line.lstrip("#")) for line in page.read_text("utf-8").splitlines() if line[:1] == "#"
    ]
