"""The ontology as it stands in its folder: which files it is made of and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Triple, parse

from esskg import shipped
from esskg.vocab import ESS, PREFIXES

HEADER = "esskg.ttl"


def shipped_ontology() -> Path:
    """The folder of the ontology that travels with the program."""
    return shipped.folder("ontology")


def terms_files(folder: Path) -> tuple[Path, ...]:
    """The files that make the ontology: header, modules, vocabularies; not shapes, rules or examples."""
    return folder / HEADER, *sorted(folder.glob("modules/*.ttl")), *sorted(folder.glob("vocabularies/*.ttl"))


def shapes_files(folder: Path) -> tuple[Path, ...]:
    """The files of SHACL shapes."""
    return tuple(sorted(folder.glob("shapes/*.ttl")))


def parse_files(files: Iterable[Path]) -> Iterator[Triple]:
    """The triples of Turtle files, one file after the other.

    Raises SyntaxError, naming the place, for a file that isn't Turtle.
    """
    for file in files:
        for quad in parse(path=str(file), format=RdfFormat.TURTLE, rename_blank_nodes=True):
            yield quad.triple


@lru_cache(maxsize=2)
def triples(folder: Path) -> tuple[Triple, ...]:
    """What the ontology and its vocabularies say, in a fixed order, blank nodes named by their content."""
    dataset = Dataset(Quad(*triple) for triple in parse_files(terms_files(folder)))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted((quad.triple for quad in dataset), key=str))


_TYPE = PREFIXES["rdf"] + "type"
_LABELS = frozenset({PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel"})


def labels(folder: Path) -> Iterator[Triple]:
    """The labels of the ontology's terms and concepts, which stand in the default graph too."""
    return (triple for triple in triples(folder) if triple.predicate.value in _LABELS)


def names(folder: Path) -> frozenset[str]:
    """The local names of the terms that the ontology declares: classes and properties."""
    typed = (triple.subject for triple in triples(folder) if triple.predicate.value == _TYPE)
    return frozenset(
        subject.value.removeprefix(ESS)
        for subject in typed
        if isinstance(subject, NamedNode) and subject.value.startswith(ESS)
    )
