"""The SPARQL endpoint as clients of the protocol meet it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil
import pytest
import rdflib
import serving
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TSV, TURTLE, XML, SPARQLWrapper

import sample
from esskg.config import StoreSettings, read_project
from esskg.errors import StoreError
from esskg.project import Project
from esskg.server.answers import Job
from esskg.server.holding import Holding, Opening
from esskg.server.limits import Limits, Places
from esskg.server.pool import Pool, Worker
from esskg.server.problems import Problem, as_problem

NETWORKS = "SELECT ?it WHERE { ?it a ess:Network } ORDER BY ?it"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
FORM = "application/x-www-form-urlencoded"


def test_a_query_by_get_form_and_body_gives_the_same(client: httpx.Client) -> None:
    by_get = client.get("/sparql", params={"query": NETWORKS}).json()
    by_form = client.post("/sparql", data={"query": NETWORKS}).json()
    headers = {"Content-Type": "application/sparql-query; charset=utf-8"}
    by_body = client.post("/sparql", content=NETWORKS, headers=headers).json()
    assert by_get == by_form == by_body
    assert [row["it"]["value"] for row in by_get["results"]["bindings"]] == [
        f"{sample.BASE}/id/confluence",
        f"{sample.BASE}/id/isolee",
    ]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/json"),
        ("text/turtle, text/csv;q=0.2", "text/csv; charset=utf-8"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_a_table_comes_in_the_format_that_is_liked_most(
    client: httpx.Client, accept: str, content_type: str
) -> None:
    answer = client.get("/sparql", params={"query": NETWORKS}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
    assert "isolee" in answer.text


@pytest.mark.parametrize("format", ["turtle", "nt", "xml", "json-ld"])
def test_a_graph_comes_in_every_format_that_rdflib_reads(client: httpx.Client, format: str) -> None:
    names = {"turtle": "ttl", "nt": "nt", "xml": "rdf", "json-ld": "jsonld"}
    query = "CONSTRUCT WHERE { ?it a ess:Network ; rdfs:label ?label }"
    answer = client.get("/sparql", params={"query": query, "format": names[format]})
    graph = rdflib.Graph().parse(data=answer.text, format=format)
    assert (rdflib.URIRef(f"{sample.BASE}/id/isolee"), rdflib.RDFS.label, None) in graph


def test_a_yes_or_no_comes_as_json_and_xml(client: httpx.Client) -> None:
    query = {"query": "ASK { ?it a ess:Network }"}
    assert client.get("/sparql", params=query).json()["boolean"] is True
    answer = client.get("/sparql", params=query, headers={"Accept": "application/sparql-results+xml"})
    assert "<boolean>true</boolean>" in answer.text


def test_what_cannot_be_sent_is_said(client: httpx.Client) -> None:
    ask = client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "text/csv"})
    odd = client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "image/png"})
    unknown = client.get("/sparql", params={"query": "ASK {}", "format": "docx"})
    assert (ask.status_code, odd.status_code, unknown.status_code) == (406, 406, 400)
    assert "json" in unknown.json()["detail"]


def test_a_malformed_query_is_told_with_line_and_column(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT ?it\nWHERE { ?it nope:x ?y }"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["line"] == 2


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (400, {"params": {}, "data": {"query": ["ASK {}", "ASK {}"]}}),
        (400, {"params": {}, "data": {"nothing": "here"}}),
        (400, {"params": {"timeout": "soon"}, "data": {"query": "ASK {}", "timeout": "soon"}}),
        (403, {"params": {}, "data": {"update": "CLEAR ALL"}}),
        (403, {"params": {}, "data": {"query": "INSERT DATA { <a:a> <a:b> <a:c> }"}}),
        (403, {"params": {}, "data": {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}}),
        (403, {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}),
        (415, {"content": "ASK {}", "headers": {"Content-Type": "text/plain"}}),
        (400, {"content": b"ASK { \xff }", "headers": {"Content-Type": "application/sparql-query"}}),
    ],
)
def test_wrong_requests_are_refused(client: httpx.Client, status: int, request_: dict[str, object]) -> None:
    answer = client.post("/sparql", **request_)  # type: ignore[arg-type]
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_no_query_is_refused_the_methods_that_write(client: httpx.Client) -> None:
    assert client.put("/sparql", content="").status_code == 405
    assert client.delete("/sparql").status_code == 405


def test_a_word_service_in_a_string_or_name_is_no_call(client: httpx.Client) -> None:
    query = 'PREFIX service: <http://x/> ASK { BIND ("SERVICE <http://x> {" AS ?service) # SERVICE <x> {\n }'
    assert client.post("/sparql", data={"query": query}).status_code == 403  # rather one call too few
    assert client.post("/sparql", data={"query": "ASK { ?service ?p 'service' }"}).json()["boolean"] is False


def test_the_data_set_of_the_protocol_replaces_the_default(client: httpx.Client) -> None:
    ontology = f"{sample.BASE}/graph/ontology"
    query = "SELECT (COUNT(*) AS ?n) { ?s a owl:Class }"

    def count(**graphs: str) -> int:
        rows = client.get("/sparql", params={"query": query, **graphs}).json()["results"]["bindings"]
        return int(rows[0]["n"]["value"])

    assert count() == 0
    assert count(**{"default-graph-uri": ontology}) > 10
    named = {"query": "ASK { GRAPH ?g { ?s a owl:Class } }", "named-graph-uri": f"{sample.BASE}/graph/runs"}
    assert client.get("/sparql", params=named).json()["boolean"] is False


def test_bare_get_describes_the_service_to_programs_and_leads_people_to_a_page(client: httpx.Client) -> None:
    described = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=described.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (endpoint,) = graph.objects(predicate=sd.endpoint)
    assert str(endpoint).endswith("/sparql")
    people = {"Accept": "text/html", "Accept-Language": "fr-CA,fr;q=0.8"}
    assert client.get("/sparql", headers=people).headers["location"] == "/fr/query"
    results = client.get("/sparql", params={"query": "ASK {}"}, headers=people)
    assert results.headers["location"] == "/fr/query?query=ASK+%7B%7D"


def test_an_answer_has_a_tag_and_is_not_sent_twice(client: httpx.Client) -> None:
    first = client.get("/sparql", params={"query": NETWORKS})
    again = client.get(
        "/sparql", params={"query": NETWORKS}, headers={"If-None-Match": first.headers["etag"]}
    )
    other = client.get(
        "/sparql",
        params={"query": NETWORKS},
        headers={"If-None-Match": first.headers["etag"], "Accept": "text/csv"},
    )
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


def test_head_has_headers_only_and_other_origins_may_ask(client: httpx.Client) -> None:
    head = client.head("/sparql", params={"query": NETWORKS}, headers={"Origin": "https://elsewhere.example"})
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 0
    assert head.headers["access-control-allow-origin"] == "*"
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    assert client.options("/sparql", headers=asked).status_code == 200


def test_a_long_answer_is_compressed(client: httpx.Client) -> None:
    query = {"query": "SELECT * { ?s ?p ?o } LIMIT 100"}
    assert client.get("/sparql", params=query).headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("format", [JSON, XML, CSV, TSV])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_gets_tables(site: str, format: str, method: str) -> None:
    wrapper = SPARQLWrapper(f"{site}/sparql")
    wrapper.setQuery(f"PREFIX ess: <https://w3id.org/esskg/ontology#> {NETWORKS}")
    wrapper.setReturnFormat(format)
    wrapper.setMethod(method)
    answer = wrapper.queryAndConvert()
    shown = answer if isinstance(answer, dict) else answer.toxml() if format == XML else answer.decode()
    assert "id/isolee" in str(shown)


def test_sparqlwrapper_gets_graphs(site: str) -> None:
    wrapper = SPARQLWrapper(f"{site}/sparql")
    wrapper.setQuery(f"DESCRIBE <{sample.BASE}/id/isolee>")
    wrapper.setReturnFormat(TURTLE)
    assert b"isolee" in wrapper.query().response.read()


def test_rdflib_reads_it_as_a_store(site: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{site}/sparql"))
    labels = set(graph.objects(rdflib.URIRef(f"{sample.BASE}/id/confluence"), rdflib.RDFS.label))
    assert rdflib.Literal("Réseau Confluence", lang="fr") in labels


def test_a_query_that_takes_too_much_memory_is_stopped_and_the_next_is_answered(project_root: Path) -> None:
    with serving.served(project_root, Limits(memory=100_000_000)) as address:
        answer = httpx.post(f"{address}/sparql", data={"query": GREEDY}, timeout=30)
        assert (answer.status_code, answer.json()["memory"]) == (503, 100_000_000)
        assert "100 MB of memory" in answer.json()["detail"]
        assert httpx.post(f"{address}/sparql", data={"query": "ASK {}"}).json()["boolean"] is True


def test_a_query_that_is_nested_too_deeply_is_a_mistake(client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": "ASK " + "{" * 15_000 + "}" * 15_000})
    assert (answer.status_code, answer.json()["detail"]) == (400, "The query is nested too deeply.")
    assert client.post("/sparql", data={"query": "ASK {}"}).json()["boolean"] is True


def test_a_body_that_does_not_announce_its_length_is_counted(site: str) -> None:
    pieces = iter([b"query=", b" " * 200_000, b" " * 200_000])
    answer = httpx.post(f"{site}/sparql", content=pieces, headers={"Content-Type": FORM}, timeout=10)
    assert answer.status_code == 413


def test_a_store_elsewhere_that_is_down_is_told_as_such(project_root: Path) -> None:
    gone = StoreSettings(kind="remote", query="http://127.0.0.1:9/query", update="http://127.0.0.1:9/update")
    holding = Holding(Opening.of_project(gone, project_root, sample.BASE, 10**9))

    async def ask() -> None:
        await Worker(holding).run(Job("SELECT * { ?s ?p ?o }", "json", "json", "ttl", 1, 1000))

    with closing(holding), pytest.raises(StoreError, match="doesn't answer") as told:
        in_a_loop(ask())
    problem = as_problem(told.value)
    assert (problem.status_code, problem.headers) == (503, {"Retry-After": "5"})


@pytest.fixture(scope="module")
def tight(project_root: Path) -> Iterator[str]:
    """A server with a short deadline and small caps."""
    with serving.served(project_root, Limits(timeout=1.0, rows=5, size=50_000)) as address:
        yield address


def test_a_query_past_its_deadline_is_stopped_and_its_process_ended(tight: str) -> None:
    start = time.monotonic()
    answer = httpx.post(f"{tight}/sparql", data={"query": ENDLESS}, timeout=30)
    assert answer.status_code == 504
    assert "1 second" in answer.json()["detail"]
    assert time.monotonic() - start < 4
    assert busy_workers() == []
    assert httpx.post(f"{tight}/sparql", data={"query": "ASK {}"}).json()["boolean"] is True


def test_a_client_may_ask_for_a_shorter_deadline_not_for_a_longer(site: str, tight: str) -> None:
    asked = {"query": ENDLESS, "timeout": "0.3"}
    assert httpx.post(f"{site}/sparql", data=asked, timeout=30).json()["timeout"] == 0.3
    asked = {"query": ENDLESS, "timeout": "1000"}
    assert httpx.post(f"{tight}/sparql", data=asked, timeout=30).json()["timeout"] == 1.0


@pytest.mark.parametrize("path", ["/sparql", "/en/query"])
def test_evaluation_ends_when_its_client_has_gone(site: str, path: str) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{site}{path}", params={"query": ENDLESS}, timeout=0.7)
    deadline = time.monotonic() + 3
    while busy_workers() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert busy_workers() == []


def busy_workers() -> list[int]:
    """The worker processes of this test run that are computing."""
    children = [child for child in psutil.Process().children(recursive=True) if is_worker(child)]
    for child in children:
        child.cpu_percent()
    time.sleep(0.2)
    return [child.pid for child in children if child.is_running() and child.cpu_percent() > 20]


def is_worker(process: psutil.Process) -> bool:
    try:
        return "esskg.server.keeper" in process.cmdline()
    except psutil.Error:
        return False


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv", "text/turtle"])
def test_a_cut_answer_says_so(tight: str, accept: str) -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o }" if accept == "text/turtle" else "SELECT * { ?s ?p ?o }"
    answer = httpx.get(f"{tight}/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.headers["esskg-truncated"] == "rows; limit=5"
    assert answer.headers["esskg-rows"] == "5"


def test_a_whole_answer_is_not_called_cut(tight: str) -> None:
    answer = httpx.get(f"{tight}/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 5"})
    assert "esskg-truncated" not in answer.headers
    assert len(answer.json()["results"]["bindings"]) == 5


def test_a_wide_answer_is_cut_by_size_after_a_whole_row(tight: str) -> None:
    query = 'SELECT ?x { VALUES ?y { 1 2 3 4 } BIND (REPLACE("' + "x" * 20_000 + '", "a", "") AS ?x) }'
    answer = httpx.post(f"{tight}/sparql", data={"query": query})
    assert answer.headers["esskg-truncated"] == "size; limit=50000"
    assert len(answer.json()["results"]["bindings"]) == 2


def test_many_at_once_are_all_answered(site: str) -> None:
    def ask(_: int) -> int:
        return httpx.post(f"{site}/sparql", data={"query": NETWORKS}, timeout=30).status_code

    with ThreadPoolExecutor(40) as clients:
        assert list(clients.map(ask, range(40))) == [200] * 40


@pytest.mark.parametrize(
    ("query", "status"), [(NETWORKS, 200), ("SELECT nope", 400), (ENDLESS, 504), ("ASK {}", 406)]
)
def test_a_store_in_memory_answers_too(in_memory: str, query: str, status: int) -> None:
    answer = httpx.post(
        f"{in_memory}/sparql", data={"query": query}, headers={"Accept": "text/csv"}, timeout=30
    )
    assert answer.status_code == status


@pytest.fixture(scope="module")
def in_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of a project without a store on disk."""
    root = tmp_path_factory.mktemp("memory")
    serving.publish(root, sample.knowledge(), store="memory")
    with serving.served(root, Limits(timeout=5)) as address:
        yield address


Answer = TypeVar("Answer")


def in_a_loop(work: Coroutine[Any, Any, Answer]) -> Answer:
    """What the work gives, in a thread of its own: the browser of other tests has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture
def holding(project_root: Path) -> Iterator[Holding]:
    project = Project(read_project(project_root))
    store = project.settings.store, project.built().store_folder, sample.BASE
    with closing(Holding(Opening.of_project(*store, 10**9))) as held:
        yield held


ASK = Job("ASK {}", "json", "json", "ttl", 1, 1000)


def test_when_every_worker_is_busy_one_waits_or_is_told(holding: Holding) -> None:
    async def ask() -> Problem:
        pool = Pool(holding, Places(running=0, each=1))
        with pytest.raises(Problem) as told:
            await pool.run(ASK, timeout=0.1)
        return told.value

    assert in_a_loop(ask()).status_code == 503


def test_a_worker_that_died_is_replaced(holding: Holding) -> None:
    async def ask() -> bytes:
        worker = Worker(holding)
        await worker.run(ASK)
        os.kill(worker.process, signal.SIGKILL)
        with pytest.raises(StoreError, match="ask again"):
            await worker.run(ASK)
        return (await worker.run(ASK)).body

    assert b"true" in in_a_loop(ask())


@pytest.mark.parametrize("content", ["application/sparql-query", "application/x-www-form-urlencoded"])
def test_a_query_that_is_too_long_is_refused_at_once(site: str, content: str) -> None:
    query = "SELECT * {" + "SERVICE#" * 200_000
    body = query if content.endswith("query") else f"query={query}"
    answer = httpx.post(f"{site}/sparql", content=body, headers={"Content-Type": content}, timeout=10)
    assert answer.status_code == 413


def test_a_number_that_is_too_long_is_no_number(site: str) -> None:
    assert httpx.get(f"{site}/api/search?q=a&limit={'9' * 5000}").status_code == 400
    assert httpx.get(f"{site}/en/graph?around=x&depth={'9' * 5000}").status_code in {200, 404}
