"""The graph page without a browser: views, filters, paths, unfolding and files, all by address."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import httpx
import pytest

AROUND = "around=confluence"


def network(client: httpx.Client, asked: str, language: str = "en") -> dict[str, list[dict[str, object]]]:
    answer = client.get(f"/{language}/graph.json?{asked}")
    assert answer.status_code == 200, answer.text
    found: dict[str, list[dict[str, object]]] = answer.json()["network"]
    return found


def shown(client: httpx.Client, asked: str) -> list[dict[str, object]]:
    return [edge for edge in network(client, asked)["edges"] if edge["shown"]]


def test_filters_narrow_what_is_shown_and_not_what_there_is(client: httpx.Client) -> None:
    everything = network(client, AROUND)
    some = network(client, f"{AROUND}&rel=memberOf")
    assert [edge["id"] for edge in some["edges"]] == [edge["id"] for edge in everything["edges"]]
    assert {edge["relation"] for edge in some["edges"] if edge["shown"]} == {"memberOf"}


@pytest.mark.parametrize(
    ("asked", "keeps"),
    [
        ("min_conf=100", lambda edge: edge["confidence"] >= 1),
        ("src=rives-en", lambda edge: "rives-en" in edge["documents"]),
        ("words=fr", lambda edge: "fr" in edge["words"]),
        ("hide=trois-ponts", lambda edge: "trois-ponts" not in (edge["source"], edge["target"])),
        ("from=2023&undated=0", lambda edge: edge["years"] and edge["years"][1] >= 2023),
        ("to=2022", lambda edge: not edge["years"] or edge["years"][0] <= 2022),
    ],
)
def test_each_filter_keeps_what_it_says(client: httpx.Client, asked: str, keeps: object) -> None:
    edges = network(client, f"around=fonds-du-fleuve&depth=3&{asked}")["edges"]
    assert edges
    for edge in edges:
        assert bool(keeps(edge)) is edge["shown"], edge  # type: ignore[operator]


def test_what_is_to_be_reviewed_comes_on_demand_and_is_marked(client: httpx.Client) -> None:
    states = {edge["state"] for edge in network(client, "around=fonds-du-fleuve&depth=3")["edges"]}
    more = {edge["state"] for edge in network(client, "around=fonds-du-fleuve&depth=3&state=review")["edges"]}
    assert states == {"asserted"}
    assert more == {"asserted", "review"}


def test_unfolding_adds_and_nobody_moves(client: httpx.Client) -> None:
    before = {node["key"]: (node["x"], node["y"]) for node in network(client, "around=anne-lavigne")["nodes"]}
    asked = "around=anne-lavigne&expand=fonds-du-fleuve:finances:out"
    after = {node["key"]: (node["x"], node["y"]) for node in network(client, asked)["nodes"]}
    assert before.items() < after.items()
    assert "trois-ponts" in after
    assert network(client, asked) == network(client, asked)


def test_ties_tell_what_unfolding_would_bring(client: httpx.Client) -> None:
    ties = client.get("/fr/graph/links.json?of=confluence").json()["ties"]
    member = next(tie for tie in ties if tie["relation"] == "memberOf")
    assert member["label"] == "a pour membres"
    edges = network(client, "around=confluence")["edges"]
    assert member["count"] == sum(edge["relation"] == "memberOf" for edge in edges)


def test_a_path_is_a_chain_of_cited_sentences(client: httpx.Client) -> None:
    found = client.get("/en/graph.json?path=anne-lavigne&path=confluence").json()
    first, *_ = found["chains"]
    assert [step["end"] for step in first["steps"]][-1] == "confluence"
    assert all(step["statements"][0]["evidence"] for step in first["steps"])
    page = client.get("/en/graph?path=anne-lavigne&path=confluence").text
    assert "Anne Lavigne est directrice générale" in page


def test_no_path_says_what_else_to_try(client: httpx.Client) -> None:
    page = client.get("/en/graph?path=anne-lavigne&path=confluence&longest=1&hub=1").text
    assert "No path of at most 1 steps" in page
    assert "longest=8" in page
    assert "state=review" in page


def test_a_pin_moves_the_entity_and_nothing_else(client: httpx.Client) -> None:
    free = {node["key"]: (node["x"], node["y"]) for node in network(client, AROUND)["nodes"]}
    pinned = {
        node["key"]: (node["x"], node["y"])
        for node in network(client, f"{AROUND}&pin=confluence:7:-9")["nodes"]
    }
    assert pinned == free | {"confluence": (7.0, -9.0)}


def test_unknown_parameters_are_named(client: httpx.Client) -> None:
    page = client.get(f"/en/graph?{AROUND}&colour=red").text
    assert "Left aside, since it means nothing here: colour." in page


def test_the_csv_has_a_row_for_each_sentence_shown(client: httpx.Client) -> None:
    answer = client.get(f"/en/graph.csv?{AROUND}&rel=memberOf")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["relation"] for row in rows} == {"member of"}
    assert all(row["sentence"] for row in rows)
    assert len(rows) == sum(len(edge["evidence"]) for edge in shown(client, f"{AROUND}&rel=memberOf"))  # type: ignore[arg-type]


@pytest.mark.parametrize("ending", ["svg", "gexf", "graphml"])
def test_a_file_holds_what_is_shown(client: httpx.Client, ending: str) -> None:
    answer = client.get(f"/fr/graph.{ending}?{AROUND}&rel=memberOf")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    ElementTree.fromstring(answer.content)
    lines = answer.text.count("<line ") if ending == "svg" else answer.text.count("<edge ")
    assert lines == len(shown(client, f"{AROUND}&rel=memberOf"))


def test_the_standalone_page_loads_nothing(client: httpx.Client) -> None:
    answer = client.get(f"/fr/graph.html?{AROUND}")
    assert "default-src &#39;none&#39;" in answer.text
    assert "Réseau Confluence" in answer.text


@pytest.mark.parametrize(
    "asked",
    ["expand=:::", "expand=a%20b:c", "pin=x", "cam=a,b", "min_conf=lots", "from=never", "most=0", "depth=-1"],
)
def test_nonsense_in_an_address_is_no_failure(client: httpx.Client, asked: str) -> None:
    assert client.get(f"/en/graph?{AROUND}&{asked}").status_code in (200, 404)


def test_a_file_of_nothing_says_what_to_ask_for(client: httpx.Client) -> None:
    answer = client.get("/en/graph.csv")
    assert answer.status_code == 400
    assert "around=" in answer.text
