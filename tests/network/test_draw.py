"""The standalone page as a file: complete, escaped, self-contained, in both languages."""

from __future__ import annotations

import re
import tomllib
from html.parser import HTMLParser
from importlib import resources

import networkx as nx
import pytest
from networks import network, scale_free, shuffled, statement

from esskg.errors import EsskgError
from esskg.graph.store import Store
from esskg.network.draw import MANY, standalone_html
from esskg.network.layout import positions
from esskg.network.projection import Graph, project
from esskg.network.source import Citation
from esskg.network.visual import short, vis_network
from sample import BASE


def page_of(graph: Graph, language: str = "en") -> str:
    return standalone_html(graph, title="The network", language=language, dataset_version="v1")


@pytest.fixture(scope="module")
def sector(sample_store: Store) -> Graph:
    return project(sample_store, base=BASE)


class Reader(HTMLParser):
    """Which attributes and texts a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_nothing_is_loaded_from_anywhere(sector: Graph) -> None:
    tags = Reader(page_of(sector)).tags
    assert not [attributes for _, attributes in tags if "src" in attributes]
    assert not [tag for tag, _ in tags if tag in {"link", "iframe", "img", "object", "embed", "base"}]
    (policy,) = (each["content"] for _, each in tags if each.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline" not in policy.split(";")[1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_stands_in_the_table_with_its_document(sector: Graph, language: str) -> None:
    html = page_of(sector, language)
    texts = Reader(html).texts
    for *_, data in sector.edges(data=True):
        for citation in data["evidence"]:
            assert citation.text in texts or not citation.text
            assert any(citation.title in text for text in texts)
    assert html.startswith("<!doctype html>")
    assert f'<html lang="{language}">' in html
    assert "<title>The network</title>" in html
    assert "<noscript>" in html


def test_words_are_the_same_in_both_languages() -> None:
    words = tomllib.loads(resources.files("esskg.network").joinpath("draw.toml").read_text("utf-8"))
    assert words["fr"].keys() == words["en"].keys()
    for key in words["fr"]:
        slots = [sorted(re.findall(r"\{\w+\}", words[language][key])) for language in ("fr", "en")]
        assert slots[0] == slots[1], key


def test_amounts_and_qualifiers_are_written_as_each_language_does(sector: Graph) -> None:
    assert "more than 300,000 CAD" in page_of(sector, "en")
    assert "plus de 300 000 CAD" in page_of(sector, "fr")


def test_a_language_without_words_is_refused(sector: Graph) -> None:
    with pytest.raises(EsskgError, match="fr, en"):
        page_of(sector, "es")


def test_order_does_not_change_a_byte(sector: Graph) -> None:
    assert page_of(shuffled(sector, 3)) == page_of(sector)


def test_the_graph_is_left_as_it_was(sector: Graph) -> None:
    before = nx.MultiDiGraph(sector)
    page_of(sector)
    assert nx.utils.graphs_equal(before, sector)


def test_given_positions_are_used(sector: Graph) -> None:
    placed = {node: (float(number), 7.25) for number, node in enumerate(sector)}
    complete = standalone_html(sector, title="", language="en", positions=placed, dataset_version="")
    assert complete.count('"y":7.25') == len(sector)


def drawn(pairs: list[tuple[int, int]]) -> list[dict[str, object]]:
    graph = network(pairs)
    edges: list[dict[str, object]] = vis_network(graph, positions(graph), "× {count}")[0].edges
    return edges


def test_parallel_edges_bend_apart_until_they_are_folded() -> None:
    (single,) = drawn([(0, 1)])
    assert "smooth" not in single
    two = drawn([(0, 1), (1, 0)])
    assert [edge["smooth"]["type"] for edge in two] == ["curvedCCW", "curvedCW"]  # type: ignore[index]
    assert {(edge["from"], edge["to"]) for edge in two} == {("n0", "n1")}
    assert len(drawn([(0, 1)] * 3)) == 3
    (folded,) = drawn([(0, 1)] * 4)
    assert folded["label"] == "× 4"


def test_arrows_follow_the_statement_and_a_partnership_has_none() -> None:
    graph = network([(0, 1), (1, 0)])
    for (*_, data), relation in zip(graph.edges(data=True), ("finances", "memberOf"), strict=True):
        data["relation"] = relation
    arrows = [edge.get("arrows") for edge in vis_network(graph, positions(graph), "")[0].edges]
    assert arrows == ["to", "from"]
    assert [edge.get("arrows") for edge in drawn([(0, 1)])] == [None]


def test_unsure_statements_are_dashed() -> None:
    graph = network([(0, 1), (2, 3)])
    cited = Citation("t", "", "words", "", "", "", "e", "en")
    graph.edges["n0", "n1", "s0"].update(evidence=(cited,), confidence=0.9)
    graph.edges["n2", "n3", "s1"].update(evidence=(cited,), confidence=0.7)
    dashes = [edge.get("dashes", False) for edge in vis_network(graph, positions(graph), "")[0].edges]
    assert dashes == [False, True]


def test_long_names_are_cut_beside_nodes_only() -> None:
    assert short("a" * 28) == "a" * 28
    assert len(short("a" * 29)) == 28
    graph = network([(0, 1)])
    graph.nodes["n0"]["label"] = "Confédération internationale des entreprises"
    assert "Confédération internationale des entreprises</span>" in page_of(graph)


def test_a_thousand_nodes_stay_below_two_megabytes_and_more_are_warned_of() -> None:
    graph = scale_free(MANY)
    quote = "Le Fonds du Fleuve finance le Forum des Rives à hauteur de plus de 300 000 dollars. " * 2
    for *_, data in graph.edges(data=True):
        source = f"{BASE}/document/forum"
        data["evidence"] = (Citation("Un document", "2023-05-04", quote, "", "", source, "e", "fr"),)
    placed = dict.fromkeys(graph, (0.0, 0.0))
    html = standalone_html(graph, title="", language="en", positions=placed, dataset_version="")
    assert len(html.encode()) < 2_000_000
    assert "rather draw around" not in html.casefold()
    graph.add_node("one-more", **graph.nodes["n0"])
    graph.add_edge("one-more", "n0", key="x", **statement("x"))
    placed["one-more"] = (1.0, 1.0)
    more = standalone_html(graph, title="", language="en", positions=placed, dataset_version="")
    assert "rather draw around" in more.casefold()


def test_an_empty_network_makes_a_page() -> None:
    assert "0 statements, 0 entities" in page_of(nx.MultiDiGraph())
