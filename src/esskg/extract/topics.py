"""What a figure is about: whose it is, where and when it holds, and who gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from esskg.extract.context import Context
from esskg.extract.dates import DateMention, between
from esskg.extract.grammar import language_of, rules, words
from esskg.model import (
    ORGANIZATION_TYPES,
    Block,
    BlockKind,
    EntityReading,
    EntityType,
    LocalId,
    Mention,
    RelationType,
    Span,
    StatementReading,
)

LANGUAGES = ("fr", "en", "es")
OWNERS = ORGANIZATION_TYPES | {EntityType.EVENT, EntityType.POLICY_INSTRUMENT}
SOURCES = ORGANIZATION_TYPES | {EntityType.PERSON}
_ITEMS = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE})
_BIRTHS = frozenset({RelationType.FOUNDED_IN, RelationType.ADOPTED_ON})
_NEAR = 24
_SHORT = 60
_REACH = 90
_OPENING = 12
"""Within so many characters a place opens its sentence: "En Suisse, …"."""
Named = tuple[Mention, EntityReading]


@dataclass(frozen=True, slots=True)
class Topic:
    """The slots of a figure; each is None where the text doesn't tell."""

    about: LocalId | None
    place: LocalId | None
    source: LocalId | None
    date: str | None
    wide: bool = False
    """Whether the figure is spoken of as one of the sector as a whole."""


@dataclass(frozen=True, slots=True)
class Words:
    """A language's words for what figures are about, made ready."""

    sector: re.Pattern[str]
    share: re.Pattern[str]
    people: re.Pattern[str]
    generic: re.Pattern[str]
    belongs: re.Pattern[str]
    according: re.Pattern[str]
    saying: re.Pattern[str]
    said: re.Pattern[str]
    credit: re.Pattern[str]


@cache
def words_of(language: str) -> Words:
    """The words of a language, ``fr``, ``en`` or ``es``."""
    table = rules("figures")[language]
    article = rf"(?:(?:{table['articles']})(?<=')|(?:{table['articles']}) )?"
    saying = words(table["saying"])

    def pattern(expression: str) -> re.Pattern[str]:
        return re.compile(expression, re.IGNORECASE)

    return Words(
        sector=pattern(rf"(?<!\w)(?:{table['sector']})(?!\w)"),
        share=pattern(rf"(?<!\w)(?:{table['share']})(?!\w)"),
        people=pattern(rf"(?<!\w)(?:{table['people']})(?!\w)"),
        generic=pattern(rf"(?<!\w)(?:{table['generic']})(?: [^,.;:()]{{0,40}}?)? (?:{table['within']}) ?$"),
        belongs=pattern(rf"(?:^|\s)(?:{table['of']}) ?{article}$"),
        according=pattern(rf"(?<!\w)(?:{words(table['according'])})(?!\w)[^;.]{{0,60}}?$"),
        saying=pattern(rf"^[^;.]{{0,30}}?(?<!\w)(?:{saying})(?!\w)"),
        credit=pattern(r"[(\[*]? ?(?:sources?|fuentes?) ?:"),
        said=pattern(rf"(?:^|[,»\"”(-]) ?(?:{saying}) {article}$"),
    )


@dataclass(frozen=True, slots=True)
class View:
    """A sentence as figures are read from it."""

    start: int
    end: int
    block: Block
    language: str
    words: Words
    mentions: list[Named]

    def of(self, *types: EntityType) -> list[Named]:
        """The mentions of entities of some types."""
        return [pair for pair in self.mentions if pair[1].type in types]


class Topics:
    """Follows a document sentence by sentence and remembers what was last spoken of."""

    def __init__(self, context: Context, statements: Iterable[StatementReading] = ()) -> None:
        self.context, self.text = context, context.text
        self.births = [(s.evidence, s.date) for s in statements if s.type in _BIRTHS]
        self.main = _main_owner(context)
        self.owner: LocalId | None = None
        self.event: LocalId | None = None
        self.place: LocalId | None = None
        self.date: str | None = None
        self.wide = False
        """Whether what is being read is about the sector as a whole."""
        self.source: LocalId | None = None
        self.block = -1
        self.listed = False
        self.credits = self._credits()

    def dates_in(self, view: View) -> list[DateMention]:
        """The dates of a sentence."""
        return between(self.context.dates, view.start, view.end)

    def _periods_in(self, view: View) -> list[DateMention]:
        """The dates of a sentence but those of a founding or an adoption, which are no period of figures."""
        return [d for d in self.dates_in(view) if not any(_stated(d, birth) for birth in self.births)]

    def follow(self, view: View) -> None:
        """Take in a sentence before its figures are asked for."""
        if view.block.start != self.block:
            self._enter(view.block)
        self.source = self._source(view) or self.credits.get(self.block)
        owners = [(m, e) for m, e in view.of(*OWNERS) if e.id != self.source]
        self.wide = self._sector_wide(view, owners) or (self.wide and not owners)
        if owners:
            self.owner = owners[-1][1].id
        for slot, kind in (("event", EntityType.EVENT), ("place", EntityType.PLACE)):
            if named := view.of(kind):
                setattr(self, slot, named[-1][1].id)
        if view.block.kind not in _ITEMS:  # an item's date is its own
            self.date = next((d.iso for d in self._periods_in(view) if d.explicit), self.date)

    def of(self, span: Span, words: str, view: View) -> Topic:
        """The slots of a figure of the sentence last followed; `words` name what it counts."""
        wide = self.wide or view.words.share.search(words) is not None
        place = self._place(span, view)
        about = None if wide and place else self._about(span, words, view)
        if about is not None:
            place = self._close_place(span, view)
        return Topic(about, place, self.source, self._date(span, view), wide)

    # --- following -------------------------------------------------------------------------------

    def _enter(self, block: Block) -> None:
        """A heading begins anew, and a paragraph; the items of a list go on with what leads them in."""
        self.listed = _listed(block)
        if block.kind is BlockKind.HEADING or not self.listed:
            self.owner = self.event = self.place = self.date = None
            self.wide = False
        self.block = block.start

    def _sector_wide(self, view: View, owners: list[Named]) -> bool:
        """Whether a sentence counts the sector of a place rather than something of an organisation."""
        if any(
            not self._inside(m.span(), view)
            for m in view.words.sector.finditer(self.text, view.start, view.end)
        ):
            return True
        places = view.of(EntityType.PLACE)
        generic = view.words.generic
        if any(generic.search(self.text[max(view.start, m.start - _REACH) : m.start]) for m, _ in places):
            return True
        first = places[0][0].start - view.start if places else _REACH
        return bool(places) and not owners and (self.owner is None or first < _OPENING)

    def _inside(self, span: Span, view: View) -> bool:
        return any(m.start <= span[0] and span[1] <= m.end for m, _ in view.mentions)

    def _credits(self) -> dict[int, LocalId]:
        """Who gives the figures of a list that a line such as "(Source: X)" closes, by the items' starts."""
        credits: dict[int, LocalId] = {}
        source: LocalId | None = None
        for block in reversed(self.context.document.blocks):
            if words_of(language_of(block.language, LANGUAGES)).credit.match(
                self.text, block.start, block.end
            ):
                named = [e for _, e in self.context.mentions_in(block.start, block.end) if e.type in SOURCES]
                source = named[0].id if named else None
            elif source and _listed(block) and block.kind is not BlockKind.HEADING:
                credits[block.start] = source
            else:
                source = None
        return credits

    # --- slots -----------------------------------------------------------------------------------

    def _about(self, span: Span, words: str, view: View) -> LocalId | None:
        """Whose figure it is: first the one it belongs to by its words, last the document's own."""
        owners = [(m, e) for m, e in view.of(*OWNERS) if e.id != self.source]
        if self.source and not owners:
            return None
        return (
            self._belongs(span, owners, view)
            or self._peopled(words, owners, view)
            or self._nearest(span, owners)
            or self.owner
            or self.main
        )

    def _belongs(self, span: Span, owners: list[Named], view: View) -> LocalId | None:
        """ "the 1,750 members of X"."""
        for mention, entity in owners:
            if span[0] < mention.start <= span[1] + _NEAR:
                between_ = self.text[min(span[1], mention.start - 8) : mention.start]
                if view.words.belongs.fullmatch(between_) or mention.start < span[1]:
                    return entity.id
        return None

    def _peopled(self, words: str, owners: list[Named], view: View) -> LocalId | None:
        """People who attend, and votes, are an event's where one is being told of."""
        if not view.words.people.search(words):
            return None
        events = [e.id for _, e in owners if e.type is EntityType.EVENT]
        return next(iter(events[-1:]), self.event)

    def _nearest(self, span: Span, owners: list[Named]) -> LocalId | None:
        """The last one named before the figure, else the first behind it."""
        before = [e.id for m, e in owners if m.end <= span[0]]
        after = [e.id for m, e in owners if m.start >= span[1]]
        return next(iter(before[-1:] or after), None)

    def _close_place(self, span: Span, view: View) -> LocalId | None:
        """With an owner, only a place close behind the figure is its own: "160 postes à Montréal"."""
        places = view.of(EntityType.PLACE)
        return next((e.id for m, e in places if span[1] <= m.start <= span[1] + _NEAR), None)

    def _place(self, span: Span, view: View) -> LocalId | None:
        """The sentence's place, the last one before the figure first; else the paragraph's."""
        places = view.of(EntityType.PLACE)
        before = [e.id for m, e in places if m.end <= span[0]]
        return next(iter(before[-1:] or [e.id for _, e in places]), self.place)

    def _date(self, span: Span, view: View) -> str | None:
        """The date nearest to the figure in its sentence, else that of the heading or lead of its list."""
        dates = self._periods_in(view)
        nearest = min(dates, key=lambda d: max(d.start - span[1], span[0] - d.end), default=None)
        if nearest is None and view.block.kind in _ITEMS:
            return self.date
        return nearest.iso if nearest else None

    def _source(self, view: View) -> LocalId | None:
        givers = view.of(*SOURCES)
        for index, (mention, entity) in enumerate(givers):
            before = self.text[max(view.start, mention.start - _REACH) : mention.start]
            if view.words.according.search(before) or view.words.said.search(before):
                return entity.id
            if view.words.saying.search(self.text[mention.end : min(view.end, mention.end + 50)]):
                return self._person(givers[:index], mention) or entity.id
        return None

    def _person(self, before: list[Named], mention: Mention) -> LocalId | None:
        """Of "Ana Lima, head of the Ministry, says" it is she who gives the figure."""
        if not before or before[-1][1].type is not EntityType.PERSON:
            return None
        person, entity = before[-1]
        between_ = self.text[person.end : mention.start]
        return entity.id if re.fullmatch(r",[^,.;:]{2,80}", between_) else None


def _stated(date: DateMention, statement: tuple[Span, str | None]) -> bool:
    (start, end), value = statement
    return date.iso == value and start <= date.start < end


def _listed(block: Block) -> bool:
    return block.kind in _ITEMS or block.end - block.start < _SHORT


def _main_owner(context: Context) -> LocalId | None:
    """The organisation, event or policy that the document mentions most."""
    owners = [e for e in context.entities if e.type in OWNERS]
    best = max(owners, key=lambda e: (len(e.mentions), -e.mentions[0].start), default=None)
    return best.id if best else None
