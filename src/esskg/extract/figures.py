"""Figures: counts, shares and sums that a document gives, with what they are about, where and from whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from esskg.extract.amounts import UNKNOWN, Money, currency_of, with_currency
from esskg.extract.attribution import Asked, Attributor, Choose
from esskg.extract.context import Context, ParsedSentence
from esskg.extract.grammar import language_of, rules, words
from esskg.extract.indicators import indicator_of
from esskg.extract.numbers import Number, qualifier_before, read_numbers
from esskg.extract.topics import LANGUAGES, Topics, View, words_of
from esskg.model import (
    BlockKind,
    FigureReading,
    Qualifier,
    Span,
    State,
    StatementReading,
)

_WORDS = 5
_LABEL = re.compile(r"(?P<label>[^\W\d_][^:;.\n]{2,60}?) ?: ?(?:[^\d:;.\n]{0,24})$")
_RANGE = re.compile(r" ?(?:%|€|\$)?(?: (?:à|et|to|and|a|y) (?:d')?| ?- ?)")
_FEWEST = 4
"""Fewer, spelled out, are told in passing: "trois partenaires"."""
_LEADING = re.compile(r"\d+(?:[.,]\d+)?")
_CONFIDENCE = {"money": 0.76, "percent": 0.96, "count": 0.98, "spelled": 0.65, "bare": 0.91}
"""How often each kind was right in the documents that rules were tuned on, smoothed."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A language's words for figures, made ready."""

    unit: re.Pattern[str]
    before: re.Pattern[str]
    determined: re.Pattern[str]
    percent: re.Pattern[str]
    noun: re.Pattern[str]
    noun_of_money: re.Pattern[str]
    scale: re.Pattern[str]
    linked: re.Pattern[str]
    fraction: re.Pattern[str]
    one_in: re.Pattern[str]


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
    name_of_two = rf"(?!(?:{stop})(?!\w)){word}(?: (?!(?:{stop})(?!\w)){word})?"
    return _Words(
        unit=re.compile(rf" ?(?:{'|'.join(table['units'])})(?!\w)", ignore),
        before=re.compile(rf"(?:^|[\s(])(?:{words(table['before'])}) ?$", ignore),
        determined=re.compile(rf"(?:^|[\s(])(?:{words(table['determiners'])}) ?$", ignore),
        percent=re.compile(rf" ?(?:{table['percent']})", ignore),
        noun=re.compile(rf" (?:de |d'|of )?{name}", ignore),
        scale=re.compile(rf"(?<!\w)(?:{table['scales']})\Z", ignore),
        linked=re.compile(table["linked"], ignore),
        fraction=re.compile(
            rf"(?<!\w)(?P<part>{words(table['fractions'])}) (?:{table['parts']}) ?{name_of_two}", ignore
        ),
        one_in=re.compile(table["one_in"], ignore),
        noun_of_money=re.compile(rf" (?:de |d'|of |en |in |des )?{name}", ignore),
    )


def read_figures(
    context: Context, statements: Iterable[StatementReading] = (), choose: Choose | None = None
) -> tuple[FigureReading, ...]:
    """The figures of a document; the money of the given statements stands there and not here.

    Dates, ages, lengths of time, places in a list and numbers inside names are no figures. An amount whose
    currency can't be told is set aside, in ``XXX``. What a heading says before the text does is read once.
    ``choose`` takes whose each figure is, the model in use where it isn't given.
    """
    known = tuple(statements)
    topics = Topics(context, known)
    reader = _Reader(context, topics, Attributor(context, topics, choose), _funded(context.text, known))
    found = [
        (sentence.block, figure)
        for sentence in context.sentences
        if sentence.block.kind is not BlockKind.BOILERPLATE
        for figure in reader.read(sentence)
    ]
    told = {(f.value, f.unit) for block, f in found if block.kind is not BlockKind.HEADING}
    return tuple(
        f for block, f in found if block.kind is not BlockKind.HEADING or (f.value, f.unit) not in told
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
    """Reads the sentences of a document in turn; keeps the currency last used."""

    def __init__(self, context: Context, topics: Topics, attributor: Attributor, funded: list[Span]) -> None:
        self.context, self.text, self.funded = context, context.text, funded
        self.home = currency_of(context)
        self.topics, self.attributor = topics, attributor
        self.currency: str | None = None

    def read(self, sentence: ParsedSentence) -> Iterator[FigureReading]:
        """The figures of a sentence."""
        language = language_of(sentence.language, LANGUAGES)
        mentions = self.context.mentions_in(sentence.start, sentence.end)
        view = View(sentence.start, sentence.end, sentence.block, language, words_of(language), mentions)
        self.topics.follow(view)
        shares = list(self._shares(view))
        for found in (*self._found(view, [(share.start, share.end) for share in shares]), *shares):
            yield self._figure(found, view)
        self.attributor.follow(view)

    # --- which numbers are figures ---------------------------------------------------------------

    def _found(self, view: View, shares: list[Span]) -> Iterator[_Found]:
        """Read backwards, so that "2,9 à 3,3 milliards" gives the first number the unit of the second."""
        taken = (
            [m.span for m, _ in view.mentions]
            + [(d.start, d.end) for d in self.topics.dates_in(view)]
            + self.funded
            + shares
        )
        following: _Found | None = None
        numbers = list(read_numbers(self.text, view.language, view.start, view.end))
        money = {n: with_currency(self.text, n, view.language, self.home, view.start) for n in numbers}
        self.currency = next((m.amount.currency for m in money.values() if m), self.currency)
        for number in reversed(numbers):
            if any(number.digits < end and start < number.end for start, end in taken):
                continue
            found = self._ranged(number, money[number], following) or self._classified(
                number, money[number], view
            )
            if found:
                following = found
                yield found

    def _shares(self, view: View) -> Iterator[_Found]:
        """ "la moitié des membres", "one job in ten"."""
        own, parts = _words(view.language), rules("figures")[view.language]["fractions"]
        for found in own.fraction.finditer(self.text, view.start, view.end):
            yield self._share(found, parts[found["part"].lower()], view)
        for found in own.one_in.finditer(self.text, view.start, view.end):
            whole = next(read_numbers(found["whole"], view.language), None)
            if whole and whole.value > 1 and not own.unit.match(self.text, found.end()):
                yield self._share(found, 100 / whole.value, view)

    def _share(self, found: re.Match[str], value: float, view: View) -> _Found:
        before = qualifier_before(self.text, found.start(), view.language, view.start)
        start, qualifier = before or (found.start(), Qualifier.EXACT)
        number = Number(start, found.end(), found.start(), round(value, 2), qualifier, spelled=True)
        words_ = " ".join(found[0].split())
        return _Found(start, found.end(), number, number.value, "percent", words_, "spelled")

    def _ranged(self, number: Number, own: Money | None, following: _Found | None) -> _Found | None:
        """The lower end of a range, which leaves unit and scale to the upper one."""
        if following is None or not _RANGE.fullmatch(self.text[number.end : following.number.digits]):
            return None
        if own and own.amount.currency != following.unit:
            return None
        scale = 1.0
        written = self.text[following.number.digits : following.number.end]
        if number.value < 1000 <= following.value and (digits := _LEADING.match(written)):
            scale = following.value / float(digits[0].replace(",", "."))
        value = round(number.value * scale, 6)
        return _Found(
            number.start, number.end, number, value, following.unit, following.indicator, following.kind
        )

    def _classified(self, number: Number, money: Money | None, view: View) -> _Found | None:
        if money:
            amount = money.amount.value, money.amount.currency
            number = replace(number, qualifier=money.amount.qualifier)
            return self._made(number, (money.start, money.end), amount, view, "money")
        if percent := _words(view.language).percent.match(self.text, number.end):
            share = number.start, percent.end()
            return self._made(number, share, (number.value, "percent"), view, "percent")
        return self._counted(number, view)

    def _counted(self, number: Number, view: View) -> _Found | None:
        noun = self._noun(number.end, view)
        if self._is_other(number, noun, view):
            return None
        span = number.start, number.end
        if noun is None and number.value >= 1e6 and self.currency and not self._labels_a_count(number, view):
            return self._made(number, span, (number.value, self.currency), view, "bare")
        if noun is None and number.value < 100 and not self._named_before(number):
            return None
        kind = "bare" if noun is None else "spelled" if number.spelled else "count"
        return self._made(number, span, (number.value, "count"), view, kind)

    def _is_other(self, number: Number, noun: int | None, view: View) -> bool:
        """Whether the number is a length of time, a label, a year, or small talk ("les deux")."""
        before = self.text[max(view.start, number.start - 30) : number.start]
        own = _words(view.language)
        if own.unit.match(self.text, number.end) or own.before.search(before):
            return True
        if self._label(number, view) or self._is_year(number, noun):
            return True
        labelled = noun is not None or self._named_before(number) is not None
        idle = not labelled or number.value < _FEWEST or own.determined.search(before) is not None
        return number.spelled and (idle or view.block.kind is BlockKind.HEADING)

    def _made(self, number: Number, span: Span, amount: tuple[float, str], view: View, kind: str) -> _Found:
        noun = self._noun(span[1], view, kind)
        indicator = self._named(number, noun, span[1], kind)
        return _Found(span[0], noun or span[1], number, *amount, indicator, kind)

    def _is_year(self, number: Number, noun: int | None) -> bool:
        """ "la loi de 1984 oblige": a year that no date grammar could be sure of."""
        written = self.text[number.digits : number.end]
        if not re.fullmatch(r"(?:19|20)\d\d", written):
            return False
        return noun is None or not re.match(r" \w+[sx]\b", self.text[number.end : number.end + 30])

    def _label(self, number: Number, view: View) -> bool:
        """Whether the number numbers an item of a list or a clause: "3.", "2)", "4 -"."""
        first = not self.text[view.start : number.digits].strip(" \t·*•-–(")
        after = self.text[number.end : number.end + 2]
        before = self.text[max(0, number.digits - 1) : number.digits]
        numbered = first and (after[:1] in {".", ")", "°", ":"} or self._section(number))
        return numbered or before in {"/", "#", "°"} or after[:1] in {"°", "/", "º", "ᵉ"}

    def _section(self, number: Number) -> bool:
        """Whether the number is that of a section: "3.2 Growth Fund"."""
        written = self.text[number.digits : number.end]
        return (
            re.fullmatch(r"\d{1,2}\.\d{1,2}", written) is not None
            and self.text[number.end : number.end + 2].strip().isupper()
        )

    def _noun(self, position: int, view: View, kind: str = "count") -> int | None:
        own = _words(view.language)
        scaled = kind != "money" and own.scale.search(self.text, max(view.start, position - 12), position)
        if scaled and not own.linked.match(self.text, position):
            return None
        pattern = own.noun_of_money if kind == "money" else own.noun
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

    def _labels_a_count(self, number: Number, view: View) -> bool:
        """Whether the label before a number tells of what is counted: "Members: over one million"."""
        return indicator_of(self._named_before(number) or "", "count", view.language) is not None

    # --- what they are about ---------------------------------------------------------------------

    def _figure(self, found: _Found, view: View) -> FigureReading:
        span, words_ = (found.start, found.end), found.indicator
        said = self.topics.of(span, words_, view)
        topic = self.attributor.settle(Asked(span, found.value, found.unit, words_, view, said))
        return FigureReading(
            indicator=found.indicator,
            value=found.value,
            unit=found.unit,
            evidence=span,
            rule=f"figure.{found.kind}",
            confidence=_CONFIDENCE[found.kind],
            qualifier=found.number.qualifier,
            about=topic.about,
            place=topic.place,
            source=topic.source,
            date=topic.date,
            state=State.QUARANTINED if found.unit == UNKNOWN else State.ASSERTED,
        )
