"""What was missed and what was invented, each with its cause; the causes add up to what the scores count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from esskg.extract.annotated import Annotated
from esskg.extract.jsonl import LISTED
from esskg.extract.scoring import Comparison, Key, overlap, relation_keys
from esskg.model import DATED_RELATIONS, Extraction, Modality, RelationType, Span

Json = Any
Way = Literal["missed", "invented"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference between an annotation and what was read."""

    kind: str
    """mention, type, entity, relation, statistic or quote."""
    way: Way
    cause: str
    document: str
    span: Span
    what: str
    """What it is about, in words."""


def faults(annotated: Annotated, comparison: Comparison, extraction: Extraction) -> Iterator[Fault]:
    """The faults of one document: mentions, types, entities, relations, statistics, quotes."""
    search = _Search(annotated, comparison, extraction)
    yield from search.mentions()
    yield from search.types()
    yield from search.entities()
    yield from search.relations()
    yield from search.statistics()
    yield from search.quotes()


def grouped(found: Iterable[Fault]) -> list[tuple[tuple[str, Way, str], list[Fault]]]:
    """Faults by kind, way and cause, the most frequent first."""
    groups: dict[tuple[str, Way, str], list[Fault]] = defaultdict(list)
    for fault in found:
        groups[fault.kind, fault.way, fault.cause].append(fault)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


class _Search:
    """Goes through one document."""

    def __init__(self, annotated: Annotated, comparison: Comparison, extraction: Extraction) -> None:
        self._annotated, self._comparison, self._extraction = annotated, comparison, extraction
        self._gold, self._predicted = comparison.gold, comparison.predicted
        self._spans = {"gold": _spans(self._gold), "predicted": _spans(self._predicted)}
        self._entities = {
            side: {entity["id"]: entity for entity in document["entities"]}
            for side, document in (("gold", self._gold), ("predicted", self._predicted))
        }

    def _fault(self, kind: str, way: Way, cause: str, span: Iterable[int], what: str = "") -> Fault:
        start, end = span
        text = self._annotated.document.text[start:end]
        return Fault(kind, way, cause, self._annotated.name, (start, end), what or " ".join(text.split()))

    # --- mentions, types, entities ------------------------------------------------------------------

    def mentions(self) -> Iterator[Fault]:
        """Spans that only one side has."""
        wanted, found = Counter(self._spans["gold"]), Counter(self._spans["predicted"])
        for span in (wanted - found).elements():
            cause = "wrong boundary" if _touches(span, self._spans["predicted"]) else "not found"
            yield self._fault("mention", "missed", cause, span)
        for span in (found - wanted).elements():
            cause = "wrong boundary" if _touches(span, self._spans["gold"]) else "no mention"
            yield self._fault("mention", "invented", cause, span)

    def types(self) -> Iterator[Fault]:
        """Mentions that are right but for the type of their entity."""
        found = dict(_typed(self._predicted))
        for span, type_ in _typed(self._gold):
            if found.get(span, type_) != type_:
                yield self._fault("type", "missed", f"{type_} read as {found[span]}", span)

    def entities(self) -> Iterator[Fault]:
        """Entities without a partner of their type."""
        pairs = self._comparison.strict
        found, wanted = set(pairs), set(pairs.values())
        yield from self._lonely("missed", "gold", "predicted", wanted, ("merged with another", "not found"))
        yield from self._lonely("invented", "predicted", "gold", found, ("split cluster", "no entity"))

    def _lonely(
        self, way: Way, side: str, other: str, paired: set[str], causes: tuple[str, str]
    ) -> Iterator[Fault]:
        others = set(self._spans[other])
        for entity in self._entities[side].values():
            if entity["id"] not in paired:
                spans = [tuple(span) for span in entity["mentions"]]
                cause = self._lonely_cause(entity, spans, others, side, causes)
                yield self._fault("entity", way, cause, spans[0], f"{entity['type']} {entity['name']}")

    def _lonely_cause(
        self, entity: Json, spans: list[Span], others: set[Span], side: str, causes: tuple[str, str]
    ) -> str:
        partner = self._partner(entity["id"], side)
        if partner is not None and partner["type"] != entity["type"]:
            return "wrong type"
        if others.intersection(spans):
            return causes[0]
        return "wrong boundary" if any(_touches(span, others) for span in spans) else causes[1]

    def _partner(self, key: str, side: str) -> Json | None:
        loose = self._comparison.loose
        if side == "predicted":
            return self._entities["gold"].get(loose.get(key, ""))
        return next((self._entities["predicted"][p] for p, g in loose.items() if g == key), None)

    # --- relations ----------------------------------------------------------------------------------

    def relations(self) -> Iterator[Fault]:
        """Relations that only one side states."""
        wanted = relation_keys(self._gold.get("relations", ()))
        found = relation_keys(self._predicted.get("relations", ()), self._comparison.strict)
        held = self._held_back()
        pairs, loose = self._comparison.strict, self._comparison.loose
        for key in wanted.keys() - found.keys():
            cause = (
                _end_cause(wanted[key], set(pairs.values()), set(loose.values()), "end not found")
                or held.get(key)
                or _near_cause(key, found)
                or "no rule fired"
            )
            yield self._relation("missed", cause, wanted[key], "gold")
        for key in found.keys() - wanted.keys():
            relation = found[key]
            cause = (
                _end_cause(relation, set(pairs), set(loose), "end is no entity")
                or _near_cause(key, wanted)
                or "not stated"
            )
            yield self._relation("invented", cause, relation, "predicted")

    def _held_back(self) -> dict[Key, str]:
        """The relations that were read but not listed, with what held them back."""
        causes = {}
        for reading in self._extraction.statements:
            holds = reading.modality is Modality.HOLDS
            if reading.state not in LISTED or not holds:
                plain = {name: getattr(reading, name) for name in ("type", "subject", "object", "date")}
                (key,) = relation_keys([plain], self._comparison.strict)
                causes[key] = "below threshold" if holds else f"taken for {reading.modality}"
        return causes

    def _relation(self, way: Way, cause: str, relation: Json, side: str) -> Fault:
        names = self._entities[side]
        ends = [names[relation[end]]["name"] for end in ("subject", "object") if relation.get(end) in names]
        rule = f" [{relation['rule']} {relation['confidence']}]" if "rule" in relation else ""
        value = relation.get("date") if relation["type"] in DATED_RELATIONS else None
        what = f"{relation['type']}: {' → '.join([*ends, *([value] if value else [])])}{rule}"
        return self._fault("relation", way, cause, relation["evidence"], what)

    # --- figures and quotes -------------------------------------------------------------------------

    def statistics(self) -> Iterator[Fault]:
        """Figures that only one side has."""
        held = [figure.evidence for figure in self._extraction.figures if figure.state not in LISTED]
        pairs = self._comparison.figures
        for figure in _unpaired(self._gold, "statistics", (gold for _, gold in pairs)):
            cause = _figure_cause(figure, self._predicted)
            if cause is None:
                cause = "below threshold" if _touches(figure["evidence"], held) else "not found"
            yield self._figure("missed", cause, figure)
        for figure in _unpaired(self._predicted, "statistics", (found for found, _ in pairs)):
            yield self._figure("invented", _figure_cause(figure, self._gold) or "not annotated", figure)

    def _figure(self, way: Way, cause: str, figure: Json) -> Fault:
        what = f"{figure['value']:,.10g} {figure['unit']}: {figure.get('indicator', '')}"
        return self._fault("statistic", way, cause, figure["evidence"], what)

    def quotes(self) -> Iterator[Fault]:
        """Quotations that only one side has."""
        pairs = self._comparison.quotes
        for quote in _unpaired(self._gold, "quotes", (gold for _, gold in pairs)):
            yield self._quote("missed", _quote_cause(quote, self._predicted) or "not found", quote)
        for quote in _unpaired(self._predicted, "quotes", (found for found, _ in pairs)):
            yield self._quote("invented", _quote_cause(quote, self._gold) or "not annotated", quote)

    def _quote(self, way: Way, cause: str, quote: Json) -> Fault:
        return self._fault("quote", way, cause, quote["evidence"])


def _spans(document: Json) -> list[Span]:
    return [tuple(span) for entity in document["entities"] for span in entity["mentions"]]


def _typed(document: Json) -> Iterator[tuple[Span, str]]:
    return ((tuple(span), str(e["type"])) for e in document["entities"] for span in e["mentions"])


def _touches(span: Iterable[int], others: Iterable[Iterable[int]]) -> bool:
    wanted = list(span)
    return any(overlap(wanted, list(other)) > 0 for other in others)


def _end_cause(relation: Json, paired: set[str], loosely: set[str], missing: str) -> str | None:
    ends = [relation["subject"]]
    if relation["type"] not in DATED_RELATIONS:
        ends.append(relation.get("object"))
    if any(end not in loosely and end not in paired for end in ends):
        return missing
    return "end of another type" if any(end not in paired for end in ends) else None


def _near_cause(key: Key, others: Iterable[Key]) -> str | None:
    """What a relation was read as instead, or is annotated as."""
    type_, subject, value = key
    keys = set(others)
    if type_ in DATED_RELATIONS:
        return "wrong date" if any(other[:2] == key[:2] for other in keys) else None
    if (type_, value, subject) in keys:
        return "wrong direction"
    ends = {subject, value}
    named = sorted(str(other[0]) for other in keys if {other[1], other[2]} == ends)
    return f"{RelationType(type_)} for {named[0]}" if named else None


def _unpaired(document: Json, kind: str, paired: Iterable[Json]) -> Iterator[Json]:
    taken = {id(reading) for reading in paired}
    return (reading for reading in document.get(kind, ()) if id(reading) not in taken)


def _figure_cause(figure: Json, other: Json) -> str | None:
    near = [one for one in other.get("statistics", ()) if overlap(one["evidence"], figure["evidence"])]
    if any(one["value"] == figure["value"] and one["unit"] != figure["unit"] for one in near):
        return "wrong unit"
    amounts = [relation.get("amount") or {} for relation in other.get("relations", ())]
    if any(amount.get("value") == figure["value"] for amount in amounts):
        return "amount of a relation"
    return "wrong value" if near else None


def _quote_cause(quote: Json, other: Json) -> str | None:
    near = [one for one in other.get("quotes", ()) if overlap(one["evidence"], quote["evidence"])]
    if not near:
        return None
    same = max(overlap(one["evidence"], quote["evidence"]) for one in near)
    return "wrong speaker" if 2 * same >= quote["evidence"][1] - quote["evidence"][0] else "wrong words"
