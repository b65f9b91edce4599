"""SPARQL servers on this machine: one as it comes, one whose default graph is the union of all graphs."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from esskg.config import StoreSettings


def serve(*options: str) -> Iterator[StoreSettings]:
    """An Oxigraph server of its own on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("oxigraph")
    command = [str(program), "serve", "--bind", f"127.0.0.1:{port}", *options]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    url = f"http://127.0.0.1:{port}"
    yield StoreSettings(kind="remote", query=f"{url}/query", update=f"{url}/update")
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def endpoint() -> Iterator[StoreSettings]:
    yield from serve()


@pytest.fixture(scope="module")
def union_endpoint() -> Iterator[StoreSettings]:
    yield from serve("--union-default-graph")
