"""All relations that a document states: each sentence typed, folded step by step, and read by every family."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from esskg.extract.amounts import currency_of, money_in
from esskg.extract.context import Context, ParsedSentence
from esskg.extract.dates import dates_of
from esskg.extract.grammar import language_of
from esskg.extract.relations.candidates import Candidate
from esskg.extract.relations.checks import stands
from esskg.extract.relations.confidence import confidence
from esskg.extract.relations.folding import acronyms_folded, belongings_folded, introductions_folded
from esskg.extract.relations.frames import Clause, Hit
from esskg.extract.relations.headlines import headline_candidates
from esskg.extract.relations.lists import Line, list_candidates
from esskg.extract.relations.posts import post_candidates, posts, reduce_posts
from esskg.extract.relations.slots import slot_candidates
from esskg.extract.relations.typed import CLASSES, Item, TypedText, typed_text
from esskg.model import DATED_RELATIONS, BlockKind, Modality, RelationType, Span, State, StatementReading

LANGUAGES = ("fr", "en", "es")
_PRONOUN = re.compile(
    r"(?P<word>Ils|Elles|Il|Elle|It|He|She|They|Celui-ci|Celle-ci)\b(?! (?:y a|faut|s'agit|est (?:temps|possible|question)|is (?:time|hoped|expected|also worth)|fallait|suffit|n'y|reste))"
)
_POSSESSIVE = re.compile(r"(?:Son|Sa|Ses|Leur|Leurs|Its|Their|His|Her|Su|Sus)\b")
_PERSONS = {"he", "she"}
_FULL = 260
"""A sentence up to this length is evidence as a whole: a reader needs it to judge."""


def read_statements(context: Context) -> tuple[StatementReading, ...]:
    """Every relation that the document states, one per type and ends, in the order of the text.

    What is negated, planned, hypothetical or merely claimed is set aside with its reason.
    """
    best: dict[tuple[object, ...], StatementReading] = {}
    for candidate in candidates(context):
        if stands(candidate):
            _keep(best, _reading(candidate))
    return tuple(
        sorted(best.values(), key=lambda r: (r.evidence, r.type, r.subject, r.object or "", r.date or ""))
    )


def candidates(context: Context) -> Iterator[Candidate]:
    """What the rules read, before any check."""
    reader = _Reader(context)
    for sentence in context.sentences:
        if sentence.block.kind is not BlockKind.BOILERPLATE:
            yield from reader.read(sentence)
    lines = reader.lines()
    yield from list_candidates(context, lines)
    yield from headline_candidates(lines)


class _Reader:
    """Reads the sentences of one document in turn; remembers what pronouns may stand for."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.home = currency_of(context)
        self.dates = dates_of(context)
        self.antecedents: list[Item] = []

    def read(self, sentence: ParsedSentence) -> Iterator[Candidate]:
        """The candidates of a sentence."""
        language = language_of(sentence.language, LANGUAGES)
        typed = self._typed(sentence, language)
        if not typed.items:
            return
        yield from _evident(_sentence_candidates(typed, language), sentence)

    def lines(self) -> list[Line]:
        """The document's blocks, each typed as a whole."""
        blocks = self.context.document.blocks
        return [
            Line(block, acronyms_folded(self._span((block.start, block.end), block.language)))
            for block in blocks
            if block.kind is not BlockKind.BOILERPLATE
        ]

    def _typed(self, sentence: ParsedSentence, language: str) -> TypedText:
        typed = self._span((sentence.start, sentence.end), language)
        return self._with_pronouns(typed, sentence) if typed.items else typed

    def _span(self, span: Span, language: str) -> TypedText:
        context = self.context
        money = list(money_in(context.text, language, self.home, *span))
        dates = [d for d in self.dates if span[0] <= d.start and d.end <= span[1]]
        return typed_text(context.text, span, context.mentions_in(*span), dates, money)

    def _with_pronouns(self, typed: TypedText, sentence: ParsedSentence) -> TypedText:
        text = self.context.text
        found = _PRONOUN.match(text, sentence.start)
        standing = self._antecedent(found["word"].lower() if found else "son")
        self._remember(typed)
        if standing is None or not (found or _POSSESSIVE.match(text, sentence.start)):
            return typed
        end = found.end() if found else sentence.start
        item = replace(standing, start=sentence.start, end=end, mention=None)
        return _begun_with(item, typed, end - sentence.start)

    def _antecedent(self, word: str) -> Item | None:
        person = CLASSES["person"]
        for item in self.antecedents:
            if (word in _PERSONS and item.code not in person) or (
                word in {"it", "son"} and item.code in person
            ):
                continue
            return item
        return None

    def _remember(self, typed: TypedText) -> None:
        agents = [
            item
            for _, item in sorted(typed.items.items())
            if item.code in CLASSES["agent"] + CLASSES["event"]
        ]
        if agents:
            self.antecedents = agents


def _begun_with(item: Item, typed: TypedText, length: int) -> TypedText:
    """The sentence with its first word, a pronoun, made an item (or an item set before it)."""
    shift = 1 - length if length else 2
    lead = item.code if length else item.code + " "
    items = {0: item, **{i + shift: other for i, other in typed.items.items()}}
    offsets = (typed.offsets[0], *((typed.offsets[0],) if not length else ()), *typed.offsets[length:])
    return TypedText(lead + typed.text[length:], items, offsets)


def _sentence_candidates(typed: TypedText, language: str) -> Iterator[Candidate]:
    """The cascade: what belongs to what, posts, then patterns and frames over what is left."""
    typed = acronyms_folded(typed)
    yield from (candidate for candidate, _, _ in slot_candidates(typed, language, first=True))
    held = list(posts(typed, language))
    yield from post_candidates(typed, language, held)
    typed = belongings_folded(introductions_folded(reduce_posts(typed, held), language), language)
    yield from (candidate for candidate, _, _ in slot_candidates(typed, language, first=False))
    clause = Clause(typed, language)
    for hit in clause.hits():
        yield from _hit_candidates(hit, clause)


def _hit_candidates(hit: Hit, clause: Clause) -> Iterator[Candidate]:
    frame, typed = hit.frame, clause.typed
    rule = f"{frame.name}/{hit.variant}"
    start, end = hit.span
    base = Candidate(
        frame.relation, Item(0, 0, ""), None, rule, (typed.offsets[start], typed.end(end)), hit.modality
    )
    if frame.relation in DATED_RELATIONS:
        date = clause.date_near(hit.verb)
        yield from (replace(base, subject=m.item, date=date) for m in hit.subjects)
        return
    role = typed.text[hit.verb.word : hit.verb.end] if frame.relation is RelationType.HAS_ROLE else None
    for subject, object_ in _pairs(hit):
        yield replace(base, subject=subject, object=object_, amount=hit.amount, role=role)
    if frame.dated and (date := clause.date_near(hit.verb)):
        targets = hit.subjects if frame.inverse else hit.objects
        targets = hit.objects if frame.relation is RelationType.LOCATED_IN else targets
        for member in targets:
            yield replace(base, relation=frame.dated, subject=member.item, date=date, rule=f"{rule}+date")


def _pairs(hit: Hit) -> Iterator[tuple[Item, Item]]:
    subjects, objects = [m.item for m in hit.subjects], [m.item for m in hit.objects]
    if hit.frame.symmetric and not objects:
        yield from ((a, b) for i, a in enumerate(subjects) for b in subjects[i + 1 :])
    elif hit.frame.inverse:
        yield from ((b, a) for a in subjects for b in objects)
    else:
        yield from ((a, b) for a in subjects for b in objects)


def _evident(found: Iterable[Candidate], sentence: ParsedSentence) -> Iterator[Candidate]:
    """Each with its evidence: the whole sentence where it is short, else the clause that was read."""
    whole = (sentence.start, sentence.end)
    for candidate in found:
        short = whole[1] - whole[0] <= _FULL
        evidence = (
            whole if short else (max(whole[0], candidate.evidence[0]), min(whole[1], candidate.evidence[1]))
        )
        yield replace(candidate, evidence=evidence)


def _reading(candidate: Candidate) -> StatementReading:
    assert candidate.subject.entity is not None
    object_ = candidate.object.entity.id if candidate.object and candidate.object.entity else None
    subject = candidate.subject.entity.id
    if candidate.relation is RelationType.PARTNERS_WITH and object_ is not None and object_ < subject:
        subject, object_ = object_, subject
    holds = candidate.modality is Modality.HOLDS
    return StatementReading(
        type=candidate.relation,
        subject=subject,
        object=object_,
        evidence=candidate.evidence,
        rule=candidate.rule,
        confidence=confidence(candidate),
        state=State.ASSERTED if holds else State.QUARANTINED,
        modality=candidate.modality,
        date=candidate.date,
        role=candidate.role,
        amount=candidate.amount,
        reason=None if holds else f"the text says that it is {candidate.modality}",
    )


def _keep(best: dict[tuple[object, ...], StatementReading], reading: StatementReading) -> None:
    """The surest reading of each relation; of equally sure ones the first of the text."""
    key = (
        reading.type,
        reading.subject,
        reading.object,
        reading.date if reading.type in DATED_RELATIONS else None,
    )
    old = best.get(key)
    if old is None or _rank(reading) > _rank(old):
        best[key] = reading


def _rank(reading: StatementReading) -> tuple[bool, float, bool, int]:
    return (
        reading.modality is Modality.HOLDS,
        reading.confidence,
        reading.amount is not None,
        -reading.evidence[0],
    )
