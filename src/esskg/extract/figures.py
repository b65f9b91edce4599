"""Figures: counts, shares and sums that a document gives, with what they are about, where and from whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from esskg.extract.amounts import UNKNOWN, currency_of, with_currency
from esskg.extract.context import Context, ParsedSentence
from esskg.extract.dates import DateMention, between
from esskg.extract.grammar import language_of, rules, words
from esskg.extract.numbers import Number, read_numbers
from esskg.model import (
    ORGANIZATION_TYPES,
    Block,
    BlockKind,
    EntityReading,
    EntityType,
    FigureReading,
    LocalId,
    Mention,
    Span,
    State,
    StatementReading,
)

LANGUAGES = ("fr", "en", "es")
OWNERS = ORGANIZATION_TYPES | {EntityType.EVENT, EntityType.POLICY_INSTRUMENT}
_WORDS = 5
_NEAR = 24
_SHORT = 60
_LABEL = re.compile(r"(?P<label>[^\W\d_][^:;.\n]{2,60}?) ?: ?(?:[^\d:;.\n]{0,24})$")
_RANGE = re.compile(r" ?(?:%|€|\$)?(?: (?:à|et|to|and|a|y) (?:d')?| ?- ?)")
_LEADING = re.compile(r"\d+(?:[.,]\d+)?")
_CONFIDENCE = {"money": 0.86, "percent": 0.9, "count": 0.84, "spelled": 0.72, "bare": 0.62}


@dataclass(frozen=True, slots=True)
class _Words:
    """A language's words for figures, made ready."""

    unit: re.Pattern[str]
    before: re.Pattern[str]
    determined: re.Pattern[str]
    percent: re.Pattern[str]
    noun: re.Pattern[str]
    noun_of_money: re.Pattern[str]
    sector: re.Pattern[str]
    according: re.Pattern[str]
    saying: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _View:
    """A sentence as figures are read from it."""

    start: int
    end: int
    block: Block
    language: str
    words: _Words
    mentions: list[tuple[Mention, EntityReading]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure where it stands, before it is known what it is about."""

    start: int
    end: int
    number: Number
    value: float
    unit: str
    indicator: str
    kind: str


@cache
def _words(language: str) -> _Words:
    table = rules("figures")[language]
    stop = words(table["stop"])
    word = r"[^\W\d_](?:[\w'·.&-]{0,24}\w)?"
    ignore = re.IGNORECASE
    name = rf"(?!(?:{stop})(?!\w)){word}(?: (?!(?:{stop})(?!\w)){word}){{0,{_WORDS}}}"
    return _Words(
        unit=re.compile(rf" ?(?:{'|'.join(table['units'])})(?!\w)", ignore),
        before=re.compile(rf"(?:^|[\s(])(?:{words(table['before'])}) ?$", ignore),
        determined=re.compile(rf"(?:^|[\s(])(?:{words(table['determiners'])}) ?$", ignore),
        percent=re.compile(rf" ?(?:{table['percent']})", ignore),
        noun=re.compile(rf" (?:de |d'|of )?{name}", ignore),
        noun_of_money=re.compile(rf" (?:de |d'|of |en |in |des )?{name}", ignore),
        sector=re.compile(rf"(?<!\w)(?:{table['sector']})(?!\w)", ignore),
        according=re.compile(rf"(?<!\w)(?:{words(table['according'])})(?!\w)[^;.]{{0,60}}?$", ignore),
        saying=re.compile(rf"^[^;.]{{0,30}}?(?<!\w)(?:{words(table['saying'])})(?!\w)", ignore),
    )


def read_figures(context: Context, statements: Iterable[StatementReading] = ()) -> tuple[FigureReading, ...]:
    """The figures of a document; the money of the given statements stands there and not here.

    Dates, ages, lengths of time, places in a list and numbers inside names are no figures. An amount whose
    currency can't be told is set aside, in ``XXX``.
    """
    reader = _Reader(context, _funded(context.text, statements))
    return tuple(
        figure
        for sentence in context.sentences
        if sentence.block.kind is not BlockKind.BOILERPLATE
        for figure in reader.read(sentence)
    )


def _funded(text: str, statements: Iterable[StatementReading]) -> list[Span]:
    """Where the amounts of statements stand."""
    spans = []
    for statement in statements:
        if statement.amount and statement.amount.text and statement.state is not State.QUARANTINED:
            start = text.find(statement.amount.text, *statement.evidence)
            if start >= 0:
                spans.append((start, start + len(statement.amount.text)))
    return spans


class _Reader:
    """Reads the sentences of a document in turn; remembers what was last spoken of."""

    def __init__(self, context: Context, funded: list[Span]) -> None:
        self.context, self.text, self.funded = context, context.text, funded
        self.home = currency_of(context)
        self.dates = context.dates
        self.owner: LocalId | None = None
        self.place: LocalId | None = None
        self.main = _main_owner(context)
        self.block = -1
        self.currency: str | None = None
        self.sector = False
        """Whether the list that is being read stands under a heading about the sector."""

    def read(self, sentence: ParsedSentence) -> Iterator[FigureReading]:
        """The figures of a sentence."""
        language = language_of(sentence.language, LANGUAGES)
        mentions = self.context.mentions_in(sentence.start, sentence.end)
        view = _View(sentence.start, sentence.end, sentence.block, language, _words(language), mentions)
        self._remember(view)
        numbers = list(self._found(view))
        source, wide = (self._source(view), self._sector_wide(view)) if numbers else (None, False)
        for found in numbers:
            yield self._figure(found, view, source, wide)

    # --- which numbers are figures ---------------------------------------------------------------

    def _found(self, view: _View) -> Iterator[_Found]:
        """Read backwards, so that "2,9 à 3,3 milliards" gives the first number the unit of the second."""
        taken = (
            [m.span for m, _ in view.mentions] + [(d.start, d.end) for d in self._dates(view)] + self.funded
        )
        following: _Found | None = None
        for number in reversed(list(read_numbers(self.text, view.language, view.start, view.end))):
            if any(number.digits < end and start < number.end for start, end in taken):
                continue
            found = self._ranged(number, following) or self._classified(number, view)
            if found:
                following = found
                yield found

    def _dates(self, view: _View) -> list[DateMention]:
        return between(self.dates, view.start, view.end)

    def _ranged(self, number: Number, following: _Found | None) -> _Found | None:
        """The lower end of a range, which leaves unit and scale to the upper one."""
        if following is None or not _RANGE.fullmatch(self.text[number.end : following.number.digits]):
            return None
        scale = 1.0
        written = self.text[following.number.digits : following.number.end]
        if number.value < 1000 <= following.value and (digits := _LEADING.match(written)):
            scale = following.value / float(digits[0].replace(",", "."))
        value = round(number.value * scale, 6)
        return _Found(
            number.start, number.end, number, value, following.unit, following.indicator, following.kind
        )

    def _classified(self, number: Number, view: _View) -> _Found | None:
        money = with_currency(self.text, number, view.language, self.home, view.start)
        if money:
            self.currency = money.amount.currency
            amount = money.amount.value, money.amount.currency
            return self._made(number, (money.start, money.end), amount, view, "money")
        if percent := view.words.percent.match(self.text, number.end):
            share = number.start, percent.end()
            return self._made(number, share, (number.value, "percent"), view, "percent")
        return self._counted(number, view)

    def _counted(self, number: Number, view: _View) -> _Found | None:
        noun = self._noun(number.end, view)
        if self._is_other(number, noun, view):
            return None
        span = number.start, number.end
        if noun is None and number.value >= 1e6 and self.currency:
            return self._made(number, span, (number.value, self.currency), view, "bare")
        if noun is None and number.value < 100 and not self._named_before(number):
            return None
        kind = "bare" if noun is None else "spelled" if number.spelled else "count"
        return self._made(number, span, (number.value, "count"), view, kind)

    def _is_other(self, number: Number, noun: int | None, view: _View) -> bool:
        """Whether the number is a length of time, a label, a year, or small talk ("les deux")."""
        before = self.text[max(view.start, number.start - 30) : number.start]
        if view.words.unit.match(self.text, number.end) or view.words.before.search(before):
            return True
        if self._label(number, view) or self._is_year(number, noun):
            return True
        idle = noun is None or number.value < 3 or view.words.determined.search(before) is not None
        return number.spelled and (idle or view.block.kind is BlockKind.HEADING)

    def _made(self, number: Number, span: Span, amount: tuple[float, str], view: _View, kind: str) -> _Found:
        noun = self._noun(span[1], view, kind)
        indicator = self._named(number, noun, span[1], kind)
        return _Found(span[0], noun or span[1], number, *amount, indicator, kind)

    def _is_year(self, number: Number, noun: int | None) -> bool:
        """ "la loi de 1984 oblige": a year that no date grammar could be sure of."""
        written = self.text[number.digits : number.end]
        if not re.fullmatch(r"(?:19|20)\d\d", written):
            return False
        return noun is None or not re.match(r" \w+[sx]\b", self.text[number.end : number.end + 30])

    def _label(self, number: Number, view: _View) -> bool:
        """Whether the number numbers an item of a list or a clause: "3.", "2)", "4 -"."""
        first = not self.text[view.start : number.digits].strip(" \t·*•-–(")
        after = self.text[number.end : number.end + 2]
        before = self.text[max(0, number.digits - 1) : number.digits]
        numbered = first and after[:1] in {".", ")", "°", ":"}
        return numbered or before in {"/", "#", "°"} or after[:1] in {"°", "/", "º", "ᵉ"}

    def _noun(self, position: int, view: _View, kind: str = "count") -> int | None:
        pattern = view.words.noun_of_money if kind == "money" else view.words.noun
        found = pattern.match(self.text, position, min(view.end, position + 90))
        return found.end() if found else None

    def _named(self, number: Number, noun: int | None, after: int, kind: str) -> str:
        """What the number counts: the noun behind it, else the label before it, else its own kind."""
        if noun is not None:
            return re.sub(r"^(?:de |d'|of |en |in |des )", "", " ".join(self.text[after:noun].split()))
        label = self._named_before(number)
        return label or {"money": "montant", "percent": "part"}.get(kind, "nombre")

    def _named_before(self, number: Number) -> str | None:
        line = self.text.rfind("\n", 0, number.start) + 1
        label = _LABEL.search(self.text[max(line, number.start - 100) : number.start])
        return " ".join(label["label"].split()) if label else None

    # --- what they are about ---------------------------------------------------------------------

    def _figure(self, found: _Found, view: _View, source: LocalId | None, wide: bool) -> FigureReading:
        place = self._place(found, view, about=False)
        about = None if wide and place else self._about(found, view, source)
        return FigureReading(
            indicator=found.indicator,
            value=found.value,
            unit=found.unit,
            evidence=(found.start, found.end),
            rule=f"figure.{found.kind}",
            confidence=_CONFIDENCE[found.kind],
            qualifier=found.number.qualifier,
            about=about,
            place=place if about is None else self._place(found, view, about=True),
            source=source,
            date=next((d.iso for d in self._dates(view) if d.explicit), None),
            state=State.QUARANTINED if found.unit == UNKNOWN else State.ASSERTED,
        )

    def _sector_wide(self, view: _View) -> bool:
        """Whether a sentence counts the sector of a place rather than something of an organisation."""
        if view.words.sector.search(self.text, view.start, view.end):
            return True
        kinds = {entity.type for _, entity in view.mentions}
        return self.sector or (EntityType.PLACE in kinds and not kinds & OWNERS)

    def _about(self, found: _Found, view: _View, source: LocalId | None) -> LocalId | None:
        """The one named last before the figure, else in the paragraph or heading, else the main one."""
        owners = [(m, e) for m, e in view.mentions if e.type in OWNERS and e.id != source]
        before = [e.id for m, e in owners if m.end <= found.start]
        after = [e.id for m, e in owners if m.start >= found.end]
        return next(iter(before[-1:] or after or filter(None, [self.owner, self.main])), None)

    def _place(self, found: _Found, view: _View, about: bool) -> LocalId | None:
        """The sentence's place; with an owner, only one close behind ("160 postes à Montréal")."""
        places = [(m, e) for m, e in view.mentions if e.type is EntityType.PLACE]
        if about:
            near = [e.id for m, e in places if found.end <= m.start <= found.end + _NEAR]
            return near[0] if near else None
        before = [e.id for m, e in places if m.end <= found.start]
        return before[-1] if before else places[0][1].id if places else self.place

    def _source(self, view: _View) -> LocalId | None:
        for mention, entity in view.mentions:
            if entity.type not in ORGANIZATION_TYPES | {EntityType.PERSON}:
                continue
            if view.words.according.search(self.text[max(view.start, mention.start - 90) : mention.start]):
                return entity.id
            if view.words.saying.search(self.text[mention.end : min(view.end, mention.end + 50)]):
                return entity.id
        return None

    def _remember(self, view: _View) -> None:
        """Owners are carried through a paragraph and from a heading into its list, places likewise."""
        block = view.block
        listed = block.kind in {BlockKind.LIST_ITEM, BlockKind.TABLE} or block.end - block.start < _SHORT
        if block.start != self.block and not listed:
            self.owner = self.place = None
            self.sector = False
        self.block = block.start
        owners = [e.id for _, e in view.mentions if e.type in OWNERS]
        places = [e.id for _, e in view.mentions if e.type is EntityType.PLACE]
        if owners:
            self.owner = owners[0]
        if places:
            self.place = places[-1]
        if self.text[view.start : view.end].endswith(":") or block.kind is BlockKind.HEADING:
            sector = view.words.sector
            self.sector = not owners and sector.search(self.text, view.start, view.end) is not None


def _main_owner(context: Context) -> LocalId | None:
    """The organisation, event or policy that the document mentions most."""
    owners = [e for e in context.entities if e.type in OWNERS]
    best = max(owners, key=lambda e: (len(e.mentions), -e.mentions[0].start), default=None)
    return best.id if best else None
