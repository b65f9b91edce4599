"""What search engines read in a page: the thing that it shows, in the words of schema.org (https://schema.org)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from esskg.export.description import LICENCE
from esskg.server.refs import Ref

Structured = dict[str, Any]
TYPES = {"Person": "Person", "Event": "Event", "Place": "Place", "PolicyInstrument": "CreativeWork"}
"""What is no organisation, by its entity type."""


def entity(me: Ref, names: Iterable[str], same: Iterable[str], address: str) -> Structured:
    """An entity with its other names and identifiers."""
    return _thing(
        TYPES.get(me.type, "Organization"),
        me.iri,
        name=me.name,
        alternateName=list(dict.fromkeys(names)),
        sameAs=list(same),
        mainEntityOfPage=address,
    )


def document(me: Ref, metadata: dict[str, str], sources: Iterable[str], about: Iterable[Ref]) -> Structured:
    """A document, where it comes from and whom it names."""
    return _thing(
        "CreativeWork",
        me.iri,
        name=me.name,
        inLanguage=metadata.get("language"),
        datePublished=metadata.get("date"),
        publisher=_named("Organization", metadata.get("publisher")),
        author=_named("Person", metadata.get("creator")),
        license=metadata.get("license"),
        isBasedOn=[source for source in sources if source.startswith("http")],
        mentions=[{"@id": each.iri, "name": each.name} for each in about],
    )


def claim(iri: str, words: str, documents: Iterable[str]) -> Structured:
    """A statement with the documents that make it."""
    return _thing("Claim", iri, text=words, appearance=[{"@id": each} for each in dict.fromkeys(documents)])


def dataset(base: str, title: str, version: str, built: str, files: Iterable[tuple[str, str]]) -> Structured:
    """The whole dataset, with where it can be had; ``files`` are addresses and media types."""
    return _thing(
        "Dataset",
        f"{base}/dataset",
        name=title,
        url=f"{base}/dataset",
        license=LICENCE,
        version=version,
        datePublished=built[:10],
        isAccessibleForFree=True,
        distribution=[
            {"@type": "DataDownload", "contentUrl": address, "encodingFormat": media_type}
            for address, media_type in files
        ],
    )


def _thing(type_: str, iri: str, **properties: Any) -> Structured:
    told = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"@context": "https://schema.org", "@type": type_, "@id": iri, **told}


def _named(type_: str, name: str | None) -> Structured | None:
    return {"@type": type_, "name": name} if name else None
