"""Reports: every line leads to its sentence, the same bytes again, in three formats and two languages."""

from __future__ import annotations

import io
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import lxml.html
import pypdfium2
import pytest
import serving
from markdown_it import MarkdownIt
from playwright.sync_api import Page

import sample
from esskg.config import read_project
from esskg.errors import EsskgError
from esskg.project import Project
from esskg.report.content import Content, Rows


@pytest.fixture(scope="module")
def rives(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample sector, published."""
    root = tmp_path_factory.mktemp("rives")
    serving.publish(root, serving.knowledge())
    return Project(read_project(root))


def table(content: Content, name: str) -> Rows:
    section = next(each for each in content.sections if each.name == name)
    return next(block for block in section.blocks if isinstance(block, Rows))


def tree(html: str) -> Any:
    return lxml.html.fromstring(html)


def test_a_portrait_says_who_funds_whom_and_cites_the_sentence(rives: Project) -> None:
    content = rives.report("Fonds du Fleuve").content
    rows = [[cell.text for cell in row] for row in table(content, "money").rows]
    assert rows[0][:2] == ["Fonds du Fleuve", "Forum des Rives"] and "300 000 $CA" in rows[0][2].replace(
        "\u202f", " "
    ).replace("\xa0", " ")
    note, *_ = table(content, "money").rows[0][0].notes
    assert content.sources[note - 1].quote.startswith("Le Fonds du Fleuve finance le Forum des Rives")


@pytest.mark.parametrize("around", [(), ("confluence",), ("port-rive",), ("strategie",), ("isolee",)])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_note_leads_to_a_source_and_every_source_is_cited(
    rives: Project, around: tuple[str, ...], language: Any
) -> None:
    html = tree(rives.report(*around, language=language).html)
    assert html.get("lang") == language
    targets = {link[1:] for link in html.xpath("//sup/a/@href")}
    assert targets == set(html.xpath("//li/@id"))
    assert "method" in html.xpath("//section/@aria-labelledby")
    ids = html.xpath("//@id")
    assert len(ids) == len(set(ids)), "no two elements have one id"


def test_both_languages_have_the_same_words_with_the_same_fields() -> None:
    table = tomllib.loads(resources.files("esskg.report").joinpath("words.toml").read_text("utf-8"))
    fields = {
        language: {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in words.items()}
        for language, words in table.items()
    }
    assert fields["fr"] == fields["en"]


def test_only_what_holds_is_reported(rives: Project) -> None:
    text = tree(rives.report("amarrage").html).text_content()
    assert "membre de" in text or "member of" in text
    assert "ne finance pas" not in text and "pourrait appuyer" not in text


def test_a_place_is_what_is_located_in_it(rives: Project) -> None:
    content = rives.report("port-rive", language="en").content
    assert [row[1].text for row in table(content, "relations").rows if row[2].text == "Port-Rive"] == [
        "Rives Forum"
    ]
    assert any("7.5%" in row[1].text for row in table(content, "figures").rows)


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".md"])
def test_the_same_graph_gives_the_same_bytes(rives: Project, tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / "again" / f"a{suffix}"
    second.parent.mkdir()
    for path in (first, second):
        rives.report("confluence").save(path)
    written = [sorted(path.parent.glob("a[.-]*")) for path in (first, second)]
    assert [path.name for path in written[0]] == [path.name for path in written[1]]
    assert [path.read_bytes() for path in written[0]] == [path.read_bytes() for path in written[1]]


def test_a_pdf_has_text_outline_and_title(rives: Project, tmp_path: Path) -> None:
    (path,) = rives.report("Réseau Confluence", language="fr").save(tmp_path / "r.pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(path.read_bytes()))
    assert document.get_metadata_value("Title") == "Réseau Confluence"
    assert "En bref" in [each.get_title() for each in document.get_toc()]
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "Coopérative des Trois-Ponts" in text and "Méthode et limites" in text


def test_markdown_shows_the_pictures_written_beside_it(rives: Project, tmp_path: Path) -> None:
    path, *pictures = rives.report("confluence").save(tmp_path / "r.md")
    named = set(re.findall(r"\]\(<([^>]+)>\)", path.read_text("utf-8")))
    assert named == {picture.name for picture in pictures} and all(each.read_bytes() for each in pictures)


def test_hostile_names_stay_words(tmp_path: Path) -> None:
    name = '<script>alert(1)</script> "|*_[x](http://evil.example)'
    serving.publish(tmp_path, sample.renamed(serving.knowledge(), {"confluence": name}))
    report = Project(read_project(tmp_path)).report("trois-ponts")
    assert name in tree(report.html).text_content() and "<script>" not in report.html
    markdown, *_ = report.save(tmp_path / "r.md")
    shown = MarkdownIt("commonmark").enable("table").render(markdown.read_text("utf-8"))
    assert name in tree(shown).text_content()
    assert "<script>" not in shown and "evil.example" not in "".join(tree(shown).xpath("//@href"))
    report.save(tmp_path / "r.pdf")


def test_nothing_is_overwritten_and_endings_are_known(rives: Project, tmp_path: Path) -> None:
    report = rives.report("confluence")
    report.save(tmp_path / "r.html")
    with pytest.raises(EsskgError, match="exists already"):
        report.save(tmp_path / "r.html")
    report.save(tmp_path / "r.html", force=True)
    with pytest.raises(EsskgError, match=r"\.html, \.pdf, \.md"):
        report.save(tmp_path / "r.docx")


@pytest.mark.browser
def test_a_report_opens_offline_and_without_fault(page: Page, rives: Project, tmp_path: Path) -> None:
    (path,) = rives.report("Fonds du Fleuve", language="en").save(tmp_path / "r.html")
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    assert page.get_by_role("img", name="Drawing of the network").is_visible()
    page.get_by_role("link", name="[1]").first.click()
    assert page.url.endswith("#source-1") and refused == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
def test_the_shipped_corpus_has_a_report(built: Project, tmp_path: Path) -> None:
    content = built.report(language="en").content
    assert {"glance", "network", "money", "timeline", "standing", "method"} == {
        each.name for each in content.sections
    }
    assert len(content.sources) > 20
    for source in content.sources[:20]:
        document = source.href.rsplit("/", 1)[-1]
        assert source.quote in " ".join(built.index.document(document).text.split())
