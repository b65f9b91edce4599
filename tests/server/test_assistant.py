"""The tools of an assistant, as the package's own client calls them."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from mcp import Client, StdioServerParameters

from esskg.config import read_project
from esskg.project import Project
from esskg.server.assistant import create_assistant

T = TypeVar("T")


@pytest.fixture(scope="module")
def assistant(project_root: Path) -> Callable[[Callable[[Client], Awaitable[T]]], T]:
    """Runs something with a client of the tools."""

    def run(what: Callable[[Client], Awaitable[T]]) -> T:
        async def connected() -> T:
            async with Client(create_assistant(Project(read_project(project_root)))) as client:
                return await what(client)

        return apart(connected())

    return run


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Run in a thread of its own: the browser of other tests leaves a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def call(assistant: Any, tool: str, **arguments: Any) -> Any:
    return assistant(lambda client: client.call_tool(tool, arguments))


def test_every_tool_says_what_it_does(assistant: Any) -> None:
    tools = assistant(lambda client: client.list_tools()).tools
    names = {"search", "entity", "neighbourhood", "path", "document", "questions", "ask", "sparql"}
    assert {tool.name for tool in tools} == names
    assert all(len(tool.description or "") > 40 for tool in tools)


def test_what_is_found_can_be_cited(assistant: Any) -> None:
    hits = call(assistant, "search", words="fonds fleuve").structured_content["hits"]
    card = call(assistant, "entity", name=hits[0]["name"]).structured_content
    grant = next(each for each in card["statements"] if each["relation"] == "finances")
    assert grant["evidence"][0]["exact"] and grant["evidence"][0]["document"].startswith("rives-")


def test_links_around_and_between_come_with_their_sentences(assistant: Any) -> None:
    near = call(assistant, "neighbourhood", name="Mutuelle Amarrage").structured_content
    assert near["lines"][0]["sentences"][0]["text"].startswith(
        "La Coopérative des Trois-Ponts et la Mutuelle"
    )
    found = call(assistant, "path", start="amarrage", end="Forum des Rives").structured_content
    assert [each["slug"] for each in found["paths"][0]["entities"]][1] == "confluence"


def test_a_document_is_read_with_what_it_says(assistant: Any) -> None:
    card = call(assistant, "document", slug="rives-fr").structured_content
    proof = card["statements"][0]["evidence"][0]
    assert proof["exact"] in card["text"] or proof["document"] != "rives-fr"


def test_the_catalogue_and_sparql_answer(assistant: Any) -> None:
    names = {q["name"] for q in call(assistant, "questions").structured_content["questions"]}
    assert "who-finances-whom" in names
    table = call(assistant, "ask", question="who-finances-whom", parameters={"funder": "Fonds du Fleuve"})
    assert "forum-des-rives" in table.content[0].text
    counted = call(assistant, "sparql", query="SELECT (COUNT(*) AS ?n) { ?s a ess:Statement }")
    assert counted.content[0].text.startswith("n")


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("entity", {"name": "nobody at all"}, "no entity is called"),
        ("document", {"slug": "nothing"}, "Nothing is called"),
        ("ask", {"question": "no-such"}, "no-such"),
        ("sparql", {"query": "SELEKT"}, "near"),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "only answers queries"),
        ("sparql", {"query": "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"}, "not allowed"),
    ],
)
def test_what_goes_wrong_is_told_in_words(
    assistant: Any, tool: str, arguments: dict[str, str], told: str
) -> None:
    answer = call(assistant, tool, **arguments)
    assert answer.is_error and told in answer.content[0].text


def test_a_long_answer_is_cut_and_says_so(assistant: Any) -> None:
    answer = call(assistant, "sparql", query="SELECT * { ?s ?p ?o }").content[0].text
    assert answer.count("\n") < 510 and "Cut:" in answer


def test_the_command_speaks_on_standard_input_and_output(project_root: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "esskg", "mcp", "--project", str(project_root)],
        env=dict(os.environ),
    )

    async def ask() -> Any:
        async with Client(command) as client:
            return await client.call_tool("search", {"words": "confluence"})

    assert apart(ask()).structured_content["hits"][0]["slug"] == "confluence"
