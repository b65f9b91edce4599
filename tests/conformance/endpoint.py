"""A server of ours, as the tests of the suite use it: files are put in, queries and updates sent."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx
from rdflib import Graph
from w3c import Dataset, file_of, read

ALL = "SELECT ?g ?s ?p ?o WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """The address of a server of RDF files with some options, which ends with the context."""
    command = [sys.executable, "-m", "esskg", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        greeting = ""
        while "/sparql" not in greeting and (line := process.stdout.readline()):
            greeting += line
        try:
            yield re.findall(r"(http://\S+)/sparql", greeting)[0]
        finally:
            process.terminate()


class Endpoint:
    """An endpoint that can be written."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, timeout=60)
        self.address = address

    def hold(self, dataset: Dataset) -> None:
        """Hold some files and nothing else."""
        self.update("DROP ALL").raise_for_status()
        for graph, files in _by_graph(dataset).items():
            content = _content(files)
            parameters = {"graph": graph} if graph else {"default": ""}
            headers = {"Content-Type": "application/n-triples"}
            put = self.client.put("/store", params=parameters, content=content, headers=headers)
            put.raise_for_status()

    def query(self, text: str, accept: str) -> httpx.Response:
        """Ask a query."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.client.post("/sparql", content=text.encode(), headers=headers)

    def update(self, text: str) -> httpx.Response:
        """Ask for an update."""
        headers = {"Content-Type": "application/sparql-update"}
        return self.client.post("/update", content=text.encode(), headers=headers)

    def graphs(self) -> dict[str, str]:
        """Each graph that holds something, as N-Triples; the default one has no name."""
        names = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", "text/csv").text.split()[1:]
        graphs = {name: self._graph(graph=name) for name in names}
        return {name: text for name, text in {"": self._graph(default=""), **graphs}.items() if text}

    def _graph(self, **parameters: str) -> str:
        headers = {"Accept": "application/n-triples"}
        return self.client.get("/store", params=parameters, headers=headers).raise_for_status().text


def _by_graph(dataset: Dataset) -> dict[str, list[str]]:
    graphs = defaultdict[str, list[str]](list)
    graphs[""] += dataset.default
    for name, file in dataset.named:
        graphs[name].append(file)
    return graphs


def _content(files: Sequence[str]) -> bytes:
    graph = Graph(bind_namespaces="none")
    for file in files:
        graph += read(file_of(file))
    return graph.serialize(format="nt", encoding="utf-8")
