"""What the dataset is, in terms that catalogues and crawlers know: DCAT 3 and VoID.

DCAT 3: https://www.w3.org/TR/vocab-dcat-3/ · VoID: https://www.w3.org/TR/void/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from esskg.export.registry import FORMATS, Format
from esskg.graph.history import Entry
from esskg.graph.store import Store
from esskg.vocab import ESS, PREFIXES

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = {
    "fr": "Les phrases citées restent sous la licence de leurs documents.",
    "en": "Quoted sentences remain under the licence of their documents.",
}
EXAMPLES = 3
_MEDIA = "https://www.iana.org/assignments/media-types/"
_SPDX = "http://spdx.org/rdf/terms#"
_LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"
_UNREGISTERED = frozenset({"graphml", "gexf"})
"""Formats whose media types the IANA doesn't know."""
_VOCABULARIES = ("ess", "skos", "dcterms", "prov", "oa")

_CLASSES = "SELECT ?term (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?term } GROUP BY ?term ORDER BY STR(?term)"
_PROPERTIES = "SELECT ?term (COUNT(*) AS ?n) WHERE { ?s ?term ?o } GROUP BY ?term ORDER BY STR(?term)"
_LICENCES = """SELECT (STR(?given) AS ?licence) (COUNT(?document) AS ?n) WHERE {
  ?document a ess:Document OPTIONAL { ?document dcterms:license ?stated }
  BIND(COALESCE(?stated, "") AS ?given)
} GROUP BY ?given ORDER BY ?given"""
_ENTITIES = """SELECT ?entity (COUNT(?document) AS ?n) WHERE { ?entity ess:mentionedIn ?document }
GROUP BY ?entity ORDER BY DESC(?n) STR(?entity)"""


class File(NamedTuple):
    """How large a file is, in bytes, and its SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class About:
    """What a description says that the graph doesn't know."""

    title: str
    version: str
    languages: tuple[str, ...] = ("fr", "en")
    licence: str = LICENCE
    issued: str | None = None
    """The day of publication, ISO 8601."""
    endpoint: str | None = None
    """The IRI of a SPARQL endpoint."""
    downloads: Mapping[str, str] = field(default_factory=dict)
    """Where exports can be had: name of the format → IRI."""


def write_description(store: Store, about: About, output: IO[bytes]) -> None:
    """The description as Turtle."""
    serialize(description(store, about), output, RdfFormat.TURTLE, prefixes=PREFIXES)


def description(store: Store, about: About) -> Iterator[Triple]:
    """A dataset ``{base}/dataset`` in a catalogue ``{base}/catalogue``, with its counts and distributions."""
    dataset, catalogue = NamedNode(f"{store.base}/dataset"), NamedNode(f"{store.base}/catalogue")
    yield from _say(catalogue, "rdf:type", _iri("dcat:Catalog"))
    yield from _say(catalogue, "dcterms:title", Literal(about.title))
    yield from _say(catalogue, "dcat:dataset", dataset)
    yield from _general(dataset, store, about)
    yield from _counts(dataset, store)
    yield from _licences(dataset, store)
    for name, address in sorted(about.downloads.items()):
        yield from _distribution(dataset, FORMATS[name], address, about)


def _general(dataset: NamedNode, store: Store, about: About) -> Iterator[Triple]:
    languages = (NamedNode(_LANGUAGES + language) for language in about.languages)
    yield from _say(dataset, "rdf:type", _iri("dcat:Dataset"), _iri("void:Dataset"))
    yield from _say(dataset, "dcterms:title", Literal(about.title))
    yield from _say(dataset, "dcterms:license", NamedNode(about.licence))
    yield from _say(dataset, "dcterms:rights", *(Literal(text, language=tag) for tag, text in RIGHTS.items()))
    yield from _say(dataset, "dcterms:language", *languages)
    yield from _say(dataset, "dcterms:conformsTo", NamedNode(ESS.rstrip("#")))
    yield from _say(dataset, "dcat:version", Literal(about.version))
    yield from _say(dataset, "void:uriSpace", Literal(f"{store.base}/id/"))
    yield from _say(dataset, "void:vocabulary", *(NamedNode(PREFIXES[prefix]) for prefix in _VOCABULARIES))
    if about.issued:
        yield from _say(dataset, "dcterms:issued", Literal(about.issued, datatype=_iri("xsd:date")))
    if about.endpoint:
        yield from _say(dataset, "void:sparqlEndpoint", NamedNode(about.endpoint))


def _counts(dataset: NamedNode, store: Store) -> Iterator[Triple]:
    """Triples, entities, examples, and a part for each class and property, all of the default graph."""
    properties, classes = _tally(store, _PROPERTIES), _tally(store, _CLASSES)
    entities = _tally(store, _ENTITIES)
    yield from _say(dataset, "void:triples", _number(sum(properties.values())))
    yield from _say(dataset, "void:entities", _number(len(entities)))
    yield from _say(dataset, "void:classes", _number(len(classes)))
    yield from _say(dataset, "void:properties", _number(len(properties)))
    yield from _say(dataset, "void:exampleResource", *map(NamedNode, list(entities)[:EXAMPLES]))
    yield from _parts(dataset, "class", "entities", classes)
    yield from _parts(dataset, "property", "triples", properties)


def _licences(dataset: NamedNode, store: Store) -> Iterator[Triple]:
    """A part for each licence of documents, under which the words quoted from these stay."""
    for number, (licence, count) in enumerate(_tally(store, _LICENCES).items(), start=1):
        part = NamedNode(f"{dataset.value}#licence-{number}")
        yield from _say(dataset, "void:subset", part)
        yield from _say(part, "rdf:type", _iri("void:Dataset"))
        yield from _say(part, "void:documents", _number(count))
        if licence.startswith(("http://", "https://")):
            yield from _say(part, "dcterms:license", NamedNode(licence))
        else:
            yield from _say(part, "dcterms:rights", Literal(licence or "no licence stated"))


def canonical_hash(base: str, nquads: File) -> Iterator[Triple]:
    """The size and the hash of the canonical N-Quads; by RDFC-1.0 this hash is that of the dataset."""
    dataset, file = NamedNode(f"{base}/dataset"), NamedNode(f"{base}/dataset#nquads")
    size = Literal(str(nquads.size), datatype=_iri("xsd:nonNegativeInteger"))
    yield from _checksum(dataset, "rdfc-1.0", nquads.sha256)
    yield from _checksum(file, "nquads-sha256", nquads.sha256)
    yield from _say(file, "dcat:byteSize", size)


def _checksum(node: NamedNode, name: str, sha256: str) -> Iterator[Triple]:
    checksum = NamedNode(f"{node.value.partition('#')[0]}#{name}")
    value = Literal(sha256, datatype=_iri("xsd:hexBinary"))
    yield from _say(node, "spdx:checksum", checksum)
    yield from _say(checksum, "rdf:type", _iri("spdx:Checksum"))
    yield from _say(checksum, "spdx:algorithm", _iri("spdx:checksumAlgorithm_sha256"))
    yield from _say(checksum, "spdx:checksumValue", value)


def version_description(base: str, entry: Entry, before: Entry | None) -> Iterator[Triple]:
    """A version of the dataset: its date, its id, and the one before it."""
    version = NamedNode(f"{base}/version/{entry.name}")
    yield from _say(version, "rdf:type", _iri("dcat:Dataset"))
    yield from _say(version, "dcat:isVersionOf", NamedNode(f"{base}/dataset"))
    yield from _say(version, "dcat:version", Literal(entry.id))
    yield from _say(version, "dcterms:issued", Literal(entry.built, datatype=_iri("xsd:dateTime")))
    yield from _say(version, "dcterms:license", NamedNode(LICENCE))
    if before:
        yield from _say(version, "dcat:previousVersion", NamedNode(f"{base}/version/{before.name}"))
    for kind, counts in entry.changed.items():
        told = ", ".join(f"{count} {how}" for how, count in counts.items())
        yield from _say(version, "dcterms:description", Literal(f"{kind}: {told}", language="en"))


def _parts(dataset: NamedNode, kind: str, counted: str, tally: dict[str, int]) -> Iterator[Triple]:
    for number, (term, size) in enumerate(tally.items(), start=1):
        part = NamedNode(f"{dataset.value}#{kind}-{number}")
        yield from _say(dataset, f"void:{kind}Partition", part)
        yield from _say(part, f"void:{kind}", NamedNode(term))
        yield from _say(part, f"void:{counted}", _number(size))


def _distribution(dataset: NamedNode, format: Format, address: str, about: About) -> Iterator[Triple]:
    node, download = NamedNode(f"{dataset.value}#{format.name}"), NamedNode(address)
    yield from _say(dataset, "dcat:distribution", node)
    yield from _say(node, "rdf:type", _iri("dcat:Distribution"))
    yield from _say(node, "dcterms:title", Literal(f"{about.title} ({format.name})"))
    yield from _say(node, "dcterms:license", NamedNode(about.licence))
    yield from _say(node, "dcat:downloadURL", download)
    yield from _say(node, "dcat:accessURL", download)
    if format.name in _UNREGISTERED:
        yield from _say(node, "dcterms:format", Literal(format.media_type))
    else:
        yield from _say(node, "dcat:mediaType", NamedNode(_MEDIA + format.media_type))
    if RdfFormat.from_media_type(format.media_type):
        yield from _say(dataset, "void:dataDump", download)


def _tally(store: Store, query: str) -> dict[str, int]:
    """The results of a query by their first column, in their order."""
    solutions: Any = store.query(query)
    return {row[0].value: int(row[1].value) for row in solutions}


def _say(subject: NamedNode, property_: str, *objects: NamedNode | Literal) -> Iterator[Triple]:
    return (Triple(subject, _iri(property_), each) for each in objects)


def _iri(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode((_SPDX if prefix == "spdx" else PREFIXES[prefix]) + local)


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=_iri("xsd:integer"))
