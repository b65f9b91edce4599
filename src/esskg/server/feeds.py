"""Feeds of what changed, of everything and of one entity: Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from esskg.export.flat import clean
from esskg.graph.changes import Changes, StatementChange
from esskg.graph.history import Entry, History
from esskg.server.i18n import Messages, messages
from esskg.server.missing import missing
from esskg.server.snapshot import Service, Snapshot
from esskg.vocab import ess

MEDIA_TYPE = "application/atom+xml"
NEWEST = 50
"""Versions that a feed tells of at most."""
TOLD = 100
"""Changes that an entry tells of at most."""
_ATOM = "http://www.w3.org/2005/Atom"


def overall(request: Request) -> Response:
    """What changed with each version."""
    snapshot, words, history = _at(request)
    entries = history.entries()[:NEWEST]
    feed = _Feed(request, snapshot, words, _title(snapshot, words), entries)
    for entry in entries:
        summary = words("version.summary", **flat(entry.changed)) if entry.changed else words("version.first")
        feed.add(entry, [summary])
    return feed.sent()


def of_entity(request: Request) -> Response:
    """What changed about one entity, with the versions in which something did."""
    snapshot, words, history = _at(request)
    slug = request.path_params["slug"]
    known = snapshot.project.index.known(slug)
    if known is None:
        raise missing(snapshot, "id", slug)
    told = ((entry, history.changes(entry).about(known)) for entry in history.entries())
    changed = list(islice(((entry, found) for entry, found in told if found != Changes()), NEWEST))
    title = snapshot.project.index.labels([known])[known]
    feed = _Feed(request, snapshot, words, title, [entry for entry, _ in changed])
    for entry, found in changed:
        feed.add(entry, sentences(snapshot, found, words), f"#{known}")
    return feed.sent()


def _at(request: Request) -> tuple[Snapshot, Messages, History]:
    service: Service = request.app.state.service
    return service.current(), messages(request.path_params["language"]), service.history


def _title(snapshot: Snapshot, words: Messages) -> str:
    return snapshot.project.settings.title_in(words.language)


def flat(changed: dict[str, dict[str, int]]) -> dict[str, int]:
    """Counts of changes as the fields of a message: ``entities_added`` …"""
    return {f"{kind}_{how}": count for kind, counts in changed.items() for how, count in counts.items()}


def sentences(snapshot: Snapshot, changes: Changes, words: Messages) -> Iterator[str]:
    """Changes in words, the sentences of documents quoted."""
    for each in islice(changes.entities, TOLD):
        yield words(f"version.{each.how}", what=" ".join((each.name, *each.details)))
    for said in islice(changes.statements, TOLD):
        quoted = " ".join(f"“{sentence.words}” ({sentence.document})" for sentence in said.sentences)
        yield f"{words(f'version.{said.how}', what=_in_words(snapshot, said, words))} {quoted}".rstrip()


def _in_words(snapshot: Snapshot, said: StatementChange, words: Messages) -> str:
    label = snapshot.terms.label(ess(said.relation), words.language).text
    return f"{said.subject_name} – {label} – {said.object_name}"


# --- XML ----------------------------------------------------------------------------------------------


class _Feed:
    """A feed, of a title and with the date of its newest entry."""

    def __init__(
        self, request: Request, snapshot: Snapshot, words: Messages, title: str, entries: list[Entry]
    ) -> None:
        self._base, self._words = snapshot.base, words
        self._root = Element("feed", {"xmlns": _ATOM, "xml:lang": words.language})
        address = snapshot.base + request.url.path
        updated = max((entry.built for entry in entries), default=snapshot.version.manifest.built)
        named = words("version.feed", title=title)
        _say(self._root, id=address, title=named, updated=updated)
        _say(SubElement(self._root, "author"), name=_title(snapshot, words))
        SubElement(self._root, "link", {"rel": "self", "href": address, "type": MEDIA_TYPE})

    def add(self, entry: Entry, lines: Iterable[str], part: str = "") -> None:
        """What changed with a version, a line for each change; ``part`` is the place in its page."""
        found, words = SubElement(self._root, "entry"), self._words
        title = words("version.of", moment=words.moment(entry.built))
        _say(found, id=f"{self._base}/version/{entry.name}{part}", title=title, updated=entry.built)
        address = f"{self._base}/{words.language}/version/{entry.name}{part}"
        SubElement(found, "link", {"href": address})
        SubElement(found, "content", {"type": "text"}).text = clean("\n".join(lines))

    def sent(self) -> Response:
        """The feed as it is sent."""
        return Response(tostring(self._root, "utf-8", xml_declaration=True), media_type=MEDIA_TYPE)


def _say(element: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(element, name).text = clean(text)


def routes() -> list[BaseRoute]:
    """The routes of the feeds."""
    return [
        Route("/{language:language}/feed.atom", overall),
        Route("/{language:language}/entity/{slug:name}.atom", of_entity),
    ]
