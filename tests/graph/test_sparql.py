"""Queries as text: no call to another server slips through, and errors are in words."""

from __future__ import annotations

import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph
import pytest

from doubling import growth
from esskg.errors import QueryError
from esskg.graph.sparql import dataset, form, refuse_calls, syntax_error, tokens, words
from esskg.graph.store import memory_store

ELSEWHERE = "<http://127.0.0.1:7/sparql>"
CALLS = [
    f"SELECT * {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE # a comment {{ }}\n {ELSEWHERE} # and one\n {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p true SERVICE{ELSEWHERE}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p trueSERVICE{ELSEWHERE}{{ ?s ?p ?o }} }}",
    "PREFIX e: <http://127.0.0.1:7/> SELECT * { SERVICEe:sparql { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:7/> SELECT * { SERVICE:sparql { ?s ?p ?o } }",
    "PREFIX silent: <http://127.0.0.1:7/> SELECT * { SERVICE silent:sparql { ?s ?p ?o } }",
    f"SELECT * {{ VALUES ?x {{ {ELSEWHERE} }} SERVICE ?x {{ ?s ?p ?o }} }}",
    f"SELECT * {{ FILTER(?a<'x>')SERVICE{ELSEWHERE}{{ ?s ?p ?o }}FILTER('a'='a') }}",
    f"SELECT * {{ FILTER(?a<?b#>'\n)SERVICE{ELSEWHERE}{{ ?s ?p ?o }}FILTER('a'='a') }}",
    f"ASK {{ FILTER EXISTS {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }}",
    "BASE <http://127.0.0.1:7/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
]
HARMLESS = [
    "SELECT ?service { ?service ess:service 'SERVICE' ; rdfs:label 'service of: x' }",
    "SELECT * { ?s rdfs:comment 'at your SERVICE <http://x.org>' } # no SERVICE here",
    'SELECT * { ?s rdfs:comment "LOAD <http://127.0.0.1/x>" }',
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_to_another_server_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="calls to other servers"):
        memory_store("https://example.org").query(query)


def test_a_silent_call_has_failed_without_being_made(listener: Listener) -> None:
    store, there = memory_store("https://example.org"), f"<http://127.0.0.1:{listener.port}/>"
    before = listener.calls
    assert len(list(store.query(f"select * {{ service silent{there}{{ ?s ?p ?o }} }}"))) == 1
    store.update(f"load silent {there} INTO GRAPH <http://x>")
    assert (store.graphs(), listener.calls) == ([], before)


@pytest.mark.parametrize("query", HARMLESS)
def test_words_that_only_look_like_a_call_are_not(query: str) -> None:
    assert list(memory_store("https://example.org").query(query)) == []


class Listener(threading.Thread):
    """Counts who calls, and hangs up."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.calls = 0

    def run(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self.socket.accept()
                self.calls += 1
                caller.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    listening.start()
    yield listening
    listening.socket.close()


PIECES = ["'", "<a>", "#", "\n", "?a", "'x'", ")", "1", "2)", "'<'", "true", "e:", '"', ">"]


def arrangements(port: int) -> Iterator[str]:
    """A call to a port among a few awkward pieces, in every order."""
    for first, second, last in itertools.product(PIECES, repeat=3):
        for between in ("", "SILENT ", "#'\n"):
            call = f"SERVICE{between}<http://127.0.0.1:{port}/>{{}}"
            yield f"PREFIX e: <http://e/> ASK {{ FILTER(1<{first}{second}{call} FILTER(2>{last}) }}"
            yield f"PREFIX e: <http://e/> ASK {{ ?a e:b {first}{second}{call} FILTER(?a{last}) }}"


def test_whatever_the_engine_would_call_is_refused(listener: Listener) -> None:
    store = pyoxigraph.Store()
    store.update("INSERT DATA { <http://e/a> <http://e/b> true }")
    for query in arrangements(listener.port):
        before = listener.calls
        with suppress(SyntaxError, OSError):
            store.query(query)
        if listener.calls > before:
            with pytest.raises(QueryError):
                refuse_calls(query)
    assert listener.calls > 100


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:7/x.ttl>",
        "PREFIX e: <http://127.0.0.1:7/>LOAD e:x",
        "# first\nDROP ALL ; # second\n LOAD <http://127.0.0.1:7/x.ttl>",
        f"INSERT {{ ?s ?p 1 }} WHERE {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    ],
)
def test_an_update_loads_nothing_from_elsewhere(update: str) -> None:
    with pytest.raises(QueryError, match="calls to other servers"):
        memory_store("https://example.org").update(update)


def test_a_text_that_speaks_of_loading_may_be_written() -> None:
    store = memory_store("https://example.org")
    store.update("INSERT DATA { <http://x> rdfs:comment 'Download https://x.org; then LOAD <it>' }")
    assert store.query("ASK { ?s rdfs:comment ?o }")


def test_calls_to_allowed_addresses_go_through() -> None:
    call = "ASK {{ SERVICE <{}> {{ ?s ?p ?o }} }}"
    allowed = ["https://query.wikidata.org/"]
    refuse_calls(call.format("https://query.wikidata.org/sparql"), allowed)
    with pytest.raises(QueryError, match="line 1, column 15"):
        refuse_calls(call.format("https://query.wikidata.org.example.com/"), allowed)


def test_tokens_are_told_apart() -> None:
    query = 'SELECT ?a { ?a ex:from \'FROM \\\' x\' , <http://x#FROM>, """GRAPH "x" """@en } # FROM'
    assert words(query) == {"SELECT"}
    assert [token.kind for token in tokens(query)][3:6] == ["variable", "name", "string"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("PREFIX select: <http://x> # ASK\n construct { } { }", "CONSTRUCT"),
        ("BASE <http://ASK> SELECT * {}", "SELECT"),
        ("DROP ALL", ""),
    ],
)
def test_the_form_of_a_query(query: str, expected: str) -> None:
    assert form(query) == expected


def test_the_graphs_that_a_query_names() -> None:
    query = "PREFIX a: <http://a/> SELECT * FROM a:x FROM <http://y> FROM NAMED ess:z { ?s a:FROM 'FROM' }"
    assert dataset(query, {"ess": "http://ess/"}) == (["http://a/x", "http://y"], ["http://ess/z"])
    assert dataset("SELECT * { ?from ?p ?o }", {}) is None


def test_an_error_at_the_end_says_so() -> None:
    assert str(syntax_error("error at 3:1: expected [_]", "ASK {\n\n")) == (
        "line 3, column 1: the query can't be read at its end"
    )


@pytest.mark.parametrize(
    "piece",
    [
        "SERVICE#",
        "SERVICE",
        "SERVICE:",
        "SERVICE<",
        "SERVICE\\:#\n",
        "SERVICE SILENT ",
        ";#LOAD",
        "\nLOAD a:",
        '\\"""\n',
        "a.",
        "<a",
        "'\\",
        "{(",
    ],
)
def test_hostile_text_is_read_in_proportion_to_its_length(piece: str) -> None:
    def read(query: str) -> None:
        with suppress(QueryError):
            refuse_calls(query, ["<"], update=True)
        words(query)

    short = piece * (20_000 // len(piece))
    assert growth(read, short, short * 2) < 3.5
