"""The standalone page in Chromium: offline, by mouse and keyboard, against hostile words."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from networks import scale_free
from playwright.sync_api import Page, expect

from esskg.graph.store import Store
from esskg.network.draw import standalone_html
from esskg.network.projection import Graph, project
from esskg.network.source import Citation
from sample import BASE

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>window.pwned = 1</script>",
    "</script><script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    '"><svg onload=window.pwned=1>',
    "' onmouseover='window.pwned=1",
    "<a href='javascript:window.pwned=1'>href</a>",
    "<b>bold</b> & <i>href=https://example.com/</i>",
    "{{ 7 * 7 }}{% for x in y %}",
    "]]><!--",
    "<iframe src=https://example.com/></iframe>",
    "\u202eevil\u2066 \x1b[31m",
    "<style>@import 'https://example.com/x.css'</style>",
)


def opened(page: Page, tmp_path: Path, graph: Graph, language: str = "en", title: str = "Network") -> Page:
    file = tmp_path / "network.html"
    html = standalone_html(graph, title=title, language=language, dataset_version="v1")
    file.write_text(html, encoding="utf-8")
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready='1']")
    return page


@pytest.fixture
def drawing(page: Page, tmp_path: Path, sample_store: Store) -> Page:
    return opened(page, tmp_path, project(sample_store, base=BASE, language="en"))


def click_canvas(page: Page, kind: str, id_: str) -> None:
    place = place_of(page, kind, id_)
    page.mouse.click(place["x"], place["y"])


def place_of(page: Page, kind: str, id_: str) -> dict[str, float]:
    """Where a node, or the middle of an edge, is drawn."""
    place: dict[str, float] = page.evaluate(
        """([kind, id]) => {
            const { network, edges } = window.esskg;
            const ends = kind === 'node' ? [id] : [edges.get(id).from, edges.get(id).to];
            const points = ends.map((end) => network.canvasToDOM(network.getPosition(end)));
            const box = document.querySelector('#canvas').getBoundingClientRect();
            const mean = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
            return { x: box.x + mean('x'), y: box.y + mean('y') };
        }""",
        [kind, id_],
    )
    return place


def row(page: Page, text: str) -> Any:
    return page.locator("tr[data-edge]", has_text=text)


def test_the_drawing_is_drawn(drawing: Page) -> None:
    ink = drawing.evaluate(
        """() => {
            const canvas = document.querySelector('canvas');
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const colours = new Set();
            for (let at = 0; at < data.length; at += 4) colours.add(data.slice(at, at + 3).join());
            return [...colours];
        }"""
    )
    assert {"213,94,0", "0,158,115", "0,114,178", "51,34,136", "204,121,167"} <= set(ink)


def test_clicking_an_edge_shows_its_sentence(drawing: Page) -> None:
    chosen = row(drawing, "Anne Lavigne").first
    click_canvas(drawing, "edge", chosen.get_attribute("data-edge"))
    expect(drawing.locator("#inspector blockquote")).to_have_text(
        "Anne Lavigne est directrice générale du Fonds du Fleuve."
    )
    expect(chosen).to_have_attribute("aria-selected", "true")


def test_clicking_a_node_lists_its_statements_and_one_leads_to_the_sentence(drawing: Page) -> None:
    fund = drawing.locator("tr[data-node]", has_text="Fleuve Fund").get_attribute("data-node")
    assert fund
    click_canvas(drawing, "node", fund)
    expect(drawing.locator("#inspector h3")).to_have_text("Fleuve Fund")
    drawing.locator("#inspector button", has_text="Rives Forum").click()
    expect(drawing.locator("#inspector blockquote")).to_contain_text("plus de 300 000 dollars canadiens")


def test_rows_are_walked_by_keyboard_and_select_the_edge(drawing: Page) -> None:
    drawing.locator("tr[data-edge]").first.focus()
    drawing.keyboard.press("ArrowDown")
    second = drawing.locator("tr[data-edge]").nth(1)
    expect(second).to_be_focused()
    expect(second).to_have_attribute("aria-selected", "true")
    assert drawing.evaluate("window.esskg.network.getSelectedEdges()") == [second.get_attribute("data-edge")]
    drawing.keyboard.press("End")
    expect(drawing.locator("tr[data-edge]").last).to_be_focused()
    expect(drawing.locator("#inspector blockquote")).to_have_count(1)
    drawing.keyboard.press("Escape")
    assert drawing.evaluate("window.esskg.network.getSelectedEdges()") == []
    assert drawing.locator("tr[aria-selected]").count() == 0


def test_tab_reaches_the_table_from_the_skip_link(drawing: Page) -> None:
    drawing.keyboard.press("Tab")
    expect(drawing.locator(".skip")).to_be_focused()
    drawing.keyboard.press("Enter")
    drawing.keyboard.press("Tab")
    expect(drawing.locator("tr[data-edge]").first).to_be_focused()


def hidden_nodes(page: Page) -> list[str]:
    hidden = "window.esskg.nodes.get({ filter: (node) => node.hidden })"
    return sorted(page.evaluate(f"{hidden}.map((node) => node.title)"))


def test_the_legend_filters_drawing_and_tables(drawing: Page) -> None:
    drawing.get_by_label("Event", exact=False).uncheck()
    expect(drawing.locator("#status")).to_have_text("12 of 17 statements shown")
    assert drawing.locator("tr[data-edge]:not([hidden])").count() == 12
    hidden = drawing.evaluate(
        "window.esskg.nodes.get({ filter: (node) => node.hidden }).map((node) => node.title)"
    )
    assert hidden == ["Rives Forum"]
    drawing.get_by_label("founded", exact=False).uncheck()
    hidden = drawing.evaluate(
        "window.esskg.nodes.get({ filter: (node) => node.hidden }).map((node) => node.title)"
    )
    assert sorted(hidden) == ["Atelier Nord", "Imprimerie Sud", "Rives Forum"]
    drawing.get_by_role("button", name="Show all").click()
    expect(drawing.locator("#status")).to_have_text("17 of 17 statements shown")
    assert drawing.evaluate("window.esskg.edges.get({ filter: (edge) => edge.hidden }).length") == 0


def test_nothing_left_says_what_to_do(drawing: Page) -> None:
    for box in drawing.locator("input[name=kind]").all():
        box.uncheck()
    expect(drawing.locator("#status")).to_contain_text("tick an entity or a relation")


def test_a_name_is_found(drawing: Page) -> None:
    drawing.get_by_label("Find").fill("confluence network")
    expect(drawing.locator("#inspector h3")).to_have_text("Confluence Network")


def test_french_speaks_french(page: Page, tmp_path: Path, sample_store: Store) -> None:
    drawing = opened(page, tmp_path, project(sample_store, base=BASE, language="fr"), language="fr")
    expect(drawing.locator("#status")).to_have_text("17 énoncés affichés sur 17")
    drawing.locator("tr[data-edge]", has_text="plus de 300 000 CAD").click()
    expect(drawing.locator("#inspector h3")).to_have_text("Fonds du Fleuve – finance – Forum des Rives")
    assert drawing.locator("td q[lang=en]").count() > 0


def test_nodes_stay_where_they_were_put(drawing: Page) -> None:
    drawing.locator("tr[data-edge]").first.click()
    moved = drawing.evaluate(
        """() => {
            const places = window.esskg.network.getPositions();
            const isMoved = ({ id, x, y }) => Math.abs(places[id].x - x) + Math.abs(places[id].y - y) > 2;
            return window.esskg.nodes.get().filter(isMoved);
        }"""
    )
    assert moved == []
    assert drawing.evaluate("window.esskg.network.physics.physicsEnabled") is False


def test_names_are_readable_at_any_zoom_and_the_chosen_one_is_written(page: Page, tmp_path: Path) -> None:
    drawing = opened(page, tmp_path, scale_free(120))
    drawing.wait_for_function("window.esskg.nodes.get().some((node) => node.font)")
    written = "window.esskg.nodes.get({ filter: (node) => node.label.trim() })"
    pixels = drawing.evaluate(f"{written}.map((node) => node.font.size * window.esskg.network.getScale())")
    assert 3 < len(pixels) < 120
    assert min(pixels) > 11.9
    hidden = drawing.evaluate("window.esskg.nodes.get().find((node) => !node.label.trim()).id")
    drawing.locator(f"tr[data-node={hidden}]").click()
    assert drawing.evaluate(f"window.esskg.nodes.get('{hidden}').label").startswith("Actor")


def hostile(graph: Graph) -> Graph:
    """The same network with hostile words wherever a document or a table could put some."""
    evil: Graph = nx.MultiDiGraph(graph)
    for (_, data), words in zip(evil.nodes(data=True), cycle(HOSTILE)):
        data.update(label=words, label_language=words)
    for (*_, data), words in zip(evil.edges(data=True), cycle(HOSTILE)):
        link = "javascript:window.pwned=1//" + words
        citation = Citation(words, words, words, words, words, link, words, words)
        data.update(evidence=(citation,), label_en=words, role=words, date=words)
        data.update(amount=1.0, currency=words, relation=words)
    return evil


def test_words_never_become_markup(page: Page, tmp_path: Path, sample_store: Store) -> None:
    graph = hostile(project(sample_store, base=BASE))
    drawing = opened(page, tmp_path, graph, title=" ".join(HOSTILE))
    assert set(drawing.locator("td q").all_text_contents()) == set(HOSTILE)
    assert drawing.title().startswith("<script>")
    for row in drawing.locator("tr[data-edge], tr[data-node]").all():
        row.click()
        drawing.wait_for_selector("#inspector h3")
    assert drawing.locator("a[href^='javascript']").count() == 0
    assert drawing.locator("main :is(img, iframe, style, b, script, svg[onload])").count() == 0
    assert drawing.evaluate("window.pwned") is None


def test_the_tooltip_is_plain_text(page: Page, tmp_path: Path, sample_store: Store) -> None:
    graph = hostile(project(sample_store, base=BASE, around=["atelier-nord"]))
    for _, data in graph.nodes(data=True):
        data["label"] = HOSTILE[5]  # a title with "href" in it was once drawn as markup by pyvis
    drawing = opened(page, tmp_path, graph)
    place = place_of(drawing, "node", "n0")
    drawing.mouse.move(place["x"] - 5, place["y"])
    drawing.mouse.move(place["x"], place["y"])
    drawing.wait_for_selector(".vis-tooltip", state="visible")
    assert drawing.locator(".vis-tooltip").text_content() == HOSTILE[5]
    assert drawing.locator(".vis-tooltip *").count() == 0


def test_without_javascript_the_table_says_it_all(browser: Any, tmp_path: Path, sample_store: Store) -> None:
    file = tmp_path / "network.html"
    graph = project(sample_store, base=BASE)
    file.write_text(standalone_html(graph, title="t", language="fr", dataset_version="v"), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.locator(".view")).to_be_hidden()
    expect(page.get_by_text("Anne Lavigne est directrice")).to_be_visible()
    context.close()


def test_small_screens_do_not_scroll_sideways(drawing: Page) -> None:
    drawing.set_viewport_size({"width": 320, "height": 640})
    assert drawing.evaluate("document.documentElement.scrollWidth") <= 320
