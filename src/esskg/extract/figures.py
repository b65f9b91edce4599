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
_LABEL = re.compile(r"(?P<label>[^\W\d_][^:;.\n]{2,60}?) ?: ?(?:[^\d:;.\n]{0,24})$")
_CONFIDENCE = {"money": 0.86, "percent": 0.9, "count": 0.84, "spelled": 0.72, "bare": 0.62}


@dataclass(frozen=True, slots=True)
class _Words:
    """A language's words for figures, made ready."""

    unit: re.Pattern[str]
    before: re.Pattern[str]
    determined: re.Pattern[str]
    percent: re.Pattern[str]
    noun: re.Pattern[str]
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
    return _Words(
        unit=re.compile(rf" ?(?:{'|'.join(table['units'])})(?!\w)", ignore),
        before=re.compile(rf"(?:^|[\s(])(?:{words(table['before'])}) ?$", ignore),
        determined=re.compile(rf"(?:^|[\s(])(?:{words(table['determiners'])}) ?$", ignore),
        percent=re.compile(rf" ?(?:{table['percent']})", ignore),
        noun=re.compile(
            rf" (?:de |d'|of |en |in |des )?(?!(?:{stop})(?!\w)){word}(?: (?!(?:{stop})(?!\w)){word}){{0,{_WORDS}}}",
            ignore,
        ),
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
        self.place_block = -1

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
        taken = (
            [m.span for m, _ in mentions] + [(d.start, d.end) for d in self._dates(sentence)] + self.funded
        )
        scaled: Number | None = None
        for number in reversed(list(read_numbers(self.text, language, sentence.start, sentence.end))):
            if any(number.digits < end and start < number.end for start, end in taken):
                continue
            found = self._classified(number, sentence, language, scaled)
            if found:
                scaled = number
                yield found

    def _dates(self, sentence: ParsedSentence) -> list[DateMention]:
        return [d for d in self.dates if d.start >= sentence.start and d.end <= sentence.end]

    def _classified(
        self, number: Number, sentence: ParsedSentence, language: str, following: Number | None
    ) -> _Found | None:
        vocabulary = _words(language)
        money = with_currency(self.text, number, language, self.home, sentence.start)
        if money:
            noun = self._noun(money.end, sentence, vocabulary)
            return _Found(
                money.start,
                noun or money.end,
                number,
                money.amount.value,
                money.amount.currency,
                self._named(number, noun, money.end),
                "money",
            )
        if percent := vocabulary.percent.match(self.text, number.end):
            noun = self._noun(percent.end(), sentence, vocabulary)
            return _Found(
                number.start,
                noun or percent.end(),
                number,
                number.value,
                "percent",
                self._named(number, noun, percent.end()),
                "percent",
            )
        return self._counted(number, sentence, vocabulary)

    def _counted(self, number: Number, sentence: ParsedSentence, vocabulary: _Words) -> _Found | None:
        before = self.text[max(sentence.start, number.start - 30) : number.start]
        if vocabulary.unit.match(self.text, number.end) or vocabulary.before.search(before):
            return None
        if self._label(number, sentence):
            return None
        noun = self._noun(number.end, sentence, vocabulary)
        if number.spelled and (noun is None or vocabulary.determined.search(before) or number.value < 3):
            return None
        if noun is None and number.value < 100:
            return None
        kind = "bare" if noun is None else "spelled" if number.spelled else "count"
        return _Found(
            number.start,
            noun or number.end,
            number,
            number.value,
            "count",
            self._named(number, noun, number.end),
            kind,
        )

    def _label(self, number: Number, sentence: ParsedSentence) -> bool:
        """Whether the number numbers an item of a list or a clause: "3.", "2)", "4 -"."""
        first = not self.text[sentence.start : number.digits].strip(" \t·*•-–(")
        after = self.text[number.end : number.end + 2]
        before = self.text[max(0, number.digits - 1) : number.digits]
        return (
            (first and after[:1] in {".", ")", "°", ":"})
            or before in {"/", "#", "°"}
            or after[:1] in {"°", "/", "º", "ᵉ"}
        )

    def _noun(self, position: int, sentence: ParsedSentence, vocabulary: _Words) -> int | None:
        found = vocabulary.noun.match(self.text, position, min(sentence.end, position + 90))
        return found.end() if found else None

    def _named(self, number: Number, noun: int | None, after: int) -> str:
        """What the number counts: the noun behind it, else the label before it."""
        if noun is not None:
            return re.sub(r"^(?:de |d'|of |en |in |des )", "", " ".join(self.text[after:noun].split()))
        line = self.text.rfind("\n", 0, number.start) + 1
        label = _LABEL.search(self.text[max(line, number.start - 100) : number.start])
        return " ".join(label["label"].split()) if label else "nombre" if number else ""

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
        place = self._place(found, mentions, sentence)
        sector = vocabulary.sector.search(self.text, sentence.start, sentence.end) is not None
        about = None if sector and place else self._about(found, mentions, source)
        return FigureReading(
            indicator=found.indicator,
            value=found.value,
            unit=found.unit,
            evidence=(found.start, found.end),
            rule=f"figure.{found.kind}",
            confidence=_CONFIDENCE[found.kind],
            qualifier=found.number.qualifier,
            about=about,
            place=place if about is None else None,
            source=source,
            date=next((d.iso for d in self._dates(sentence) if d.explicit), None),
            state=State.QUARANTINED if found.unit == UNKNOWN else State.ASSERTED,
        )

    def _about(
        self, found: _Found, mentions: list[tuple[Mention, EntityReading]], source: LocalId | None
    ) -> LocalId | None:
        owners = [(m, e) for m, e in mentions if e.type in OWNERS and e.id != source]
        before = [e.id for m, e in owners if m.end <= found.start]
        return before[-1] if before else self.owner or next((e.id for _, e in owners), None)

    def _place(
        self, found: _Found, mentions: list[tuple[Mention, EntityReading]], sentence: ParsedSentence
    ) -> LocalId | None:
        places = [(m, e) for m, e in mentions if e.type is EntityType.PLACE]
        before = [e.id for m, e in places if m.end <= found.start]
        if places:
            return before[-1] if before else places[0][1].id
        return self.place

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
        owners = [e.id for _, e in mentions if e.type in OWNERS]
        places = [e.id for _, e in mentions if e.type is EntityType.PLACE]
        if owners:
            self.owner = owners[0]
        if places:
            self.place = places[-1]
