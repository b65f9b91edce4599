"""Whose a figure is and where it holds: every entity that could be meant is weighed, and nothing as well.

A linear model (``weights/figures.json``) weighs what is told of each option, among it what the rules of
`topics` say; the likeliest is taken. Whose it is comes first, so that its place knows of it. Who gives a
figure is left to the rules: no model did better. Learned by `attribution_training`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import Any

from esskg.extract.context import Context
from esskg.extract.grammar import rules
from esskg.extract.learned import content
from esskg.extract.topics import OWNERS, Named, Topic, Topics, View
from esskg.model import ORGANIZATION_TYPES, BlockKind, EntityReading, EntityType, LocalId, Mention, Span

SLOTS = ("about", "place")
"""In the order in which they are filled."""
_TYPES = {
    "about": OWNERS | {EntityType.PLACE, EntityType.PERSON},
    "place": frozenset({EntityType.PLACE}),
}
_KINDS = (
    ORGANIZATION_TYPES,
    frozenset({EntityType.PLACE}),
    frozenset({EntityType.EVENT}),
    frozenset({EntityType.POLICY_INSTRUMENT}),
)
"""The most named of each of these may be meant anywhere."""
_LAST, _FAR = 3, 6
"""Sentences whose names are options; those by which it is told how long ago something was named."""
_OPENING = 14
_AND = re.compile(r"(?<!\w)(?:et|and|y|e|mais|but|pero)(?!\w)[^,;]*$")
_WORD = re.compile(r"[^\W\d_]+'?|[,:;(«\"“]")
_MODEL: ContextVar[Attribution | None] = ContextVar("attribution", default=None)


@dataclass(frozen=True, slots=True)
class Option:
    """What a slot may hold, None for nothing, with the names of the features that hold."""

    entity: LocalId | None
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure whose slots are asked for."""

    span: Span
    value: float
    unit: str
    words: str
    """What it counts."""
    view: View
    topic: Topic
    """What the rules say, and what was chosen already."""


Choose = Callable[[Asked, str, Sequence[Option]], LocalId | None]
"""Takes one of the options of a slot."""


@dataclass(frozen=True)
class Attribution:
    """Weights in hundredths, by slot and feature."""

    weights: Mapping[str, Mapping[str, int]]

    def choose(self, _: Asked, slot: str, options: Sequence[Option]) -> LocalId | None:
        """The likeliest option; of equal ones the first."""
        own = self.weights[slot]
        return max(options, key=lambda option: sum(own.get(name, 0) for name in option.features)).entity


@contextmanager
def attributed_by(model: Attribution) -> Iterator[None]:
    """Weigh options by another model than the shipped one, as cross-validation does."""
    token = _MODEL.set(model)
    try:
        yield
    finally:
        _MODEL.reset(token)


def current_attribution() -> Attribution:
    """The model to weigh options by: the shipped one unless `attributed_by` says otherwise."""
    return _MODEL.get() or shipped_attribution()


@cache
def shipped_attribution() -> Attribution:
    """The model of ``weights/figures.json``, read once."""
    return from_json(content("figures"))


def from_json(data: Mapping[str, Any]) -> Attribution:
    """The model of plain data that has the weights of each slot."""
    return Attribution({slot: data[slot] for slot in SLOTS})


class Attributor:
    """Fills the slots of a document's figures; `follow` takes in each sentence once its figures are read."""

    def __init__(self, context: Context, topics: Topics, choose: Choose | None = None) -> None:
        self._topics, self._choose = topics, choose or current_attribution().choose
        self._past = _Past(context)

    def settle(self, asked: Asked) -> Topic:
        """What the rules say of a figure, with the slots that are weighed filled anew."""
        for slot in SLOTS:
            options = _Weighed(asked, slot, self._topics, self._past).options()
            entity = self._choose(asked, slot, options)
            asked = replace(asked, topic=_filled(asked.topic, slot, entity))
        return asked.topic

    def follow(self, view: View) -> None:
        """Take in a sentence behind its figures."""
        self._past.follow(view)


def _filled(topic: Topic, slot: str, entity: LocalId | None) -> Topic:
    return replace(topic, about=entity) if slot == "about" else replace(topic, place=entity)


class _Past:
    """How a document's entities stand in it, and what the last sentences and the heading named."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._times = {e.id: len(e.mentions) for e in context.entities if e.type in OWNERS}
        self._total = sum(self._times.values())
        self._title = _first_named(context)
        self.main = [_most_named(context.entities, types) for types in _KINDS]
        self._searched: tuple[View | None, bool] = (None, False)
        self.heading: list[Named] = []
        self.sentences: list[list[Named]] = []
        """The last one first."""

    def sectoral(self, view: View) -> bool:
        """Whether a sentence speaks of the sector; looked for once, however many figures it has."""
        if self._searched[0] is not view:
            self._searched = view, bool(view.words.sector.search(self.context.text, view.start, view.end))
        return self._searched[1]

    def follow(self, view: View) -> None:
        """Remember whom a sentence names."""
        if view.block.kind is BlockKind.HEADING:
            self.heading = view.mentions
        self.sentences = [view.mentions, *self.sentences][:_FAR]

    def ago(self, entity: EntityReading) -> str:
        """How many sentences ago an entity was named."""
        for count, named in enumerate(self.sentences):
            if any(other.id == entity.id for _, other in named):
                return str(min(count, _LAST))
        return "far"

    def standing(self, entity: EntityReading) -> Iterator[str]:
        """How an entity stands in the document, wherever the figure is."""
        yield f"type {entity.type}"
        if entity.id in self._times:
            yield f"share {min(4, self._times[entity.id] * 8 // self._total)}"
        if entity.id in self._title:
            yield "title"
        if any(other.id == entity.id for _, other in self.heading):
            yield "heading"


def _first_named(context: Context) -> set[LocalId]:
    """Whom the first block of a document, its title as a rule, names."""
    first = context.document.blocks[:1]
    return {entity.id for block in first for _, entity in context.mentions_in(block.start, block.end)}


def _most_named(entities: Iterable[EntityReading], types: frozenset[EntityType]) -> LocalId | None:
    own = [entity for entity in entities if entity.type in types]
    best = max(own, key=lambda e: (len(e.mentions), -e.mentions[0].start), default=None)
    return best.id if best else None


class _Weighed:
    """One slot of a figure, and what is told of each of its options."""

    def __init__(self, asked: Asked, slot: str, topics: Topics, past: _Past) -> None:
        self._asked, self._slot, self._topics, self._past = asked, slot, topics, past
        self._view, self._text = asked.view, topics.text
        self._named = [(m, e) for m, e in asked.view.mentions if e.type in _TYPES[slot]]
        self._spans: dict[LocalId, list[Mention]] = defaultdict(list)
        for mention, entity in self._named:
            self._spans[entity.id].append(mention)
        self._kind = self._kind_of_figure()
        self._count = f"n{min(len(self._spans), 3)}"

    def options(self) -> list[Option]:
        """Nothing first, then the entities of the sentence, of those before it, and of the rules."""
        told = [Option(e.id, tuple(self._told(e))) for e in self._entities()]
        return [Option(None, tuple(self._nothing())), *told]

    def _entities(self) -> Iterable[EntityReading]:
        past, topics, types = self._past, self._topics, _TYPES[self._slot]
        near = chain(self._named, *past.sentences[:_LAST], past.heading)
        found = {entity.id: entity for _, entity in near if entity.type in types}
        ruled = getattr(self._asked.topic, self._slot)
        for id_ in (ruled, topics.owner, topics.event, topics.place, topics.main, *past.main):
            if id_ and id_ not in found and (entity := past.context.entity(id_)).type in types:
                found[id_] = entity
        return found.values()

    def _kind_of_figure(self) -> str:
        if self._asked.unit == "count":
            return "people" if self._view.words.people.search(self._asked.words) else "count"
        if self._view.words.share.search(self._asked.words):
            return "share of all"
        return "share" if self._asked.unit == "percent" else "money"

    def _circumstances(self) -> Iterator[str]:
        """What is told of the figure itself."""
        topic = self._asked.topic
        yield from (
            self._count,
            self._kind,
            f"wide {topic.wide}",
            f"carried {self._topics.owner is not None}",
        )
        yield f"source {topic.source is not None}"
        if self._slot == "place":
            yield f"about {topic.about is not None}"

    # --- nothing ---------------------------------------------------------------------------------

    def _nothing(self) -> Iterator[str]:
        yield "none"
        yield from (f"none & {name}" for name in self._circumstances())
        yield f"none & rule {getattr(self._asked.topic, self._slot) is None}"
        yield from self._sectoral()
        places = self._view.of(EntityType.PLACE)
        if places:
            yield "none & places"
            if places[0][0].start - self._view.start < _OPENING:
                yield "none & place opens"

    def _sectoral(self) -> Iterator[str]:
        """Whether the sentence, or what stands near the figure, speaks of the sector."""
        (start, end), sector = self._asked.span, self._view.words.sector
        if self._past.sectoral(self._view):
            yield "none & sector"
            if sector.search(self._text, max(self._view.start, start - 40), end + 60):
                yield "none & sector near"

    # --- an entity -------------------------------------------------------------------------------

    def _told(self, entity: EntityReading) -> Iterator[str]:
        topic = self._asked.topic
        yield from self._past.standing(entity)
        yield f"type {entity.type} & {self._kind}"
        if getattr(topic, self._slot) == entity.id:
            yield from ("rule", f"rule & {self._kind}")
        if entity.id == topic.source:
            yield "is source"
        if self._slot == "place":
            yield f"about {topic.about is not None}"
            if topic.about == entity.id:
                yield "is about"
        yield from self._inside(entity) if entity.id in self._spans else self._outside(entity)

    def _outside(self, entity: EntityReading) -> Iterator[str]:
        """What is told of an entity that the sentence doesn't name."""
        ago = self._past.ago(entity)
        yield from ("out", f"out & type {entity.type}", f"out & {self._count}", f"out & {self._kind}")
        yield from (f"out & wide {self._asked.topic.wide}", f"ago {ago}", f"ago {ago} & {self._count}")
        topics = self._topics
        for name, id_ in (("owner", topics.owner), ("event", topics.event), ("place", topics.place)):
            if id_ == entity.id:
                yield f"last {name}"

    def _inside(self, entity: EntityReading) -> Iterator[str]:
        """What is told of an entity that the sentence names: before the figure, behind it, within it."""
        start, end = self._asked.span
        spans = self._spans[entity.id]
        yield from ("in", f"in & type {entity.type}", f"in & {self._count}")
        before = [mention for mention in spans if mention.end <= start]
        after = [mention for mention in spans if mention.start >= end]
        if before:
            yield from self._before(entity, before[-1])
        if after:
            yield from self._after(entity, after[0], bool(before))
        within = [mention for mention in spans if mention not in before and mention not in after]
        yield from (f"within {self._lead(mention)}" for mention in within[:1])

    def _before(self, entity: EntityReading, mention: Mention) -> Iterator[str]:
        start = self._asked.span[0]
        rank, lead = self._between(entity, mention.end, start), self._lead(mention)
        yield from (f"before {rank}", f"before {rank} & {self._kind}")
        yield from (f"before {lead}", f"before {lead} & type {entity.type}")
        first = self._spans[entity.id][0]
        if first.start - self._view.start < _OPENING:
            yield from ("opens", f"opens & {entity.type}")
        if first is self._named[0][0]:
            yield from ("first", f"first {self._lead(first)}")
        if _AND.search(self._text[mention.end : start]):
            yield "before and"

    def _after(self, entity: EntityReading, mention: Mention, also_before: bool) -> Iterator[str]:
        end = self._asked.span[1]
        rank, lead = self._between(entity, end, mention.start), self._lead(mention)
        yield from (f"after {rank}", f"after {rank} & before {also_before}")
        yield from (f"after {lead}", f"after {lead} & type {entity.type}")
        if self._view.words.belongs.fullmatch(self._text[min(end, mention.start - 8) : mention.start]):
            yield "belongs"

    def _between(self, entity: EntityReading, start: int, end: int) -> int:
        """How many other options are named between two offsets, up to 2."""
        others = [e for m, e in self._named if start <= m.start and m.end <= end and e.id != entity.id]
        return min(len(others), 2)

    def _lead(self, mention: Mention) -> str:
        """What stands before a name: the sense of a preposition, a sign, another word, or nothing."""
        prepositions, articles = _prepositions()
        before = self._text[max(self._view.start, mention.start - 24) : mention.start].lower()
        for word in reversed(_WORD.findall(before)[-3:]):
            if word in prepositions:
                return prepositions[word]
            if word not in articles:
                return "word" if word[0].isalpha() else word
        return "start"


@cache
def _prepositions() -> tuple[dict[str, str], frozenset[str]]:
    """What each preposition says, and the articles that may stand behind one."""
    table = rules("attribution")
    senses = {word: name for name, all_ in table["prepositions"].items() for word in all_}
    return senses, frozenset(table["articles"])
