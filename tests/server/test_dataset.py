"""RDF files served as they are, as their clients meet them."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pandas as pd
import psutil
import pytest
import rdflib
from endpoint import serving
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from SPARQLWrapper import JSON, POST, SPARQLWrapper

FILES = {
    "a.ttl": '@prefix : <http://x/> . :a :knows :b ; :name "Été"@fr .',
    "b.nt": "<http://x/b> <http://x/knows> <http://x/c> .\n",
    "c.nq": "<http://x/c> <http://x/knows> <http://x/d> <http://x/graph> .\n",
    "d.trig": "<http://x/graph> { <http://x/d> <http://x/knows> <http://x/e> }",
    "e.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
    '<rdf:Description rdf:about="http://x/e"><x:knows rdf:resource="http://x/f"/></rdf:Description></rdf:RDF>',
    "f.jsonld": '{"@id": "http://x/f", "http://x/knows": {"@id": "http://x/g"}}',
}
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
ENDLESS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . ?t ?u ?v . ?w ?x ?y "
LONG = "".join(f"<http://x/{n}> <http://x/p> <http://x/{n + 1}> .\n" for n in range(200))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("files")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "g.nt.gz").write_bytes(gzip.compress(LONG.encode()))
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def site(files: list[Path]) -> Iterator[str]:
    options = [option for file in files for option in ("--dataset", str(file))]
    with serving(*options, "--writable", "--timeout", "3") as address:
        yield address


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site, timeout=30) as opened:
        yield opened


def count(client: httpx.Client, query: str = COUNT) -> int:
    return int(client.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["n"]["value"])


def test_every_format_is_read_and_quads_keep_their_graph(client: httpx.Client) -> None:
    assert count(client, "SELECT (COUNT(*) AS ?n) { GRAPH <http://x/graph> { ?s ?p ?o } }") == 2
    chain = {"query": "ASK { <http://x/a> <http://x/knows>/<http://x/knows> <http://x/c> }"}
    assert client.get("/sparql", params=chain).json()["boolean"] is True
    assert count(client, "SELECT (COUNT(*) AS ?n) { ?s <http://x/p> ?o }") == 200


def test_a_small_file_is_served_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(FILES["a.ttl"], "utf-8")
    start = time.monotonic()
    with serving("--dataset", str(tmp_path / "a.ttl")) as address:
        assert httpx.get(f"{address}/health").json()["status"] == "ok"
        assert time.monotonic() - start < 3  # 0.3 on a machine of its own


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.ttl", "<a> <b> .", "a.ttl, line 1"),
        ("a.docx", "", "its ending tells no RDF format"),
        ("absent.nt", None, "No such file"),
    ],
)
def test_a_file_that_cannot_be_served_is_named(
    tmp_path: Path, name: str, text: str | None, told: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    command = [sys.executable, "-m", "esskg", "serve", "--port", "0", "--dataset", str(tmp_path / name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_served_for_reading_cannot_be_changed(files: list[Path]) -> None:
    with serving("--dataset", str(files[0])) as address:
        headers = {"Content-Type": "application/sparql-update"}
        assert httpx.post(f"{address}/update", content="CLEAR ALL", headers=headers).status_code == 403
        assert httpx.delete(f"{address}/store", params={"default": ""}).status_code == 403


def test_anyone_on_the_network_may_not_write(files: list[Path]) -> None:
    command = [sys.executable, "-m", "esskg", "serve", "--host", "0.0.0.0", "--writable", "--dataset"]
    done = subprocess.run([*command, str(files[0])], capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, "token" in done.stderr) == (2, True)


def test_a_project_is_not_said_to_be_writable() -> None:
    command = [sys.executable, "-m", "esskg", "serve", "--writable"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, "--dataset" in done.stderr) == (2, True)


def test_a_page_of_another_site_may_not_write(client: httpx.Client) -> None:
    answer = client.post("/update", data={"update": "CLEAR ALL"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert count(client) > 0


def test_a_change_is_seen_by_the_next_query_and_changes_the_tag(client: httpx.Client) -> None:
    first = client.get("/sparql", params={"query": COUNT})
    done = client.post("/update", data={"update": "INSERT DATA { <http://x/new> <http://x/p> 1 }"})
    tagged = {"If-None-Match": first.headers["etag"]}
    after = client.get("/sparql", params={"query": COUNT}, headers=tagged)
    assert (done.status_code, after.status_code) == (204, 200)
    assert after.json() != first.json()
    client.post("/update", data={"update": "DELETE DATA { <http://x/new> <http://x/p> 1 }"})


def test_a_failed_update_changes_nothing(client: httpx.Client) -> None:
    before = count(client)
    update = "INSERT DATA { <http://x/new> <http://x/p> 1 } ; CREATE GRAPH <http://x/graph>"
    assert client.post("/update", data={"update": update}).status_code == 400
    assert count(client) == before


def test_an_update_past_its_deadline_is_not_made_while_others_read(client: httpx.Client) -> None:
    before = count(client)
    with ThreadPoolExecutor(1) as other:
        endless = (
            f"INSERT {{ ?a ?b <http://x/z> }} WHERE {{ {ENDLESS} FILTER(CONCAT(STR(?a), STR(?y)) = 'none') }}"
        )
        pending = other.submit(client.post, "/update", data={"update": endless})
        time.sleep(0.5)
        assert count(client) == before
        assert pending.result().status_code == 504
    assert count(client) == before


def test_an_update_sees_the_graphs_that_its_request_names(client: httpx.Client) -> None:
    update = (
        "DELETE WHERE { ?s <http://x/knows> ?o } ; INSERT { <http://x/s> <http://x/n> ?o } WHERE { ?s ?p ?o }"
    )
    asked = {"update": update, "using-graph-uri": "http://x/graph"}
    assert client.post("/update", data=asked).status_code == 204
    assert count(client, "SELECT (COUNT(*) AS ?n) { <http://x/s> <http://x/n> ?o }") == 2
    asked["update"] = "WITH <http://x/graph> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert client.post("/update", data=asked).status_code == 400
    asked = {"update": "CLEAR ALL", "using-graph-uri": "x> WHERE {} ; CLEAR ALL #"}
    assert client.post("/update", data=asked).status_code == 400


def test_calls_are_refused_and_those_marked_silent_fail_silently(client: httpx.Client) -> None:
    before = count(client)
    load = "LOAD {} <http://127.0.0.1:9/a.ttl> INTO GRAPH <http://x/l>"
    assert client.post("/update", data={"update": load.format("")}).status_code == 400
    assert client.post("/update", data={"update": load.format("SILENT")}).status_code == 204
    service = "ASK { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p '}' } . SERVICE <http://127.0.0.1:9/> {} }"
    assert client.get("/sparql", params={"query": service}).status_code == 403
    service = "SELECT (COUNT(*) AS ?n) { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p { ?o ?p ?q } } }"
    assert count(client, service) == 1
    assert count(client) == before


def test_graphs_are_put_extended_read_and_deleted(client: httpx.Client) -> None:
    graph, turtle = {"graph": "http://x/mine"}, {"Content-Type": "text/turtle"}
    assert client.get("/store", params=graph).status_code == 404
    assert client.put("/store", params=graph, content="<#a> <#b> 1 .", headers=turtle).status_code == 201
    assert client.put("/store", params=graph, content="<#a> <#b> 2 .", headers=turtle).status_code == 204
    assert client.post("/store", params=graph, content="<#a> <#b> 3 .", headers=turtle).status_code == 204
    read = client.get("/store", params=graph, headers={"Accept": "application/n-triples"}).text
    assert sorted(line.split('"')[1] for line in read.splitlines()) == ["2", "3"]
    assert client.put("/store", params=graph, content="<#a> <#b>", headers=turtle).json()["line"] == 1
    assert client.delete("/store", params=graph).status_code == 204
    assert client.delete("/store", params=graph).status_code == 404


@pytest.mark.parametrize(
    ("status", "method", "query", "content_type"),
    [
        (400, "GET", "", ""),
        (400, "GET", "graph=a&default", ""),
        (400, "GET", "graph=not-an-iri", ""),
        (406, "GET", "default", ""),
        (415, "PUT", "graph=http://x/y", "image/png"),
        (400, "PUT", "", "text/turtle"),
        (400, "DELETE", "", ""),
        (405, "PATCH", "default", "text/turtle"),
    ],
)
def test_wrong_requests_for_graphs_are_told(
    client: httpx.Client, status: int, method: str, query: str, content_type: str
) -> None:
    headers = {"Accept": "image/png", "Content-Type": content_type}
    assert client.request(method, f"/store?{query}", headers=headers, content=b"").status_code == status


def test_the_whole_dataset_can_be_put(files: list[Path]) -> None:
    with (
        serving("--dataset", str(files[0]), "--writable") as address,
        httpx.Client(base_url=address) as client,
    ):
        headers = {"Content-Type": "application/n-quads"}
        assert client.put("/store", content=FILES["c.nq"], headers=headers).status_code == 204
        assert count(client) == 1


def test_rdflib_reads_and_writes_it(site: str) -> None:
    store = SPARQLUpdateStore(f"{site}/sparql", f"{site}/update", autocommit=True)
    graph = rdflib.Graph(store, identifier=rdflib.URIRef("http://x/from-rdflib"))
    triple = rdflib.URIRef("http://x/r"), rdflib.RDFS.label, rdflib.Literal("élan", lang="fr")
    graph.add(triple)
    assert [*graph] == [triple]
    graph.remove(triple)
    assert len(graph) == 0


def test_sparqlwrapper_reads_and_writes_it(site: str) -> None:
    writer = SPARQLWrapper(f"{site}/update")
    writer.setMethod(POST)
    writer.setQuery("INSERT DATA { GRAPH <http://x/w> { <http://x/w> <http://x/p> 1 } }")
    assert writer.query().response.status == 204
    reader = SPARQLWrapper(f"{site}/sparql", returnFormat=JSON)
    reader.setQuery("SELECT ?o { GRAPH <http://x/w> { ?s ?p ?o } }")
    assert reader.queryAndConvert()["results"]["bindings"][0]["o"]["value"] == "1"


def test_pandas_reads_it(site: str) -> None:
    answer = httpx.get(
        f"{site}/sparql", params={"query": "SELECT ?s { ?s <http://x/p> ?o }", "format": "csv"}
    )
    assert "http://x/1" in set(pd.read_csv(io.StringIO(answer.text))["s"])


def test_curl_reads_it(site: str) -> None:
    query = "query=SELECT ?n { <http://x/a> <http://x/name> ?n }"
    command = ["curl", "-sS", "-H", "Accept: text/csv", "--data-urlencode", query, f"{site}/sparql"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout
    assert told.split() == ["n", "Été"]


def test_the_end_of_the_server_is_the_end_of_its_processes(files: list[Path]) -> None:
    others = set(psutil.Process().children(recursive=True))
    with serving("--dataset", str(files[0])) as address:
        httpx.get(f"{address}/health").raise_for_status()
        started = set(psutil.Process().children(recursive=True)) - others
        assert len(started) >= 3
    _, left = psutil.wait_procs(started, timeout=5)
    assert not [child for child in left if child.status() != psutil.STATUS_ZOMBIE]
