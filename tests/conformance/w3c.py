"""The W3C's SPARQL 1.1 test suite, read from its manifests: https://github.com/w3c/rdf-tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import rdflib
from rdflib import RDF, RDFS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
DAWG = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")
UNUSED = {"entailment"}
"""Groups about what no SPARQL store has to do."""

rdflib.NORMALIZE_LITERALS = False  # what is expected is compared as it is written


class Case(NamedTuple):
    """A test, and the manifest that describes it."""

    manifest: Graph
    node: Node
    kind: str
    """``QueryEvaluationTest`` and so on."""

    @property
    def name(self) -> str:
        """The end of its IRI."""
        return str(self.node).rsplit("#", 1)[-1]

    def value(self, *path: Node) -> Node | None:
        """Where some properties lead, one after the other."""
        found: Node | None = self.node
        for property_ in path:
            found = self.manifest.value(found, property_) if found is not None else None
        return found

    def dataset(self, start: Node | None, data: Node, graph_data: Node) -> Dataset:
        """The files of the default graph, and those of named graphs."""
        default = sorted(str(file) for file in self.manifest.objects(start, data))
        named = [self._named(each) for each in sorted(self.manifest.objects(start, graph_data))]
        return Dataset(tuple(default), tuple(named))

    def _named(self, node: Node) -> tuple[str, str]:
        if not isinstance(node, BNode):
            return str(node), str(node)
        file = self.manifest.value(node, QT.graph) or self.manifest.value(node, UT.graph)
        return str(self.manifest.value(node, RDFS.label) or file), str(file)


class Dataset(NamedTuple):
    """Files, by IRI, that make a default graph and named graphs."""

    default: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


def suite() -> Path | None:
    """The folder of the SPARQL 1.1 tests below ESSKG_W3C_TESTS."""
    folder = os.environ.get("ESSKG_W3C_TESTS")
    return next(Path(folder).rglob("sparql11/manifest-all.ttl"), None) if folder else None


def groups() -> list[Path]:
    """The manifests of the groups of tests; none where the suite isn't there."""
    top = suite()
    if top is None:
        return []
    return [path for path in included(top) if path.parent.name not in UNUSED]


def included(path: Path) -> Iterator[Path]:
    """The manifests with tests that a manifest leads to."""
    manifest = read(path)
    if (None, MF.entries, None) in manifest:
        yield path
    for head in manifest.objects(None, MF.include):
        for each in Collection(manifest, head):
            yield from included(file_of(str(each)))


def cases(path: Path) -> Iterator[Case]:
    """The tests of a manifest, without those that were taken back."""
    manifest = read(path)
    for head in manifest.objects(None, MF.entries):
        for node in Collection(manifest, head):
            withdrawn = {DAWG.Withdrawn, DAWG.Deprecated} & {*manifest.objects(node, DAWG.approval)}
            kinds = sorted(manifest.objects(node, RDF.type))
            if kinds and not withdrawn:
                yield Case(manifest, node, str(kinds[0]).rsplit("#", 1)[-1])


def read(path: Path) -> Graph:
    """A file as a graph, its relative IRIs those of files."""
    return Graph(bind_namespaces="none").parse(path, publicID=path.as_uri())


def file_of(iri: str) -> Path:
    """The file that an IRI names."""
    return Path(URIRef(iri).removeprefix("file://"))
