"""All relations that a document states: each sentence typed, folded step by step and read by each family."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from esskg.extract.amounts import currency_of, money_in
from esskg.extract.context import Context, ParsedSentence
from esskg.extract.dates import between
from esskg.extract.grammar import language_of
from esskg.extract.relations.bridging import bridging_candidates
from esskg.extract.relations.candidates import Candidate
from esskg.extract.relations.checks import stands
from esskg.extract.relations.confidence import confidence
from esskg.extract.relations.folding import acronyms_folded, belongings_folded, introductions_folded
from esskg.extract.relations.frames import Clause, Hit
from esskg.extract.relations.headlines import headline_candidates
from esskg.extract.relations.lists import Line, list_candidates
from esskg.extract.relations.pairs import Scene, Standing
from esskg.extract.relations.posts import post_candidates, posts, reduce_posts
from esskg.extract.relations.pronouns import Pronouns
from esskg.extract.relations.ranked import ranked_candidates
from esskg.extract.relations.ranker import Ranker, current_ranker
from esskg.extract.relations.slots import slot_candidates
from esskg.extract.relations.syntax import Syntax
from esskg.extract.relations.typed import Item, TypedText, mention_items, typed_text, value_items
from esskg.model import (
    DATED_RELATIONS,
    Block,
    BlockKind,
    Modality,
    RelationType,
    Span,
    State,
    StatementReading,
)

LANGUAGES = ("fr", "en", "es")
_FULL = 260
"""A sentence up to this length is evidence as a whole: a reader needs it to judge."""


def read_statements(context: Context) -> tuple[StatementReading, ...]:
    """Every relation that the document states, one per type and ends, in the order of the text.

    What is negated, planned, hypothetical or merely claimed is set aside with its reason.
    """
    best: dict[tuple[object, ...], StatementReading] = {}
    for candidate in candidates(context, current_ranker()):
        if stands(candidate):
            _keep(best, _reading(candidate))
    return tuple(
        sorted(best.values(), key=lambda r: (r.evidence, r.type, r.subject, r.object or "", r.date or ""))
    )


def candidates(context: Context, ranker: Ranker | None = None) -> Iterator[Candidate]:
    """What the rules read, before any check; with a ranker also what it adds, and its probabilities."""
    reader = _Reader(context)
    for read in reader.sentences():
        found = (
            ranked_candidates(read.scene, read.candidates, ranker, read.language)
            if ranker
            else read.candidates
        )
        yield from _evident(found, read.sentence)
        yield from read.bridging
    lines = reader.lines()
    yield from list_candidates(context, lines)
    yield from headline_candidates(lines)


def scenes(context: Context) -> Iterator[SentenceRead]:
    """The sentences of a document as the rules read them."""
    return _Reader(context).sentences()


class SentenceRead(NamedTuple):
    """What the rules read in a sentence, and the sentence as the ranker sees it."""

    sentence: ParsedSentence
    language: str
    scene: Scene
    candidates: list[Candidate]
    bridging: list[Candidate]
    """What it states together with the sentence before."""


class _Reader:
    """Reads the sentences of one document in turn; remembers the one before and what pronouns stand for."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.home = currency_of(context)
        self.dates = context.dates
        self.pronouns = Pronouns()
        self.standing = Standing(context.entities)
        self.last = TypedText("")
        """The sentence before."""

    def sentences(self) -> Iterator[SentenceRead]:
        """The sentences in turn."""
        for sentence in self.context.sentences:
            if sentence.block.kind is not BlockKind.BOILERPLATE and (read := self._read(sentence)):
                yield read

    def _read(self, sentence: ParsedSentence) -> SentenceRead | None:
        language = language_of(sentence.language, LANGUAGES)
        typed = self._typed(sentence, language)
        if not typed.items:
            return None
        bridging = list(bridging_candidates(self.last, typed, language))
        self.last, typed = typed, acronyms_folded(typed)
        found = list(_sentence_candidates(typed, language, Syntax(sentence.tokens)))
        scene = Scene(typed, sentence.block.kind, language, self.standing)
        return SentenceRead(sentence, language, scene, found, bridging)

    def lines(self) -> list[Line]:
        """The document's blocks."""
        document = self.context.document
        blocks = [block for block in document.blocks if block.kind is not BlockKind.BOILERPLATE]
        return [Line(block, self.context.text[block.start : block.end], self._line) for block in blocks]

    def _line(self, block: Block) -> TypedText:
        return acronyms_folded(self._span((block.start, block.end), block.language))

    def _typed(self, sentence: ParsedSentence, language: str) -> TypedText:
        span = sentence.start, sentence.end
        mentions = self.context.mentions_in(*span)
        stand_ins = self.pronouns.stand_ins(self.context.text, span, mentions)
        self.pronouns.remember(mentions)
        return self._span(span, language, stand_ins) if mentions or stand_ins else TypedText("")

    def _span(self, span: Span, language: str, stand_ins: Iterable[Item] = ()) -> TypedText:
        context = self.context
        money = list(money_in(context.text, language, self.home, *span))
        dates = between(self.dates, *span)
        names = [*stand_ins, *mention_items(context.mentions_in(*span))]
        return typed_text(context.text, span, names, value_items(dates, money))


def _sentence_candidates(typed: TypedText, language: str, syntax: Syntax) -> Iterator[Candidate]:
    """The cascade: what belongs to what, posts, then patterns and frames over what is left."""
    yield from (candidate for candidate, _, _ in slot_candidates(typed, language, first=True))
    held = list(posts(typed, language))
    yield from post_candidates(typed, language, held)
    typed = belongings_folded(introductions_folded(reduce_posts(typed, held), language), language)
    yield from (candidate for candidate, _, _ in slot_candidates(typed, language, first=False))
    clause = Clause(typed, language, syntax)
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
    subject, object_ = candidate.ends
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
