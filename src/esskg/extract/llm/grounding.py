"""What a model claims, held against the text: only what the words bear out becomes a statement."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from esskg.documents import same_length
from esskg.extract.amounts import currency_of, money_in
from esskg.extract.context import Context
from esskg.extract.llm.answers import Claim
from esskg.extract.llm.passages import Passage
from esskg.extract.modality import modality_of
from esskg.extract.relations.candidates import Candidate
from esskg.extract.relations.checks import stands
from esskg.extract.relations.typed import CODE, Item
from esskg.model import DATED_RELATIONS, Amount, EntityReading, Mention, Modality, RelationType, Span

LONGEST_QUOTE = 600
"""Characters: longer words don't point at anything."""
_STOPS = re.compile(r"[;:.!?]")


class RefusedError(Exception):
    """A claim that the text doesn't bear out, with the reason."""


class Grounding:
    """Checks claims about the passages of one document."""

    def __init__(self, context: Context, rule: str) -> None:
        self._context, self._rule = context, rule

    def candidate(self, claim: Claim, passage: Passage) -> Candidate:
        """The claim as a candidate whose quote, ends, figures, dates and negations are the text's own.

        Raises RefusedError with the reason where any of them isn't.
        """
        relation = _relation(claim)
        if claim.get("negated"):
            raise RefusedError("negated by its own word")
        subject, object_ = self._ends(claim, relation, passage)
        span, mentions = self._located(_text(claim, "quote"), passage, [subject, object_])
        if self._modality(span, passage) is not Modality.HOLDS:
            raise RefusedError("negated, planned or hypothetical in the text")
        items = [_item(mention, entity) for mention, entity in mentions]
        candidate = Candidate(
            relation,
            items[0],
            items[1] if object_ else None,
            self._rule,
            span,
            date=self._date(claim, relation, span),
            role=self._role(claim, relation, span),
            amount=self._amount(claim, relation, span, passage),
        )
        if not stands(candidate):
            raise RefusedError("ends of the wrong type")
        return candidate

    def _ends(
        self, claim: Claim, relation: RelationType, passage: Passage
    ) -> tuple[EntityReading, EntityReading | None]:
        named = {entity.id: entity for entity in passage.entities}
        try:
            subject = named[claim["subject"]]
            return subject, None if relation in DATED_RELATIONS else named[claim["object"]]
        except (KeyError, TypeError):
            raise RefusedError("entity not in the passage") from None

    def _located(
        self, quote: str, passage: Passage, ends: list[EntityReading | None]
    ) -> tuple[Span, list[tuple[Mention, EntityReading]]]:
        """The first place of the quote in which each end has a mention of its own."""
        found = False
        for span in _places(quote, self._context.text, passage):
            found = True
            inside = self._context.mentions_in(*span)
            firsts = [_first(inside, end) for end in ends if end is not None]
            if all(firsts):
                return span, [first for first in firsts if first]
        raise RefusedError("end outside the quote" if found else "quote not in the text")

    def _modality(self, span: Span, passage: Passage) -> Modality:
        """How the sentences that the quote stands in are meant: the least that any word of theirs allows."""
        for sentence in self._context.sentences:
            if sentence.start < span[1] and span[0] < sentence.end:
                modality = _least(self._context.text[sentence.start : sentence.end], passage.language)
                if modality is not Modality.HOLDS:
                    return modality
        return Modality.HOLDS

    def _date(self, claim: Claim, relation: RelationType, span: Span) -> str | None:
        date = claim.get("date") if relation in DATED_RELATIONS else None
        if date is None:
            return None
        if any(d.iso == date for d in self._dates if span[0] <= d.start and d.end <= span[1]):
            return str(date)
        raise RefusedError("date not in the quote")

    def _role(self, claim: Claim, relation: RelationType, span: Span) -> str | None:
        if relation is not RelationType.HAS_ROLE or not claim.get("role"):
            return None
        role = re.compile(rf"(?<!\w){_pattern(_text(claim, 'role'))}(?!\w)", re.IGNORECASE)
        found = role.search(self._context.text, *span)
        if not found:
            raise RefusedError("role not in the quote")
        return self._context.document.text[slice(*found.span())]

    def _amount(self, claim: Claim, relation: RelationType, span: Span, passage: Passage) -> Amount | None:
        """The text's own amount, where the claim's is the same."""
        claimed = claim.get("amount")
        if relation is not RelationType.FINANCES or not claimed:
            return None
        for money in money_in(self._context.text, passage.language, self._home, passage.start, passage.end):
            if span[0] <= money.start and money.end <= span[1] and _same(claimed, money.amount):
                return money.amount
        raise RefusedError("amount not in the quote")

    @cached_property
    def _dates(self) -> list[Any]:
        return self._context.dates

    @cached_property
    def _home(self) -> dict[str, str]:
        return currency_of(self._context)


def _relation(claim: Claim) -> RelationType:
    try:
        return RelationType(str(claim.get("type")))
    except ValueError:
        raise RefusedError("unknown relation") from None


def _text(claim: Claim, key: str) -> str:
    value = claim.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_QUOTE:
        raise RefusedError(f"{key} missing or too long")
    return same_length(unicodedata.normalize("NFC", value))


def _pattern(quote: str) -> str:
    return r"\s+".join(map(re.escape, quote.split()))


def _places(quote: str, text: str, passage: Passage) -> Iterator[Span]:
    """Where the words of a quote stand in a passage, letter by letter, whatever the spaces; never within a
    word or a number."""
    found = re.compile(rf"(?<!\w){_pattern(quote)}(?!\w|[.,]\d)")
    return (match.span() for match in found.finditer(text, passage.start, passage.end))


def _first(
    inside: list[tuple[Mention, EntityReading]], end: EntityReading
) -> tuple[Mention, EntityReading] | None:
    return next((pair for pair in inside if pair[1].id == end.id), None)


def _item(mention: Mention, entity: EntityReading) -> Item:
    return Item(mention.start, mention.end, CODE[entity.type], entity, mention)


def _least(sentence: str, language: str) -> Modality:
    """How a sentence is meant, any word of it taken for the verb's."""
    joined = _STOPS.sub(" ", sentence)
    near = modality_of(sentence, 0, len(sentence), language)
    return near if near is not Modality.HOLDS else modality_of(joined, len(joined), len(joined), language)


def _same(claimed: object, amount: Amount) -> bool:
    if not isinstance(claimed, dict) or claimed.get("currency") != amount.currency:
        return False
    value = claimed.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isclose(value, amount.value, rel_tol=1e-9) if abs(value) < 1e18 else False
