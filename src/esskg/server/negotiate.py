"""Which representation to send: the choice by ``Accept`` (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from starlette.datastructures import Headers

from esskg.query.formats import GRAPHS, TABLES, Format, find

HTML = Format("html", ("text/html", "application/xhtml+xml"))


class Choice(NamedTuple):
    """The chosen format, and the media type under which the client asked for it."""

    format: Format
    media_type: str


def named(name: str, formats: Iterable[Format]) -> Choice | None:
    """The format of that name, or of that media type, among some."""
    found = find(name, formats)
    return Choice(found, found.media_type) if found else None


def best(accept: str | None, formats: Sequence[Format]) -> Choice | None:
    """The format that a client likes most; among equals the first offered. None where it accepts none."""
    ranges = list(_ranges(accept or "*/*"))
    offers = [Choice(format, media) for format in formats for media in format.media_types]
    ranked = [(_quality(offer.media_type, ranges), offer) for offer in offers]
    quality, offer = max(ranked, key=lambda item: item[0], default=(0.0, None))
    return offer if quality > 0 else None


def languages(header: str | None) -> list[str]:
    """The primary language subtags of an ``Accept-Language`` header, best first."""
    ranked = sorted(_ranges(header or ""), key=lambda item: -item[1])
    return [tag.split("-")[0] for tag, quality in ranked if quality > 0]


def wants_html(headers: Headers) -> bool:
    """Whether a client is a browser: it names HTML, and likes nothing of ours more."""
    accept = headers.get("accept", "")
    choice = best(accept, (HTML, *GRAPHS, *TABLES))
    return "html" in accept and choice is not None and choice.format is HTML


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        value, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            quality = min(max(float(weight), 0.0), 1.0)
        except ValueError:
            continue
        if value:
            yield value, quality


def _quality(media_type: str, ranges: Iterable[tuple[str, float]]) -> float:
    """The weight that the most specific range that covers a media type gives it."""
    main = media_type.partition("/")[0]
    specificity = {media_type: 3, f"{main}/*": 2, "*/*": 1, "*": 1}
    matching = [(specificity[value], quality) for value, quality in ranges if value in specificity]
    return max(matching, default=(0, 0.0))[1]
