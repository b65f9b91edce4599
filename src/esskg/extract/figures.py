"""Figures: counts, shares and sums that a document gives, with what they are about, where and from whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from esskg.extract.amounts import UNKNOWN, currency_of, with_currency
from esskg.extract.context import Context, ParsedSentence
from esskg.extract.dates import DateMention, dates_of
from esskg.extract.grammar import language_of, rules, words
from esskg.extract.numbers import Number, read_numbers
from esskg.model import (
    ORGANIZATION_TYPES,
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
        self.dates = dates_of(context)
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
        self._remember(mentions, sentence)
        for found in self._found(sentence, language, mentions):
            yield self._figure(found, sentence, language, mentions)

    # --- which numbers are figures ---------------------------------------------------------------

    def _found(
        self, sentence: ParsedSentence, language: str, mentions: list[tuple[Mention, EntityReading]]
    ) -> Iterator[_Found]:
        """Read backwards, so that "2,9 à 3,3 milliards de dollars" gives the first number the unit of the second."""
        taken = (
            [m.span for m, _ in mentions] + [(d.start, d.end) for d in self._dates(sentence)] + self.funded
        )
        following: _Found | None = None
        for number in reversed(list(read_numbers(self.text, language, sentence.start, sentence.end))):
            if any(number.digits < end and start < number.end for start, end in taken):
                continue
            found = self._ranged(number, following) or self._classified(number, sentence, language)
            if found:
                following = found
                yield found

    def _dates(self, sentence: ParsedSentence) -> list[DateMention]:
        return [d for d in self.dates if d.start >= sentence.start and d.end <= sentence.end]

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

    def _classified(self, number: Number, sentence: ParsedSentence, language: str) -> _Found | None:
        vocabulary = _words(language)
        money = with_currency(self.text, number, language, self.home, sentence.start)
        if money:
            self.currency = money.amount.currency
            amount = money.amount.value, money.amount.currency
            return self._made(number, (money.start, money.end), amount, sentence, vocabulary, "money")
        if percent := vocabulary.percent.match(self.text, number.end):
            share = number.start, percent.end()
            return self._made(number, share, (number.value, "percent"), sentence, vocabulary, "percent")
        return self._counted(number, sentence, vocabulary)

    def _counted(self, number: Number, sentence: ParsedSentence, vocabulary: _Words) -> _Found | None:
        before = self.text[max(sentence.start, number.start - 30) : number.start]
        if vocabulary.unit.match(self.text, number.end) or vocabulary.before.search(before):
            return None
        noun = self._noun(number.end, sentence, vocabulary)
        if self._label(number, sentence) or self._is_year(number, noun):
            return None
        if number.spelled and (noun is None or number.value < 3 or vocabulary.determined.search(before)):
            return None
        if number.spelled and sentence.block.kind is BlockKind.HEADING:
            return None
        span = number.start, number.end
        if noun is None and number.value >= 1e6 and self.currency:
            return self._made(number, span, (number.value, self.currency), sentence, vocabulary, "bare")
        if noun is None and number.value < 100 and not self._named_before(number):
            return None
        kind = "bare" if noun is None else "spelled" if number.spelled else "count"
        return self._made(number, span, (number.value, "count"), sentence, vocabulary, kind)

    def _made(
        self,
        number: Number,
        span: Span,
        amount: tuple[float, str],
        sentence: ParsedSentence,
        vocabulary: _Words,
        kind: str,
    ) -> _Found:
        noun = self._noun(span[1], sentence, vocabulary, kind)
        value, unit = amount
        return _Found(
            span[0], noun or span[1], number, value, unit, self._named(number, noun, span[1], kind), kind
        )

    def _is_year(self, number: Number, noun: int | None) -> bool:
        """ "la loi de 1984 oblige": a year that no date grammar could be sure of."""
        written = self.text[number.digits : number.end]
        if not re.fullmatch(r"(?:19|20)\d\d", written):
            return False
        return noun is None or not re.match(r" \w+[sx]\b", self.text[number.end : number.end + 30])

    def _label(self, number: Number, sentence: ParsedSentence) -> bool:
        """Whether the number numbers an item of a list or a clause: "3.", "2)", "4 -"."""
        first = not self.text[sentence.start : number.digits].strip(" \t·*•-–(")
        after = self.text[number.end : number.end + 2]
        before = self.text[max(0, number.digits - 1) : number.digits]
        numbered = first and after[:1] in {".", ")", "°", ":"}
        return numbered or before in {"/", "#", "°"} or after[:1] in {"°", "/", "º", "ᵉ"}

    def _noun(
        self, position: int, sentence: ParsedSentence, vocabulary: _Words, kind: str = "count"
    ) -> int | None:
        pattern = vocabulary.noun_of_money if kind == "money" else vocabulary.noun
        found = pattern.match(self.text, position, min(sentence.end, position + 90))
        return found.end() if found else None

    def _named(self, number: Number, noun: int | None, after: int, kind: str) -> str:
        """What the number counts: the noun behind it, else the label before it, else what kind of number it is."""
        if noun is not None:
            return re.sub(r"^(?:de |d'|of |en |in |des )", "", " ".join(self.text[after:noun].split()))
        label = self._named_before(number)
        return label or {"money": "montant", "percent": "part"}.get(kind, "nombre")

    def _named_before(self, number: Number) -> str | None:
        line = self.text.rfind("\n", 0, number.start) + 1
        label = _LABEL.search(self.text[max(line, number.start - 100) : number.start])
        return " ".join(label["label"].split()) if label else None

    # --- what they are about ---------------------------------------------------------------------

    def _figure(
        self,
        found: _Found,
        sentence: ParsedSentence,
        language: str,
        mentions: list[tuple[Mention, EntityReading]],
    ) -> FigureReading:
        vocabulary = _words(language)
        source = self._source(mentions, vocabulary, sentence)
        place = self._place(found, mentions, about=False)
        wide = self._sector_wide(mentions, vocabulary, sentence)
        about = None if wide and place else self._about(found, mentions, source)
        return FigureReading(
            indicator=found.indicator,
            value=found.value,
            unit=found.unit,
            evidence=(found.start, found.end),
            rule=f"figure.{found.kind}",
            confidence=_CONFIDENCE[found.kind],
            qualifier=found.number.qualifier,
            about=about,
            place=place if about is None else self._place(found, mentions, about=True),
            source=source,
            date=next((d.iso for d in self._dates(sentence) if d.explicit), None),
            state=State.QUARANTINED if found.unit == UNKNOWN else State.ASSERTED,
        )

    def _sector_wide(
        self, mentions: list[tuple[Mention, EntityReading]], vocabulary: _Words, sentence: ParsedSentence
    ) -> bool:
        """Whether a sentence counts the sector of a place rather than something of an organisation."""
        if vocabulary.sector.search(self.text, sentence.start, sentence.end):
            return True
        kinds = {entity.type for _, entity in mentions}
        return self.sector or (EntityType.PLACE in kinds and not kinds & OWNERS)

    def _about(
        self, found: _Found, mentions: list[tuple[Mention, EntityReading]], source: LocalId | None
    ) -> LocalId | None:
        """The one named last before the figure, else in the paragraph or its heading, else the document's main."""
        owners = [(m, e) for m, e in mentions if e.type in OWNERS and e.id != source]
        before = [e.id for m, e in owners if m.end <= found.start]
        after = [e.id for m, e in owners if m.start >= found.end]
        return next(iter(before[-1:] or after or filter(None, [self.owner, self.main])), None)

    def _place(
        self, found: _Found, mentions: list[tuple[Mention, EntityReading]], about: bool
    ) -> LocalId | None:
        """The place named in the sentence; with an owner, only one that follows closely ("160 postes à Montréal")."""
        places = [(m, e) for m, e in mentions if e.type is EntityType.PLACE]
        if about:
            near = [e.id for m, e in places if found.end <= m.start <= found.end + _NEAR]
            return near[0] if near else None
        before = [e.id for m, e in places if m.end <= found.start]
        return before[-1] if before else places[0][1].id if places else self.place

    def _source(
        self, mentions: list[tuple[Mention, EntityReading]], vocabulary: _Words, sentence: ParsedSentence
    ) -> LocalId | None:
        for mention, entity in mentions:
            if entity.type not in ORGANIZATION_TYPES | {EntityType.PERSON}:
                continue
            if vocabulary.according.search(
                self.text[max(sentence.start, mention.start - 90) : mention.start]
            ):
                return entity.id
            if vocabulary.saying.search(self.text[mention.end : min(sentence.end, mention.end + 50)]):
                return entity.id
        return None

    def _remember(self, mentions: list[tuple[Mention, EntityReading]], sentence: ParsedSentence) -> None:
        """Owners are carried through a paragraph and from a heading into its list, places likewise."""
        block = sentence.block
        listed = block.kind in {BlockKind.LIST_ITEM, BlockKind.TABLE} or block.end - block.start < _SHORT
        if block.start != self.block and not listed:
            self.owner = self.place = None
            self.sector = False
        self.block = block.start
        owners = [e.id for _, e in mentions if e.type in OWNERS]
        places = [e.id for _, e in mentions if e.type is EntityType.PLACE]
        if owners:
            self.owner = owners[0]
        if places:
            self.place = places[-1]
        if self.text[sentence.start : sentence.end].endswith(":") or block.kind is BlockKind.HEADING:
            sector = _words(language_of(sentence.language, LANGUAGES)).sector
            self.sector = not owners and sector.search(self.text, sentence.start, sentence.end) is not None


def _main_owner(context: Context) -> LocalId | None:
    """The organisation, event or policy that the document mentions most."""
    owners = [e for e in context.entities if e.type in OWNERS]
    best = max(owners, key=lambda e: (len(e.mentions), -e.mentions[0].start), default=None)
    return best.id if best else None
