"""The ``Link`` header (RFC 8288), and RDF that carries it: where the other forms of a thing are, its
canonical address, what describes it, its licence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from starlette.responses import Response

from esskg.export.description import LICENCE
from esskg.query.formats import GRAPHS
from esskg.server.answers import Answer
from esskg.server.negotiate import Choice
from esskg.server.snapshot import Snapshot


class Link(NamedTuple):
    """Where a link leads, what the target is to the resource (an IANA link relation), its media type."""

    href: str
    relation: str
    media_type: str = ""

    def __str__(self) -> str:
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.href}>; rel="{self.relation}"{kind}'


def header(links: Iterable[Link]) -> str:
    """Links as the value of the header."""
    return ", ".join(map(str, links))


def forms(address: str) -> dict[str, str]:
    """The RDF forms of what is described at an address without ending: media type → address."""
    return {format.media_type: f"{address}.{format.name}" for format in GRAPHS}


def alternates(found: Iterable[tuple[str, str]], relation: str = "alternate") -> Iterator[Link]:
    """Links to the same in other media types."""
    return (Link(href, relation, media_type) for media_type, href in found)


def usual(snapshot: Snapshot, path: str) -> Iterator[Link]:
    """What every page and description has: its address below the base IRI, and the licence."""
    yield Link(snapshot.base + path, "canonical")
    yield Link(LICENCE, "license")


def rdf(snapshot: Snapshot, answer: Answer, choice: Choice, address: str, about: str = "") -> Response:
    """A description, at its address without ending; ``about`` is the address of what it describes."""
    links = [*alternates(forms(address).items()), *usual(snapshot, f"{address}.{choice.format.name}")]
    if about:
        links.append(Link(about, "describes"))
    headers = {"Vary": "Accept", "Link": header(links), "Esskg-Rows": str(answer.rows)}
    if answer.truncated:
        headers["Esskg-Truncated"] = answer.truncated
    return Response(answer.body, headers=headers, media_type=choice.media_type)
