"""The SHACL shapes run by an engine over the part of a graph that they look at."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, QueryTriples, RdfFormat
from pyoxigraph import Store as Oxigraph
from rdflib import RDF, SH, Graph

from esskg.graph import ontology
from esskg.graph.store import Store
from esskg.vocab import PREFIXES


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result of SHACL."""

    focus: str
    """The IRI (or blank node) that breaks the shape."""
    shape: str
    """The IRI of the shape that it breaks."""
    severity: str
    """``violation``, ``warning`` or ``info``."""
    messages: tuple[tuple[str, str], ...]
    """(language, words) of the shape, sorted."""
    value: str | None = None
    """The value that is wrong, where it is one value."""


def run(store: Store, files: Sequence[Path]) -> list[Result]:
    """The results of the shapes in some files over a store's default graph, sorted."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nt"
        found = store.query(_looked_at(tuple(files)))
        assert isinstance(found, QueryTriples)
        found.serialize(str(data), RdfFormat.N_TRIPLES)
        return results(_engine(data, files), files)


def _engine(data: Path, files: Sequence[Path]) -> Graph:
    """The validation report of pyshifty or, where it isn't installed, of pySHACL, which is the reference."""
    try:
        import shifty
    except ImportError:
        return by_pyshacl(data, files)
    _, report, _ = shifty.validate(data, list(files), infer=False, graph_mode="data")
    return report


def by_pyshacl(data: Path, files: Sequence[Path]) -> Graph:
    """The validation report of pySHACL: slower, and what every other engine is held against."""
    import pyshacl

    shapes = Graph()
    for file in files:
        shapes.parse(file)
    _, report, _ = pyshacl.validate(Graph().parse(data, format="nt"), shacl_graph=shapes)
    assert isinstance(report, Graph)
    return report


def results(report: Graph, files: Sequence[Path]) -> list[Result]:
    """The results of a SHACL validation report on the shapes in some files, sorted."""
    found = _read(report, _said(tuple(files)))
    return sorted(found, key=lambda result: (result.focus, result.shape, result.value or ""))


def _read(report: Graph, messages: dict[str, tuple[tuple[str, str], ...]]) -> Iterator[Result]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        value, shape = report.value(result, SH.value), str(report.value(result, SH.sourceShape))
        yield Result(
            focus=str(report.value(result, SH.focusNode)),
            shape=shape,
            severity=str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)).lower(),
            messages=messages.get(shape, ()),
            value=None if value is None else str(value),
        )


@lru_cache(maxsize=4)
def _said(files: tuple[Path, ...]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The messages of each shape, read from its file: in a report, pySHACL drops the languages of some."""
    messages: dict[str, list[tuple[str, str]]] = {}
    for triple in ontology.parse_files(files):
        if triple.predicate.value == str(SH.message) and isinstance(triple.object, Literal):
            shape = messages.setdefault(str(triple.subject).strip("<>"), [])
            shape.append((triple.object.language or "", triple.object.value))
    return {shape: tuple(sorted(said)) for shape, said in messages.items()}


# --- what shapes look at ----------------------------------------------------------------------------

_PREDICATES = """
SELECT DISTINCT ?term WHERE {
  ?shape sh:path|sh:inversePath|sh:lessThan|sh:disjoint|sh:targetSubjectsOf ?term FILTER(isIRI(?term))
}
"""
_CLASSES = "SELECT DISTINCT ?term WHERE { ?shape sh:targetClass|sh:class ?term }"


@lru_cache(maxsize=4)
def _looked_at(files: tuple[Path, ...]) -> str:
    """A query for the triples that these shapes can look at; to hand over the others would only cost time."""
    shapes = Oxigraph()
    shapes.extend(
        Quad(triple.subject, triple.predicate, triple.object) for triple in ontology.parse_files(files)
    )
    predicates, classes = _iris(shapes, _PREDICATES), _iris(shapes, _CLASSES)
    return (
        "CONSTRUCT { ?s ?p ?o } WHERE { "
        f"{{ VALUES ?p {{ {predicates} }} ?s ?p ?o }} UNION "
        f"{{ BIND(rdf:type AS ?p) VALUES ?o {{ {classes} }} ?s rdf:type ?o }} }}"
    )


def _iris(shapes: Oxigraph, sparql: str) -> str:
    found = shapes.query(sparql, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return " ".join(sorted(str(row["term"]) for row in found if isinstance(row["term"], NamedNode)))
