"""The server as who runs it meets it: builds that are swapped in, processes, numbers, hosts, slow clients."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import httpx
import pytest
import serving
from endpoint import serving as files_served

from esskg.server import patience

FIGURE = {"query": "SELECT ?v { ?f a ess:Figure ; ess:value ?v }", "format": "csv"}
HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "javascript:alert(1)//",
    "{{7*7}}",
)


def publish(root: Path, number: int) -> str:
    """A build whose only figure has a value of its own; the identifier of its version."""
    known = serving.knowledge()
    (figure,) = known.figures
    return serving.publish(
        root, replace(known, figures=(replace(figure, value=float(number)),)), str(number)
    ).id


def test_ten_builds_are_swapped_in_without_a_failed_or_mixed_answer(tmp_path: Path) -> None:
    versions = {publish(tmp_path, 100): 100}
    done = Event()

    def read(site: str) -> list[tuple[int, str, str]]:
        with httpx.Client(base_url=site, timeout=30) as client:
            found = []
            while not done.is_set():
                answer = client.get("/sparql", params=FIGURE)
                found.append((answer.status_code, answer.headers.get("esskg-version", ""), answer.text))
            return found

    with serving.served(tmp_path) as site, ThreadPoolExecutor(4) as many:
        readers = [many.submit(read, site) for _ in range(4)]
        for number in range(101, 111):
            versions[publish(tmp_path, number)] = number
            time.sleep(0.5)
        time.sleep(1.5)
        done.set()
        answers = [answer for reader in readers for answer in reader.result()]
    assert {status for status, _, _ in answers} == {200}
    assert {float(text.split()[1]) == versions[version] for _, version, text in answers} == {True}
    assert len({version for _, version, _ in answers}) > 3


def test_numbers_count_requests_and_hold_nothing_personal(site: str, client: httpx.Client) -> None:
    client.get("/sparql", params={"query": "ASK { ?secret ?p ?o }"})
    told = client.get("/metrics").text
    assert re.search(r'esskg_requests_total\{kind="sparql",status="200"\} [1-9]', told)
    assert "esskg_dataset_info" in told
    assert "secret" not in told
    assert "127.0.0.1" not in told


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize(
    "path",
    [
        "/en/search?q=",
        "/fr/query?query=",
        "/en/graph?around=",
        "/en/entity/",
        "/fr/query?name=",
        "/id/",
        "/nowhere/",
    ],
)
def test_no_page_repeats_what_it_was_sent_as_markup(client: httpx.Client, path: str, payload: str) -> None:
    answer = client.get(path + str(httpx.QueryParams({"x": payload}))[2:], headers={"Accept": "text/html"})
    assert answer.status_code < 500
    assert payload not in answer.text or "<" not in payload
    assert 'href="javascript:' not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/static/../../config.py", "/static/%2e%2e/%2e%2e/config.py", "/static//etc/passwd"]
)
def test_no_file_outside_of_its_folder_is_sent(site: str, path: str) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(site).port or 80), timeout=10) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        assert raw.recv(100).split()[1] == b"404"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "a.nt").write_text("<http://x/a> <http://x/b> <http://x/c> .\n")
    return tmp_path / "a.nt"


def test_a_name_that_is_not_ours_is_refused(file: Path) -> None:
    with files_served("--dataset", str(file), "--name", "data.example.org") as address:
        hosts = ["evil.example", "data.example.org", "localhost:1"]
        answers = [httpx.get(f"{address}/health", headers={"Host": host}) for host in hosts]
        assert [answer.status_code for answer in answers] == [400, 200, 200]


def test_behind_a_proxy_addresses_are_those_that_clients_see(file: Path) -> None:
    options = "--dataset", str(file), "--prefix", "/graph", "--name", "data.example.org"
    with files_served(*options) as address:
        headers = {"Host": "data.example.org", "X-Forwarded-Proto": "https", "Accept": "text/turtle"}
        assert (
            "<https://data.example.org/graph/sparql>" in httpx.get(f"{address}/sparql", headers=headers).text
        )


@contextmanager
def started(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and its address."""
    command = [sys.executable, "-m", "esskg", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        greeting = process.stdout.readline() + process.stdout.readline()
        try:
            yield process, re.findall(r"(http://\S+)/sparql", greeting)[0]
        finally:
            process.terminate()


def test_several_processes_share_a_dataset_and_end_together(file: Path) -> None:
    with started("--workers", "2", "--writable", "--dataset", str(file)) as (process, address):
        added = "INSERT DATA { <http://x/new> <http://x/b> 1 }"
        assert httpx.post(f"{address}/update", data={"update": added}).status_code == 204
        query = {"query": "ASK { <http://x/new> ?p ?o }"}
        assert {httpx.get(f"{address}/sparql", params=query).json()["boolean"] for _ in range(20)} == {True}
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        with pytest.raises(httpx.ConnectError):
            httpx.get(address)


def test_an_answer_under_way_is_finished_before_the_end(file: Path) -> None:
    file.write_text("".join(f"<http://x/{n}> <http://x/p> <http://x/y> .\n" for n in range(300)))
    query = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) != STR(?i)) }"}
    with (
        ThreadPoolExecutor(1) as other,
        started("--timeout", "2", "--dataset", str(file)) as (process, address),
    ):
        httpx.get(f"{address}/health")
        pending = other.submit(httpx.post, f"{address}/sparql", data=query, timeout=20)
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        assert pending.result().status_code in {200, 504}


def test_slow_clients_are_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEADERS", 0.5)
    monkeypatch.setattr(patience, "BODY", 0.5)
    publish(tmp_path, 1)
    slow_header = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
    form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nquery="
    slow_body = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n" + form
    with serving.served(tmp_path) as site:
        assert told(site, slow_header) == b""
        assert told(site, b"") == b""
        assert told(site, slow_body).startswith(b"HTTP/1.1 408")
        assert told(site, b"GET /" + b"x" * 100_000).startswith(b"HTTP/1.1 400")


def told(site: str, sent: bytes) -> bytes:
    """What a client is told that sends something, and then nothing."""
    with socket.create_connection(("127.0.0.1", urlsplit(site).port or 80), timeout=10) as raw:
        raw.sendall(sent)
        return raw.recv(1000)
