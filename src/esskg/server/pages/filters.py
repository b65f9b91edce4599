"""What of a network is shown: the rules of the browser, for readers without scripts and for files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from esskg.network.projection import Graph
from esskg.server.site import Visit

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Filters:
    """Each one narrows what is shown; one that is empty lets everything through."""

    types: frozenset[str]
    relations: frozenset[str]
    first: int | None
    last: int | None
    undated: bool
    """Whether links without a date are shown."""
    documents: frozenset[str]
    confidence: float
    countries: frozenset[str]
    words: frozenset[str]
    """Languages (BCP 47) of the sentences."""
    hidden: frozenset[str]
    """Entities."""

    def shows(self, graph: Graph, source: str, target: str, data: dict[str, Any]) -> bool:
        """Whether a link is shown."""
        ends = [graph.nodes[source], graph.nodes[target]]
        return (
            not self.hidden & {source, target}
            and (not self.types or all(end["type"] in self.types for end in ends))
            and (not self.countries or any(end.get("country") in self.countries for end in ends))
            and (not self.relations or data["relation"] in self.relations)
            and (data.get("confidence") is None or data["confidence"] >= self.confidence)
            and self._in_period(years(data.get("date", "")))
            and (not self.documents or bool(self.documents & documents(graph, data)))
            and (not self.words or bool(self.words & languages(data)))
        )

    def _in_period(self, said: tuple[int, int] | None) -> bool:
        if said is None:
            return self.undated
        return (self.last is None or said[0] <= self.last) and (self.first is None or said[1] >= self.first)


def filters_of(visit: Visit) -> Filters:
    """The filters that an address describes."""
    every = visit.request.query_params.getlist
    confidence = visit.asked("min_conf")
    return Filters(
        types=frozenset(every("type")),
        relations=frozenset(every("rel")),
        first=_year(visit.asked("from")),
        last=_year(visit.asked("to")),
        undated=visit.asked("undated") != "0",
        documents=frozenset(every("src")),
        confidence=int(confidence) / 100 if re.fullmatch(r"\d{1,3}", confidence, re.ASCII) else 0.0,
        countries=frozenset(every("country")),
        words=frozenset(every("words")),
        hidden=frozenset(every("hide")),
    )


def _year(text: str) -> int | None:
    found = _YEAR.match(text)
    return int(found[0]) if found else None


def years(date: str) -> tuple[int, int] | None:
    """The first and last year that a date or interval (EDTF) names."""
    found = sorted(map(int, _YEAR.findall(date)))
    return (found[0], found[-1]) if found else None


def documents(graph: Graph, data: dict[str, Any]) -> set[str]:
    """The slugs of the documents that a link is read from."""
    base = f"{graph.graph['base']}/document/"
    return {each.iri.removeprefix(base) for each in data["evidence"] if each.iri.startswith(base)}


def languages(data: dict[str, Any]) -> set[str]:
    """The languages of a link's sentences."""
    return {each.language for each in data["evidence"] if each.language}
