"""The interface for programs: what it answers, what it refuses, and that its description is true."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate

QUICKLY = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def get(client: httpx.Client, address: str, **parameters: Any) -> Any:
    answer = client.get(address, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_an_entity_comes_with_its_sentences(client: httpx.Client) -> None:
    card = get(client, "/api/entity/fonds-du-fleuve", lang="en")
    assert card["entity"]["name"] == "Fleuve Fund"
    grants = [each for each in card["statements"] if each["relation"] == "finances"]
    assert {each["object"]["slug"] for each in grants} == {"forum-des-rives", "trois-ponts"}
    assert all(proof["exact"] for each in grants for proof in each["evidence"])
    assert {each["slug"] for each in card["documents"]} == {"rives-fr", "rives-en"}


def test_a_merged_entity_is_answered_by_the_one_that_took_its_place(client: httpx.Client) -> None:
    assert get(client, "/api/entity/fonds-fleuve")["entity"]["slug"] == "fonds-du-fleuve"


def test_a_neighbourhood_goes_as_far_as_is_asked(client: httpx.Client) -> None:
    near = get(client, "/api/entity/amarrage/neighbourhood")
    far = get(client, "/api/entity/amarrage/neighbourhood", depth=2)
    assert {each["slug"] for each in near["entities"]} == {"amarrage", "confluence"}
    assert len(far["entities"]) > len(near["entities"])
    only = get(client, "/api/entity/confluence/neighbourhood", relation="organizes", limit=1)
    assert (only["total"], len(only["lines"])) == (1, 1)
    assert only["lines"][0]["sentences"][0]["text"].startswith("Le ministère")


def test_a_path_is_found_by_names_and_cites_each_step(client: httpx.Client) -> None:
    found = get(client, "/api/path", start="Mutuelle Amarrage", end="forum-des-rives")
    (first, *_) = found["paths"]
    assert [each["slug"] for each in first["entities"]] == ["amarrage", "confluence", "forum-des-rives"]
    assert all(step[0]["sentences"] for step in first["steps"])
    assert get(client, "/api/path", start="isolee", end="amarrage") == {"paths": []}


def test_a_document_comes_with_its_text_and_where_each_evidence_stands(client: httpx.Client) -> None:
    card = get(client, "/api/document/rives-fr")
    proofs = [proof for each in card["statements"] for proof in each["evidence"]]
    here = [proof for proof in proofs if proof["document"] == "rives-fr"]
    assert len(here) > 8
    assert all(card["text"][proof["start"] : proof["end"]] == proof["exact"] for proof in here)
    assert card["metadata"]["date"] == ["2023-05-04"]


@pytest.mark.parametrize("q", ["reseau CONFLUENCE", "Réseau conf", "confluence network"])
def test_search_and_completion_fold_case_and_accents(client: httpx.Client, q: str) -> None:
    assert get(client, "/api/search", q=q)["hits"][0]["slug"] == "confluence"
    assert get(client, "/api/complete", q=q)["suggestions"][0]["slug"] == "confluence"
    assert get(client, "/api/search", q=q, type="Person")["hits"] == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/search?q=a&limit=0", 400),
        ("/api/search?q=a&limit=ten", 400),
        ("/api/search?q=a&q=b", 400),
        ("/api/search?query=a", 400),
        ("/api/complete?q=a&type=Banana", 400),
        ("/api/entity/fonds-du-fleuve/neighbourhood?depth=9", 400),
        ("/api/entity/nobody", 404),
        ("/api/document/nothing", 404),
        ("/api/path?start=amarrage", 400),
        ("/api/path?start=amarrage&end=nobody", 404),
        ("/api/query/no-such-question", 404),
        ("/api/query/who-finances-whom?funder=nobody+at+all", 404),
        ("/api/query/who-finances-whom?since=yesterday", 400),
        ("/api/query/who-finances-whom?format=docx", 400),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(client: httpx.Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]


@pytest.mark.parametrize("format", ["json", "csv", "tsv", "xml"])
def test_a_question_answers_in_every_format(client: httpx.Client, format: str) -> None:
    one = client.get("/api/query/who-finances-whom", params={"format": format})
    other = client.get(f"/api/query/who-finances-whom.{format}")
    assert one.content == other.content and "Fonds du Fleuve" in one.text


# --- the description ----------------------------------------------------------------------------------


def test_the_description_is_valid_and_knows_every_question(client: httpx.Client) -> None:
    described = get(client, "/api/openapi.json")
    validate(described)
    names = {each["name"] for each in get(client, "/api/query")["questions"]}
    assert {f"/api/query/{name}" for name in names} < described["paths"].keys()
    funder, *_ = described["paths"]["/api/query/who-finances-whom"]["get"]["parameters"]
    assert funder["schema"]["type"] == "string"


@pytest.fixture(scope="module")
def contract(site: str) -> schemathesis.BaseSchema:
    """What Schemathesis makes of the description: requests that it allows, and others."""
    return schemathesis.openapi.from_url(f"{site}/api/openapi.json")


@pytest.mark.parametrize("mode", schemathesis.GenerationMode)
def test_every_answer_is_as_the_description_says(
    contract: schemathesis.BaseSchema, mode: schemathesis.GenerationMode
) -> None:
    for found in contract.get_all_operations():

        @QUICKLY
        @given(case=found.ok().as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate()

        ask()
