"""The pages in a real browser: quiet, accessible, safe, usable by keyboard, narrow, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import serving
from playwright.sync_api import Browser, Page, expect

import sample
from esskg.model import Figure, Knowledge, Name, Qualifier, Quotation, Slug, State
from esskg.server.site import bundle

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
QUERY = "/query?query=SELECT ?it ?label { ?it a ess:Network ; rdfs:label ?label }"
PAGES = {
    "home": "/",
    "search": "/search?q=rives",
    "entity": "/entity/fonds-du-fleuve",
    "document": "/document/rives-fr",
    "questions": QUERY,
    "malformed": "/query?query=SELECT ?a { nope",
    "begin": "/graph",
    "graph": "/graph?around=confluence",
    "path": "/graph?path=anne-lavigne&path=confluence",
    "review": "/review",
    "analysis": "/analysis",
    "ontology": "/ontology",
    "data": "/data",
    "nothing": "/entity/fonds",
}

needs_bundle = pytest.mark.skipif(bundle("graph") is None, reason="make frontend builds the browser code")
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="npm ci in frontend/ installs axe-core")


@pytest.fixture
def told(page: Page) -> list[str]:
    """What the page's console complains of, the drivers' remarks about reading pixels left out."""
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    return messages


def complaints(told: list[str]) -> list[str]:
    return [text for text in told if "GL Driver Message" not in text and "status of 40" not in text]


def settled(page: Page, address: str) -> None:
    page.goto(address)
    if bundle("graph") and page.locator("#canvas, textarea[name=query]").count():
        page.wait_for_selector("body[data-ready]")


@needs_axe
@pytest.mark.browser
@pytest.mark.parametrize(("language", "scheme"), [("fr", "light"), ("en", "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_quiet_and_accessible(
    page: Page, told: list[str], site: str, name: str, language: str, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    settled(page, f"{site}/{language}{PAGES[name]}")
    assert complaints(told) == []
    page.evaluate(AXE.read_text("utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    what = {"exclude": [".term:nth-of-type(n+9)"]}  # the ontology's hundreds of terms are alike
    run = "([what, tags]) => axe.run(what, { runOnly: tags })"
    found = page.evaluate(run, [what, tags])["violations"]
    assert [
        (each["id"], each["nodes"][0]["html"], each["nodes"][0]["failureSummary"]) for each in found
    ] == []


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_narrow_screen(page: Page, site: str, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    settled(page, f"{site}/en{PAGES[name]}")
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider == 0


@pytest.mark.browser
def test_without_scripts_the_pages_work(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/fr/")
    page.get_by_role("searchbox").fill("fleuve")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Fonds du Fleuve").first.click()
    page.get_by_text("2 phrases").click()
    expect(page.get_by_text("The Fleuve Fund finances").first).to_be_visible()
    page.get_by_role("link", name="Explorer dans le graphe").click()
    expect(page.locator("svg#sketch line").first).to_be_attached()
    page.goto(f"{site}/fr/query")
    page.get_by_role("textbox", name="Requête SPARQL").fill("ASK { ?it a ess:Network }")
    page.get_by_role("button", name="Exécuter").click()
    expect(page.get_by_text("Oui", exact=True)).to_be_visible()
    context.close()


@pytest.mark.browser
def test_suggestions_are_chosen_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/en/")
    field = page.get_by_role("combobox", name="Who or what are you looking for?")
    field.press_sequentially("confl")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant")
    field.press("Enter")
    page.wait_for_url("**/en/entity/confluence")


@pytest.mark.browser
def test_a_sentence_is_lit_where_a_link_leads_to_it(page: Page, site: str) -> None:
    page.goto(f"{site}/fr/entity/forum-des-rives")
    page.get_by_text("1 phrase").first.click()
    page.locator("details[open] figcaption a").first.click()
    page.wait_for_url("**/document/*#ev-*")
    expect(page.locator("mark.active").first).to_be_in_viewport()
    page.keyboard.press("n")
    expect(page.locator("mark.active").first).to_be_in_viewport()


@needs_bundle
@pytest.mark.browser
def test_the_graph_is_explored_by_keyboard(page: Page, site: str) -> None:
    settled(page, f"{site}/en/graph?around=confluence")
    page.get_by_role("link", name="Skip to the content").focus()
    canvas = page.get_by_role("application")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    first = page.evaluate("esskg.state().chosen")
    assert first == "confluence"
    expect(page.get_by_role("status")).to_contain_text("Confluence Network, Network, 6 links")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("esskg.state().chosen") != first
    page.keyboard.press("]")
    expect(page.get_by_role("status")).to_contain_text("neighbour 1 of")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#inspector') !== null")
    canvas.focus()
    page.keyboard.press("g")
    assert page.evaluate("document.activeElement.id") == "table"


def addresses(page: Page) -> str:
    """The address of the page once it has caught up with what was done."""
    page.wait_for_timeout(400)
    return page.url


@needs_bundle
@pytest.mark.browser
def test_unfolding_by_keyboard_stays_in_the_address_and_back_undoes_it(page: Page, site: str) -> None:
    settled(page, f"{site}/en/graph?around=anne-lavigne")
    before = page.evaluate("esskg.state()")
    page.get_by_role("application").focus()
    page.evaluate("esskg.explorer.choose('fonds-du-fleuve')")
    page.keyboard.press("e")
    rows = page.locator("tr[data-edge]")
    expect(rows).not_to_have_count(before["edges"])
    after = page.evaluate("esskg.state()")
    assert {key: after["places"][key] for key in before["places"]} == before["places"]
    assert rows.count() == after["edges"]
    settled(page, addresses(page))
    again = page.evaluate("esskg.state()")
    assert (again["places"], again["shown"], again["chosen"]) == (
        after["places"],
        after["shown"],
        after["chosen"],
    )
    page.get_by_role("application").focus()
    page.keyboard.press("c")
    expect(rows).to_have_count(before["edges"])
    page.go_back()
    expect(rows).to_have_count(after["edges"])


CONTROLS = {
    "type": "() => esskg.explorer.filters.form.querySelector('[name=type]').click()",
    "rel": "() => esskg.explorer.filters.form.querySelector('[name=rel]').click()",
    "undated": "() => esskg.explorer.filters.form.elements.undated.click()",
    "min_conf": "() => { const it = esskg.explorer.filters.form.elements.min_conf;"
    " it.value = 90; it.dispatchEvent(new Event('change', { bubbles: true })); }",
    "src": "() => { const it = esskg.explorer.filters.form.elements.src;"
    " it.selectedIndex = 1; it.dispatchEvent(new Event('change', { bubbles: true })); }",
    "hide": "() => esskg.explorer.hide('trois-ponts')",
}


@needs_bundle
@pytest.mark.browser
@pytest.mark.parametrize("control", CONTROLS)
def test_a_filter_shows_the_same_in_the_browser_and_by_its_address(
    page: Page, site: str, control: str
) -> None:
    settled(page, f"{site}/fr/graph?around=fonds-du-fleuve&depth=3")
    everything = page.evaluate("esskg.state().shown")
    page.evaluate(CONTROLS[control])
    some = page.evaluate("esskg.state().shown")
    assert some != everything
    assert control in addresses(page)
    twin = page.request.get(page.url.replace("/fr/graph?", "/fr/graph.json?")).json()["network"]
    assert sorted(edge["id"] for edge in twin["edges"] if edge["shown"]) == some
    settled(page, page.url)
    assert page.evaluate("esskg.state().shown") == some
    page.get_by_role("link", name="Effacer les filtres").click()
    assert page.evaluate("esskg.state().shown") == everything


@needs_bundle
@pytest.mark.browser
def test_the_list_of_entities_mirrors_the_drawing(page: Page, site: str) -> None:
    settled(page, f"{site}/en/graph?around=confluence")
    page.get_by_role("application").focus()
    page.keyboard.press("l")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("esskg.state().chosen") == "confluence"
    expect(page.locator("#mirror [aria-selected=true]")).to_have_text("Confluence Network, Network, 6 links")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Confluence Network", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("application")).to_be_focused()


@needs_bundle
@pytest.mark.browser
def test_keys_are_listed_and_steps_narrow(page: Page, site: str) -> None:
    settled(page, f"{site}/en/graph?around=fonds-du-fleuve&depth=3")
    page.get_by_role("application").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("fold up what it brought")
    page.keyboard.press("Escape")
    page.evaluate("esskg.explorer.choose('anne-lavigne')")
    page.get_by_role("application").focus()
    page.keyboard.press("1")
    assert len(page.evaluate("esskg.state().shown")) == 1
    page.keyboard.press("f")
    assert len(page.evaluate("esskg.state().shown")) == page.evaluate("esskg.state().edges")


@needs_bundle
@pytest.mark.browser
def test_a_dragged_entity_stays_where_it_was_put(page: Page, site: str) -> None:
    settled(page, f"{site}/en/graph?around=confluence")
    canvas = page.locator("#canvas").bounding_box()
    spot = page.evaluate(
        "esskg.explorer.scene.sigma.graphToViewport(esskg.explorer.graph.getNodeAttributes('trois-ponts'))"
    )
    assert canvas
    page.mouse.move(canvas["x"] + spot["x"], canvas["y"] + spot["y"])
    page.mouse.down()
    page.mouse.move(canvas["x"] + spot["x"] + 60, canvas["y"] + spot["y"] + 40, steps=4)
    page.mouse.up()
    assert "pin=trois-ponts" in addresses(page)
    put = page.evaluate("esskg.state().places['trois-ponts'].map(Math.round)")
    settled(page, page.url)
    assert page.evaluate("esskg.state().places['trois-ponts'].map(Math.round)") == put


@needs_bundle
@pytest.mark.browser
def test_a_link_of_the_graph_leads_to_its_sentence(page: Page, site: str) -> None:
    settled(page, f"{site}/fr/graph?around=confluence")
    page.evaluate("esskg.explorer.choose('trois-ponts')")
    inspector = page.get_by_role("complementary", name="Entité ou énoncé choisi")
    inspector.get_by_role("button", name="membre de").click()
    expect(inspector).to_contain_text("sont membres du Réseau Confluence")
    inspector.get_by_role("link", name="Comment on le sait").click()
    page.wait_for_url("**/fr/statement/*")


@needs_bundle
@pytest.mark.browser
def test_the_drawing_is_not_blank_and_filters_hide(page: Page, site: str) -> None:
    settled(page, f"{site}/en/graph?around=confluence")
    assert len(set(page.locator("#canvas").screenshot()[2000:])) > 100
    rows = page.locator("tr[data-edge]:visible")
    before = rows.count()
    page.get_by_role("checkbox", name="partners with").uncheck()
    expect(rows).to_have_count(before - 3)
    expect(page.get_by_role("status")).to_contain_text(f"{before - 3} / {before}")


@pytest.mark.browser
def test_without_webgl_the_servers_drawing_stays(page: Page, site: str, told: list[str]) -> None:
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    settled(page, f"{site}/en/graph?around=confluence")
    expect(page.locator("svg#sketch")).to_be_visible()
    assert complaints(told) == []


@needs_bundle
@pytest.mark.browser
def test_the_editor_runs_by_keyboard_and_lets_tab_leave(page: Page, site: str) -> None:
    settled(page, f"{site}/en/query")
    editor = page.get_by_role("textbox", name="SPARQL query")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("ASK { ?it a ess:Network }")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.cm-editor')")
    editor.click()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Yes", exact=True)).to_be_visible()


ATTACK = (
    "\"'><img src=x onerror=attacked()><script>attacked()</script></script><svg onload=attacked()>{{7*7}}"
)


def hostile() -> Knowledge:
    """The sample with markup in every name, title, sentence, rule and source."""
    known = sample.renamed(serving.knowledge(), {slug: f"{slug} {ATTACK}" for slug, *_ in sample.ENTITIES})
    proof = replace(
        sample.words(sample.FRENCH, "Le Fonds du Fleuve finance"),
        **{"exact": ATTACK, "prefix": ATTACK, "suffix": ATTACK, "rule": ATTACK},
    )
    documents = tuple(
        replace(
            document,
            text=ATTACK + document.text[len(ATTACK) :],
            metadata=replace(document.metadata, title=ATTACK, sources=("javascript:attacked()", ATTACK)),
        )
        for document in known.documents
    )
    entities = tuple(replace(each, aliases=(Name(f"{ATTACK} {each.slug}", "fr"),)) for each in known.entities)
    statements = tuple(replace(each, evidence=(proof,), role=ATTACK) for each in known.statements)
    figure = Figure(
        *(ATTACK, "fr", 7.0, ATTACK, Qualifier.EXACT, (proof,), 0.9, State.ASSERTED), about=Slug("confluence")
    )
    quotation = Quotation(Slug("anne-lavigne"), ATTACK, "fr", (proof,), 0.9, State.ASSERTED)
    return replace(
        known,
        documents=documents,
        entities=entities,
        statements=statements,
        figures=(figure,),
        quotations=(quotation,),
    )


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("hostile")
    serving.publish(root, hostile())
    with serving.served(root) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize(
    "address",
    [
        "/",
        f"/search?q={ATTACK}",
        "/search?q=fonds",
        "/entity/confluence",
        "/entity/anne-lavigne",
        "/document/rives-fr",
        "/query?query=SELECT * { ?it rdfs:label ?label }",
        f"/query?query={ATTACK}",
        f"/query?name=documents-mentioning&entity={ATTACK}",
        "/graph?around=confluence",
        f"/graph?around={ATTACK}",
        "/analysis",
        "/data",
    ],
)
def test_markup_in_the_data_stays_text(page: Page, hostile_site: str, address: str) -> None:
    page.add_init_script("window.attacked = () => { window.harmed = true }")
    settled(page, f"{hostile_site}/fr{address}")
    for summary in page.locator("summary").all()[:5]:
        summary.click()
    if page.locator("#canvas").count() and bundle("graph"):
        page.evaluate("esskg.explorer.choose(esskg.explorer.graph.nodes()[0])")
        page.evaluate("esskg.explorer.chooseEdge(esskg.explorer.graph.edges()[0])")
    assert page.evaluate("window.harmed") is None
    assert page.locator("img, a[href^='javascript:']").count() == 0


@pytest.mark.browser
def test_markup_in_suggestions_stays_text(page: Page, hostile_site: str) -> None:
    page.add_init_script("window.attacked = () => { window.harmed = true }")
    page.goto(f"{hostile_site}/fr/")
    page.get_by_role("combobox", name="Qui ou que cherchez-vous").press_sequentially("conf")
    expect(page.get_by_role("option").first).to_contain_text("<script>")
    assert page.evaluate("window.harmed") is None
