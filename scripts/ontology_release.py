"""Writes the ontology as it is published: one file for each format, pages in French and English, checksums.

`make ontology` runs it. The same ontology gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
from ontology_pages import page
from pyoxigraph import RdfFormat
from rdflib import OWL, RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from esskg import shipped
from esskg.graph import context, ontology
from esskg.vocab import ESS, PREFIXES

FOLDER = shipped.folder("ontology")
ONTOLOGY = URIRef(ESS.removesuffix("#"))
DIST = Path(__file__).parents[1] / "dist" / "ontology"
USED = {
    **{
        name: PREFIXES[name]
        for name in ("ess", "rdf", "rdfs", "owl", "xsd", "skos", "dcterms", "foaf", "org", "oa", "sh")
    },
    "esh": "https://w3id.org/esskg/shape#",
    "vann": "http://purl.org/vocab/vann/",
}


def main() -> None:
    """Write the release to the folder given, else to ``dist/ontology/{version}``."""
    terms = merged()
    version = str(terms.value(ONTOLOGY, OWL.versionInfo))
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DIST / version
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files(terms):
        (folder / name).write_bytes(content)
    print(f"{folder}: {', '.join(sorted(path.name for path in folder.iterdir()))}")


def files(terms: Graph) -> Iterator[tuple[str, bytes]]:
    """Each file of the release by its name; the checksums last."""
    sums = []
    for name, content in _contents(terms):
        sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        yield name, content
    yield "SHA256SUMS", "".join(sums).encode()


def _contents(terms: Graph) -> Iterator[tuple[str, bytes]]:
    served = context.document()
    yield "context.jsonld", _json(served)
    yield (
        "esskg.jsonld",
        _json(_in_order(json.loads(terms.serialize(format="json-ld", context=served["@context"])))),
    )
    yield "esskg.rdf", _rdf_xml(terms)
    yield "esskg.ttl", terms.serialize(format="turtle").encode()
    yield "index.html", page(terms, FOLDER, "en").encode()
    yield "index.fr.html", page(terms, FOLDER, "fr").encode()
    yield "shapes.ttl", canonical(ontology.shapes_files(FOLDER)).serialize(format="turtle").encode()


def merged() -> Graph:
    """Header, modules and vocabularies as one ontology, without the headers of the modules."""
    graph = canonical(ontology.terms_files(FOLDER))
    graph.remove((ONTOLOGY, OWL.imports, None))
    for header in [each for each in graph.subjects(RDF.type, OWL.Ontology) if each != ONTOLOGY]:
        graph.remove((header, None, None))
    return graph


def canonical(paths: tuple[Path, ...]) -> Graph:
    """Files of Turtle as one graph whose blank nodes are named by their content."""
    dataset = pyoxigraph.Dataset(pyoxigraph.Quad(*triple) for triple in ontology.parse_files(paths))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    graph = Graph(bind_namespaces="none")
    for prefix, iri in USED.items():
        graph.bind(prefix, iri)
    for quad in sorted(dataset, key=str):
        graph.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    return graph


def _node(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal) -> Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    datatype = (
        None if term.language or term.datatype.value == str(XSD.string) else URIRef(term.datatype.value)
    )
    return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)


def _rdf_xml(terms: Graph) -> bytes:
    lines = sorted(line for line in terms.serialize(format="nt", encoding="utf-8").splitlines() if line)
    triples = pyoxigraph.parse(b"\n".join(lines), RdfFormat.N_TRIPLES)
    content = pyoxigraph.serialize((quad.triple for quad in triples), format=RdfFormat.RDF_XML, prefixes=USED)
    assert content is not None
    return content


def _in_order(content: Any, *, as_given: bool = False) -> Any:
    """JSON-LD with its sets sorted; a list stays in the order in which it means something."""
    if isinstance(content, dict):
        return {key: _in_order(value, as_given=key == "@list") for key, value in content.items()}
    if isinstance(content, list):
        values = [_in_order(value) for value in content]
        return values if as_given else sorted(values, key=lambda value: json.dumps(value, sort_keys=True))
    return content


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


if __name__ == "__main__":
    main()
