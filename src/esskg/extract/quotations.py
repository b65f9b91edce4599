"""Quotations: words between marks, or in a block after a colon, with the named speaker who says them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from esskg.extract.context import Context
from esskg.extract.grammar import language_of, rules, words
from esskg.model import (
    ORGANIZATION_TYPES,
    BlockKind,
    EntityReading,
    EntityType,
    Mention,
    QuotationReading,
    Span,
)

LANGUAGES = ("fr", "en", "es")
LONGEST = 2_000
"""Marks further apart than this many characters don't belong together."""
_MARKS = re.compile(
    rf"«(?P<a>[^«»]{{2,{LONGEST}}})»|“(?P<b>[^“”]{{2,{LONGEST}}})”|„(?P<c>[^„“”]{{2,{LONGEST}}})[“”]"
    rf"|(?<!\w)\"(?P<d>[^\"\n]{{2,{LONGEST}}})\"(?!\w)"
)
_SPEAKERS = ORGANIZATION_TYPES | {EntityType.PERSON}
_STOP = r"(?<!\b[A-ZÀ-Ý])(?<!\bM[mr])(?<!\bDr)(?<!\bSr)(?<!\bSra)[.!?…]"
"""Not behind an initial ("Ana F. Lima") or a title."""
_SENTENCE_END = re.compile(rf"{_STOP}[»”\")]*\s")
_CLOSE = re.compile(rf"{_STOP}(?:\s|$)")
_NAMES = re.compile(r" (?:est|sont|is|are|es|son|était|was) (?:une?|una|an?|the|le|la|el|los|las|des)\b")
"""What follows a name in marks: "« Alpha » est un programme"."""
_REACH = 200
_SHORT = 3
"""Words of a quotation that is followed by no verb of saying: fewer are a title or scare quotes."""


@dataclass(frozen=True, slots=True)
class _Words:
    verb: re.Pattern[str]
    according: re.Pattern[str]
    pronoun: re.Pattern[str]
    hers: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    table = rules("quotations")[language]
    return _Words(
        re.compile(rf"(?<![\w-])(?:{table['verbs']})(?:{table['pronouns']})?(?![\w-])", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{words(table['according'])})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:{table['pronouns']})\b", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{words(table['according'])}) (?:{table['persons']})(?!\w)", re.IGNORECASE),
    )


def read_quotations(context: Context) -> tuple[QuotationReading, ...]:
    """The quotations of a document that are someone's whom it names; the evidence is the words themselves."""
    found = [*_marked(context), *_blocks(context)]
    kept: list[QuotationReading] = []
    for quotation in sorted(found, key=lambda q: (q.evidence, -q.confidence)):
        if not kept or quotation.evidence[0] >= kept[-1].evidence[1]:
            kept.append(quotation)
    return tuple(kept)


def _marked(context: Context) -> Iterator[QuotationReading]:
    text = context.document.text
    for found in _MARKS.finditer(text):
        inner = next(name for name in "abcd" if found[name] is not None)
        span = _trimmed(text, *found.span(inner))
        if span[0] >= span[1] or _is_name(context, span) or _NAMES.match(context.text, found.end()):
            continue
        read = _speaker(context, found.span(), span)
        if read:
            speaker, rule, confidence = read
            yield QuotationReading(speaker.id, span, rule, confidence)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_name(context: Context, span: Span) -> bool:
    """Whether the words are (or stand inside) a name: a title, a programme, a scare-quoted term."""
    wide = context.mentions_in(max(0, span[0] - _REACH), min(len(context.text), span[1] + _REACH))
    return any(m.start <= span[0] and span[1] <= m.end for m, _ in wide)


def _speaker(context: Context, outer: Span, inner: Span) -> tuple[EntityReading, str, float] | None:
    language = _language(context, inner[0])
    vocabulary = _words(language)
    before = _before(context, outer[0])
    after = _after(context, outer[1])
    long_ = len(context.text[inner[0] : inner[1]].split()) > _SHORT
    return (
        _said_after(context, after, vocabulary)
        or _said_before(context, before, vocabulary)
        or _said_around(context, before, after, vocabulary)
        or (_carried(context, outer, vocabulary) if long_ else None)
    )


def _language(context: Context, offset: int) -> str:
    block = next((b for b in context.document.blocks if b.start <= offset < b.end), None)
    return language_of(block.language if block else context.document.language, LANGUAGES)


def _before(context: Context, position: int) -> Span:
    """From the beginning of the sentence (within the paragraph) to the opening mark."""
    floor = max(context.text.rfind("\n", 0, position) + 1, position - _REACH)
    ends = [m.end() for m in _SENTENCE_END.finditer(context.text, floor, position)]
    return (ends[-1] if ends else floor), position


def _after(context: Context, position: int) -> Span:
    """From the closing mark to the end of the sentence (within the paragraph)."""
    line = context.text.find("\n", position)
    ceiling = min(line if line >= 0 else len(context.text), position + _REACH)
    closed = context.text[position - 2 : position - 1] in ".!?…" and not _goes_on(context.text, position)
    if closed:
        return position, position
    found = _CLOSE.search(context.text, position, ceiling)
    return position, found.start() if found else ceiling


def _goes_on(text: str, position: int) -> bool:
    """Whether the sentence goes on behind a quotation that ends in a full stop: "… .”, she said"."""
    return re.match(r",? (?:- )?[a-zà-ÿ,]", text[position : position + 4]) is not None


def _speakers(context: Context, span: Span) -> list[tuple[Mention, EntityReading]]:
    return [(m, e) for m, e in context.mentions_in(*span) if e.type in _SPEAKERS]


def _said_after(context: Context, after: Span, vocabulary: _Words) -> tuple[EntityReading, str, float] | None:
    """« … », explique X; « … », X explique; « … », dit-il."""
    verb = vocabulary.verb.search(context.text, after[0], min(after[1], after[0] + 90))
    speakers = _speakers(context, after)
    if verb is None:
        if speakers and re.fullmatch(
            r"[ ,]*(?:-|\(|selon|according to|as|-+) ?(?:la |le |l'|the )?",
            context.text[after[0] : speakers[0][0].start],
        ):
            return speakers[0][1], "quotation.dash", 0.85
        return None
    if vocabulary.pronoun.search(verb[0]):
        return _carried_from(context, after[0])
    near = [(m, e) for m, e in speakers if m.start >= verb.end() - 1] or speakers
    return (_person_first(near), "quotation.verb-after", 0.93) if near else _carried_from(context, after[0])


def _person_first(speakers: list[tuple[Mention, EntityReading]]) -> EntityReading:
    """People speak; of "explique la présidente de la Caisse, Ana Lima" it is she."""
    first = speakers[0]
    if first[1].type is EntityType.PERSON:
        return first[1]
    person = next(
        (e for m, e in speakers if e.type is EntityType.PERSON and m.start - first[0].end < 60), None
    )
    return person or first[1]


def _said_before(
    context: Context, before: Span, vocabulary: _Words
) -> tuple[EntityReading, str, float] | None:
    """X explique : « … »; selon X, « … »; pour X : « … »."""
    speakers = _speakers(context, before)
    lead = context.text[before[0] : before[1]]
    if vocabulary.hers.search(lead):
        return _carried_from(context, before[0])
    if not speakers:
        return None
    if vocabulary.verb.search(lead):
        subject = _subject(context, speakers, before, vocabulary)
        return subject, "quotation.verb-before", 0.9
    if vocabulary.according.search(lead) or lead.rstrip().endswith(":"):
        return _person_first(speakers), "quotation.according", 0.85
    return None


def _subject(
    context: Context, speakers: list[tuple[Mention, EntityReading]], before: Span, vocabulary: _Words
) -> EntityReading:
    """The speaker nearest before the last verb of saying, people first."""
    verbs = list(vocabulary.verb.finditer(context.text, *before))
    ahead = [(m, e) for m, e in speakers if m.end <= verbs[-1].start()]
    people = [e for _, e in ahead if e.type is EntityType.PERSON]
    if people:
        return people[-1]
    after = [e for m, e in speakers if m.start >= verbs[-1].end() and e.type is EntityType.PERSON]
    return ahead[0][1] if ahead else after[0] if after else _person_first(speakers)


def _said_around(
    context: Context, before: Span, after: Span, vocabulary: _Words
) -> tuple[EntityReading, str, float] | None:
    """A quotation inside a sentence whose verb stands behind it: X, pour qui « … », le répète."""
    speakers = _speakers(context, before)
    if speakers and vocabulary.verb.search(context.text, *after):
        return _person_first(speakers[::-1]), "quotation.around", 0.7
    return None


def _carried(context: Context, outer: Span, vocabulary: _Words) -> tuple[EntityReading, str, float] | None:
    """A quotation that is a sentence of its own, after one that ends in a colon or a quotation's speaker."""
    lead = context.text[max(0, outer[0] - 260) : outer[0]].rstrip()
    if lead.endswith(":"):
        start = outer[0] - 260 if outer[0] > 260 else 0
        speakers = _speakers(context, (start, outer[0]))
        return (_person_first(speakers[::-1]), "quotation.colon", 0.8) if speakers else None
    return None


def _carried_from(context: Context, position: int) -> tuple[EntityReading, str, float] | None:
    """The last person named before a pronoun that speaks: "dit-elle"."""
    start = max(0, position - 600)
    speakers = _speakers(context, (start, position))
    people = [e for _, e in speakers if e.type is EntityType.PERSON]
    chosen = people[-1] if people else speakers[-1][1] if speakers else None
    return (chosen, "quotation.pronoun", 0.75) if chosen else None


def _blocks(context: Context) -> Iterator[QuotationReading]:
    """A paragraph in lower case after "Pour la présidente, Ana Lima :" is her words, without marks."""
    blocks = [b for b in context.document.blocks if b.kind is not BlockKind.BOILERPLATE]
    for lead, block in pairwise(blocks):
        text = context.text[lead.start : lead.end].rstrip()
        if block.kind is not BlockKind.PARAGRAPH or not text.endswith(":") or block.end - block.start < 60:
            continue
        if context.document.text[block.start] in '«“"' or context.text[
            block.start : block.end
        ].rstrip().endswith(":"):
            continue
        vocabulary = _words(_language(context, lead.start))
        last = max(
            (m.end() for m in _SENTENCE_END.finditer(context.text, lead.start, lead.end - 1)),
            default=lead.start,
        )
        speakers = [(m, e) for m, e in _speakers(context, (last, lead.end))]
        clause = context.text[last : lead.end]
        attributed = vocabulary.verb.search(clause) or vocabulary.according.match(clause)
        if speakers and attributed:
            yield QuotationReading(
                _person_first(speakers).id,
                _trimmed(context.text, block.start, block.end),
                "quotation.block",
                0.82,
            )
