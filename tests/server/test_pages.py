"""The pages as their readers get them, in both languages and as JSON."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import httpx
import lxml.html
import pytest

import sample
from esskg.config import read_project
from esskg.model import RelationType
from esskg.project import Project
from esskg.server.i18n import LANGUAGES, messages
from esskg.server.running import greeting, port_warning

HTML = {"Accept": "text/html"}
SQL = "SELECT ?it ?label { ?it a ess:Network ; rdfs:label ?label }"
PAGES = [
    "/",
    "/search?q=rives",
    "/search?class=Network",
    "/entity/fonds-du-fleuve",
    "/document/rives-fr",
    "/query",
    f"/query?query={SQL}",
    "/graph",
    "/graph?around=confluence",
    "/analysis",
    "/analysis?projection=co-participation",
    "/ontology",
    "/data",
]


def page(client: httpx.Client, address: str) -> Any:
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 200, answer.text
    return lxml.html.fromstring(answer.text)


def words(tree: Any) -> str:
    return " ".join(tree.xpath("//main")[0].text_content().split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_its_language_and_leads_to_the_other(
    client: httpx.Client, language: str, address: str
) -> None:
    tree = page(client, f"/{language}{address}")
    other = next(each for each in LANGUAGES if each != language)
    (link,) = tree.xpath(f"//link[@hreflang='{other}']/@href")
    assert tree.get("lang") == language
    assert page(client, link).get("lang") == other
    assert len(tree.xpath("//h1")) == 1


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_page_leads_somewhere(client: httpx.Client, address: str) -> None:
    tree = page(client, f"/fr{address}")
    tree.make_links_absolute(str(client.base_url.join(f"/fr{address}")))
    here = {link.split("#")[0] for link in tree.xpath("//main//a/@href | //footer//a/@href")}
    for link in sorted(link for link in here if link.startswith(str(client.base_url)))[:60]:
        assert client.get(link, headers=HTML, follow_redirects=True).status_code == 200, link


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_a_twin_in_json(client: httpx.Client, address: str) -> None:
    path, _, asked = address.partition("?")
    twin = f"/en{path}index.json" if path == "/" else f"/en{path}.json"
    answer = client.get(f"{twin}?{asked}")
    assert answer.status_code == 200
    assert answer.json()["dataset"] and answer.json()["title"]


def test_pages_load_nothing_from_elsewhere(client: httpx.Client) -> None:
    for address in PAGES:
        tree = page(client, f"/en{address}")
        loaded = tree.xpath("//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert loaded and all(source.startswith("/static/") for source in loaded)
    assert "default-src 'self'" in client.get("/en/").headers["content-security-policy"]


def test_the_root_and_bare_languages_lead_home(client: httpx.Client) -> None:
    french = client.get("/", headers={"Accept-Language": "fr-CA, en;q=0.5"})
    unknown = client.get("/", headers={"Accept-Language": "de"})
    assert (french.headers["location"], unknown.headers["location"]) == ("/fr/", "/en/")
    assert client.get("/fr").headers["location"].endswith("/fr/")


def test_an_entity_shows_its_relations_both_ways_with_sentences(client: httpx.Client) -> None:
    fund, forum = (page(client, f"/fr/entity/{slug}") for slug in ("fonds-du-fleuve", "forum-des-rives"))
    assert "plus de 300\u202f000\xa0$CA" in fund.text_content()
    assert "Le Fonds du Fleuve finance le Forum des Rives" in fund.text_content()
    assert "est financé par" in words(forum)
    assert "3 mai 2023" in words(forum)
    assert "à vérifier" in words(fund)


@pytest.mark.parametrize(
    ("language", "title", "because"),
    [
        (
            "fr",
            "Ce qui en découle",
            "financeur car Fonds du Fleuve – finance – Forum des Rives cls-svf",
        ),
        ("en", "What follows", "financier because Fleuve Fund – finances – Rives Forum cls-svf"),
    ],
)
def test_what_follows_says_from_what_and_leads_to_it(
    client: httpx.Client, language: str, title: str, because: str
) -> None:
    tree = page(client, f"/{language}/entity/fonds-du-fleuve")
    assert title in words(tree)
    assert because in words(tree)
    (link,) = tree.xpath("//ul[@class='inferences']/li[a[contains(@href, '#Financier')]]/span/a/@href")
    assert "finance" in words(page(client, link))


def test_a_statement_shows_all_sentences_and_what_else_is_said(client: httpx.Client) -> None:
    fund = client.get("/en/entity/fonds-du-fleuve.json").json()
    finances = next(group for group in fund["relations"] if group["predicate"] == "finances")
    grant = next(each for each in finances["statements"] if each["object"]["iri"].endswith("trois-ponts"))
    text = words(page(client, grant["href"]))
    assert "2 passages say so" in text
    assert "The Fleuve Fund finances" in text and "a reçu 45 000 dollars" in text
    assert "partners with" in text


def test_a_denied_statement_is_not_drawn_nor_called_so(client: httpx.Client) -> None:
    found = client.get("/en/entity/amarrage.json").json()["relations"]
    (denied,) = [each for group in found for each in group["statements"] if each["modality"] == "negated"]
    assert "denied" in words(page(client, denied["href"]))
    drawing = page(client, "/en/entity/amarrage").xpath("//svg")[0].text_content()
    assert "finances" not in drawing


def test_a_documents_text_is_whole_and_its_evidence_anchored(client: httpx.Client) -> None:
    tree = page(client, "/fr/document/rives-fr")
    shown = tree.xpath("//section[@class='text']")[0]
    for mark in shown.xpath(".//sup"):
        mark.drop_tree()
    stored = client.get("/fr/document/rives-fr.json").json()
    whole = "".join(piece["text"] for block in stored["blocks"] for piece in block["segments"])
    assert " ".join(shown.text_content().split()) == " ".join(whole.split())
    anchors = set(tree.xpath("//*[starts-with(@id, 'ev-')]/@id"))
    targets = {link.split("#")[1] for link in tree.xpath("//a[@class='back']/@href")}
    assert targets == anchors and len(anchors) > 10


def test_overlapping_evidence_is_cut_into_segments_that_name_all_of_it(client: httpx.Client) -> None:
    stored = client.get("/fr/document/rives-fr.json").json()
    segments = [piece for block in stored["blocks"] for piece in block["segments"]]
    fund = next(piece for piece in segments if piece["text"] == "Fonds du Fleuve")
    assert fund["entity"]["iri"].endswith("/fonds-du-fleuve")
    assert len(fund["proofs"]) == 3


def test_figures_and_quotations_have_pages(client: httpx.Client) -> None:
    network = client.get("/fr/entity/confluence.json").json()
    assert "environ 7,5 %" in words(page(client, network["figures"][0]["href"]))
    speaker = client.get("/fr/entity/anne-lavigne.json").json()
    assert "Les rives sont à tous." in words(page(client, speaker["quotations"][0]["href"]))


def test_search_folds_accents_and_filters_by_kind(client: httpx.Client) -> None:
    found = client.get("/fr/search.json", params={"q": "COOPERATIVE"}).json()
    assert found["hits"][0]["ref"]["name"] == "Coopérative des Trois-Ponts"
    only = client.get("/fr/search.json", params={"q": "rives", "class": "Event"}).json()
    assert {hit["ref"]["type"] for hit in only["hits"]} == {"Event"}
    assert only["kinds"]["Document"] == 2
    assert "Rien n'a été trouvé" in words(page(client, "/fr/search?q=zzzz"))


def test_a_query_shows_names_and_offers_downloads(client: httpx.Client) -> None:
    tree = page(client, f"/en/query?query={SQL}")
    assert tree.xpath("//table//a[@href='/en/entity/confluence']")
    csv = next(link for link in tree.xpath("//a[@download]/@href") if "csv" in link)
    assert client.get(csv).headers["content-type"].startswith("text/csv")


def test_a_malformed_query_keeps_its_text_and_marks_the_line(client: httpx.Client) -> None:
    answer = client.get("/fr/query", params={"query": "SELECT ?a\n{ ?a nope:b ?c }"}, headers=HTML)
    tree = lxml.html.fromstring(answer.text)
    assert answer.status_code == 400
    assert tree.xpath("//textarea")[0].text.strip() == "SELECT ?a\n{ ?a nope:b ?c }"
    assert tree.xpath("//textarea/@data-line") == ["2"]
    assert "Ligne 2, colonne" in tree.xpath("//*[@role='alert']")[0].text_content()


def test_graph_says_whom_it_does_not_know(client: httpx.Client) -> None:
    answer = client.get("/en/graph", params={"around": "nobody"}, headers=HTML)
    assert answer.status_code == 404
    assert "nobody" in answer.text


def test_the_graph_and_its_table_hold_the_same(client: httpx.Client) -> None:
    tree = page(client, "/en/graph?around=confluence&depth=2")
    edges = client.get("/en/graph.json?around=confluence&depth=2").json()["network"]["edges"]
    assert {row.get("data-edge") for row in tree.xpath("//tr[@data-edge]")} == {edge["id"] for edge in edges}
    assert len(tree.xpath("//svg[@id='sketch']//line")) == len(edges)
    assert all(edge["evidence"] for edge in edges)


def test_programs_search_and_complete(client: httpx.Client) -> None:
    (hit, *_) = client.get("/api/search", params={"q": "fleuve"}).json()["hits"]
    assert hit["slug"] == "fonds-du-fleuve"
    asked = {"q": "ré", "type": "Network", "lang": "fr"}
    assert [each["label"] for each in client.get("/api/complete", params=asked).json()["suggestions"]] == [
        "Réseau"
    ]
    assert client.get("/api/search", params={"q": "a", "limit": "9999"}).status_code == 400
    assert client.get("/health").json()["status"] == "ok"


def keys(table: dict[str, Any], before: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict) and "other" not in value:
            yield from keys(value, f"{before}{key}.")
        else:
            yield f"{before}{key}"


def fields(text: Any) -> set[str]:
    shown = " ".join(text.values()) if isinstance(text, dict) else text
    return set(re.findall(r"\{(\w+)\}", shown))


def test_both_languages_have_the_same_messages_with_the_same_fields() -> None:
    french, english = (messages(language).table for language in LANGUAGES)
    assert set(keys(french)) == set(keys(english))
    for section, table in french.items():
        for key, text in table.items():
            assert fields(text) - {"count"} == fields(english[section][key]) - {"count"}, f"{section}.{key}"


def test_no_message_is_left_unused() -> None:
    folder = resources.files("esskg.server")
    sources = [path for path in folder.rglob("*") if path.suffix in {".py", ".html"}]  # type: ignore[attr-defined]
    code = "\n".join(path.read_text("utf-8") for path in sources)
    composed = set(re.findall(r'[("](\w+)\.(?:" ~|\{)', code) + re.findall(r'section\("(\w+)"\)', code))
    for key in keys(tomllib.loads(folder.joinpath("messages", "en.toml").read_text("utf-8"))):
        assert f'"{key}"' in code or key.split(".")[0] in composed, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_relation_can_be_read_from_its_object(language: str) -> None:
    dated = {"foundedIn", "heldOn", "adoptedOn", "partnersWith"}
    assert set(messages(language).table["inverse"]) == {relation.value for relation in RelationType} - dated


@pytest.mark.parametrize(
    ("language", "edtf", "shown"),
    [
        ("fr", "2023", "2023"),
        ("fr", "2023-04", "avril 2023"),
        ("en", "2023-04-18", "April 18, 2023"),
        ("en", "2020/2025", "2020 – 2025"),
        ("en", "2020/..", "2020 –"),
        ("fr", "vers 1900", "vers 1900"),
        ("fr", "2023-99-99", "2023-99-99"),
    ],
)
def test_dates_of_any_precision_are_put_in_words(language: str, edtf: str, shown: str) -> None:
    assert messages(language).period(edtf) == shown


def test_a_question_is_answered_with_its_parameters_in_every_format(client: httpx.Client) -> None:
    catalogue = client.get("/api/query", params={"lang": "fr"}).json()["questions"]
    assert "who-finances-whom" in {question["name"] for question in catalogue}
    table = client.get("/api/query/who-finances-whom.csv", params={"funder": "Fonds du Fleuve"})
    assert table.headers["content-type"].startswith("text/csv")
    assert f"{sample.BASE}/id/forum-des-rives" in table.text
    wrong = client.get("/api/query/who-finances-whom", params={"funder": "Nobody at all"})
    assert (wrong.status_code, wrong.headers["content-type"]) == (404, "application/problem+json")


def test_what_is_printed_at_the_start_tells_address_counts_and_what_to_try(project_root: Path) -> None:
    told = greeting(Project(read_project(project_root)), "http://127.0.0.1:8420")
    assert "http://127.0.0.1:8420" in told and "2 documents" in told
    assert told.count("http://127.0.0.1:8420/") == 3


def alert(answer: httpx.Response) -> Any:
    return lxml.html.fromstring(answer.text).xpath("//*[@role='alert']")[0]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "/fr/query?name=who-finances-whom&funder=inconnu",
            "Aucune entité ne s'appelle «\u00a0inconnu\u00a0».",
        ),
        ("/fr/query?name=policies-adopted&since=hier", "«\u00a0hier\u00a0» n'est pas une date"),
        ("/en/query?name=policies-adopted&since=hier", "“hier” is not a date"),
        ("/fr/graph?q=Confl", "Aucune entité ne s'appelle «\u00a0Confl\u00a0». Vouliez-vous dire"),
    ],
)
def test_a_persons_mistake_is_told_in_the_pages_language(
    client: httpx.Client, address: str, told: str
) -> None:
    assert told in alert(client.get(address, headers=HTML)).text_content()


@pytest.mark.parametrize(
    "address", ["/fr/graph?q=Confl&depth=2", "/fr/query?name=network-members&network=Confl"]
)
def test_what_may_be_meant_is_a_link_that_asks_again(client: httpx.Client, address: str) -> None:
    [link] = alert(client.get(address, headers=HTML)).xpath(".//a/@href")
    again = client.get(address.partition("?")[0] + link, headers=HTML)
    assert again.status_code == 200
    assert ("depth=2" in link) == ("depth=2" in address)


def test_an_unknown_question_leads_to_the_catalogue(client: httpx.Client) -> None:
    answer = client.get("/fr/query?name=who-finance-whom", headers=HTML)
    links = lxml.html.fromstring(answer.text).xpath("//main//a/@href")
    assert answer.status_code == 404
    assert {"/fr/query?name=who-finances-whom", "/fr/query"} <= set(links)


def test_what_only_the_reference_knows_is_told_apart(client: httpx.Client) -> None:
    home = client.get("/en/index.json").json()
    hits = client.get("/en/search.json?class=Place").json()["hits"]
    pages = [client.get(hit["ref"]["href"] + ".json").json() for hit in hits]
    assert home["totals"]["mentioned"] == sum(home["counts"].values())
    assert [hit["mentioned"] for hit in hits] == [bool(page["documents"]) for page in pages]


def test_a_share_is_rounded_as_the_command_line_rounds_it() -> None:
    assert all(messages("en").percent(n / 1000) == f"{float(f'{n / 1000:.2f}'):.0%}" for n in range(1001))


def test_another_port_than_that_of_the_identifiers_is_warned_of() -> None:
    assert "--port 8000" in port_warning("http://localhost:8000", 8477)
    assert not port_warning("http://localhost:8000", 8000)
    assert not port_warning("https://example.org", 8477)


def test_a_measure_is_explained_and_can_be_taken_away(client: httpx.Client) -> None:
    tree = page(client, "/fr/analysis")
    section = tree.xpath("//section[h2[@id='holes']]")[0]
    text = " ".join(section.text_content().split())
    assert "Trous structuraux" in text and "c_i = Σ_j" in text and "Prudence" in text and "Burt" in text
    assert section.xpath(".//a[@href='/fr/entity/confluence']/text()") == ["Réseau Confluence"]
    (csv,) = section.xpath(".//a[text()='CSV']/@href")
    answer = client.get(csv)
    assert answer.headers["content-type"].startswith("text/csv")
    header, *rows = answer.text.splitlines()
    assert header == "entity,label,type,degree,effective,efficiency,constraint"
    assert len(rows) == len(section.xpath(".//tbody/tr"))


def test_a_projection_is_a_network_of_its_own(client: httpx.Client) -> None:
    shown = words(page(client, "/en/analysis?projection=co-participation"))
    assert "Participation in the same events" in shown and "to meet there" in shown
    twin = client.get("/en/analysis.json?projection=co-participation").json()
    assert twin["projection"]["queries"] == ["event-participants", "event-organizers"]
    (size,) = next(table["rows"] for table in twin["tables"] if table["name"] == "size")
    assert (size["entities"], size["statements"]) == (3, 3)  # two organisers and a participant of one event


@pytest.mark.parametrize("address", ["/en/analysis?projection=none", "/en/analysis/none.csv"])
def test_what_is_not_measured_is_not_found(client: httpx.Client, address: str) -> None:
    assert client.get(address, headers=HTML).status_code == 404
