"""Lists and labelled lines: a heading states its relation for every name listed under it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import takewhile
from typing import Any

from esskg.extract.context import Context
from esskg.extract.grammar import language_of, rules
from esskg.extract.relations.candidates import Candidate
from esskg.extract.relations.typed import (
    ANY,
    CLASSES,
    CODE,
    DETERMINER,
    SEPARATOR,
    Item,
    TypedText,
    mention_items,
)
from esskg.model import Amount, Block, BlockKind, EntityReading, RelationType, Span

LANGUAGES = ("fr", "en", "es")
CLASSES_OF_LISTS = {
    **CLASSES,
    "money": CLASSES["org"] + CLASSES["event"] + CLASSES["policy"],
    "backed": CLASSES["org"] + CLASSES["event"] + CLASSES["policy"],
}
_ITEM = re.compile(
    rf"^[\s·*>•-]*(?:\(?\w{{1,2}}[.)°] ?)?(?:{DETERMINER})?(?:[a-zà-ÿ-]+ ){{0,2}}(?P<name>[{ANY}])",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[\s·*>•-]*(?P<label>[^:\n]{2,60}?) ?: ")
_NAMED = rf"(?:{DETERMINER})?(?:[a-zà-ÿ-]+ ){{0,2}}\"?[{ANY}]\"?(?: ?\([^()]{{0,40}}\))?"
_INLINE = re.compile(
    r"(?:^|(?<=[.!?] ))(?P<lead>[^.!?:]{3,120}?)(?<! of)(?<! to)(?<! de)(?<! à) ?: "
    rf"(?P<items>{_NAMED}(?:{SEPARATOR}{_NAMED}){{0,40}})",
    re.IGNORECASE,
)
_LONGEST = 260
"""A list item longer than this is a paragraph."""
LEAD = 500
"""A block longer than this is no lead, heading or labelled line."""


@dataclass(frozen=True, slots=True)
class ListRule:
    """What a heading's words say of the names under it; see ``rules/lists.toml``."""

    name: str
    relation: RelationType
    holder: str
    items: str
    item_is_subject: bool
    pattern: re.Pattern[str]


class Line:
    """A block as lists see it; typed only when it is looked into."""

    def __init__(self, block: Block, text: str, typing: Callable[[Block], TypedText]) -> None:
        self.block, self.text, self._typing = block, text, typing

    @cached_property
    def typed(self) -> TypedText:
        """The whole block typed."""
        return self._typing(self.block)


@cache
def _rules(kind: str, language: str) -> tuple[ListRule, ...]:
    return tuple(_rule(row, kind, language) for row in rules("lists")[kind] if language in row)


def _rule(row: dict[str, Any], kind: str, language: str) -> ListRule:
    whole = r"^(?:{})$" if kind == "label" else r"(?<!\w)(?:{})(?!\w)"
    return ListRule(
        name=row["name"],
        relation=RelationType(row["relation"]),
        holder=CLASSES_OF_LISTS[row["holder"]],
        items=CLASSES_OF_LISTS[row["items"]],
        item_is_subject=row["item_is"] == "subject",
        pattern=re.compile(whole.format(row[language]), re.IGNORECASE),
    )


def list_candidates(context: Context, lines: list[Line]) -> Iterator[Candidate]:
    """What the lists and the labelled lines of a document state."""
    for number, line in enumerate(lines):
        language = language_of(line.block.language, LANGUAGES)
        yield from _labelled(context, lines, number, language)
        yield from _inline(context, lines, number, language)
        if listed := _listed(lines, number):
            yield from _under(context, lines, number, listed, language)


def _listed(lines: list[Line], number: int) -> list[Line]:
    """The items that follow a lead: lines that begin with a name."""
    if not _is_lead(lines[number]):
        return []
    return [*takewhile(_is_item, lines[number + 1 : number + 60])]


def _is_lead(line: Line) -> bool:
    text = line.text.rstrip()
    return len(text) <= LEAD and (text.endswith((":", "?")) or line.block.kind is BlockKind.HEADING)


def _is_item(line: Line) -> bool:
    return line.block.end - line.block.start <= _LONGEST and _ITEM.match(line.typed.text) is not None


def _under(
    context: Context, lines: list[Line], number: int, listed: list[Line], language: str
) -> Iterator[Candidate]:
    lead = lines[number].typed
    clause = re.split(r"[.!;] ", lead.text)[-1]
    for rule in _rules("list", language):
        if not rule.pattern.search(clause):
            continue
        holder = _holder(context, lines, number, rule.holder)
        if holder is None:
            continue
        for line in listed:
            found = _ITEM.match(line.typed.text)
            item = line.typed.items[found.start("name")] if found else None
            if item and item.code in rule.items:
                span = lines[number].block.start, min(line.block.end, lines[number].block.start + 600)
                yield _candidate(rule, holder, item, span, _amount(rule, line))


def _amount(rule: ListRule, line: Line) -> Amount | None:
    if rule.relation is not RelationType.FINANCES:
        return None
    return next((item.money.amount for _, item in sorted(line.typed.items.items()) if item.money), None)


def _labelled(context: Context, lines: list[Line], number: int, language: str) -> Iterator[Candidate]:
    """ "Siège : Lyon", "Fondée : en 1987" under a heading or in a document about the one they are said of."""
    line = lines[number]
    found = _LABEL.match(line.typed.text) if ":" in line.text[:LEAD] else None
    if found is None:
        return
    for rule in _rules("label", language):
        if not rule.pattern.search(found["label"]):
            continue
        named = [item for item in line.typed.items_in(found.span("label")) if item.code in rule.holder]
        holder = named[-1] if named else _above(context, lines, number, rule.holder)
        for item in line.typed.items_in((found.end(), len(line.typed.text))):
            if holder and item.code in rule.items:
                span = line.block.start, line.block.end
                role = found["label"] if rule.relation is RelationType.HAS_ROLE else None
                yield replace(_candidate(rule, holder, item, span, None), role=role)
                break


def _inline(context: Context, lines: list[Line], number: int, language: str) -> Iterator[Candidate]:
    """ "Partenaires de la Caisse : la Ville, l'Union (Lyon) et la Ligue" within a block."""
    line = lines[number]
    if ":" not in line.text:
        return
    for found in _INLINE.finditer(line.typed.text):
        for rule in _rules("list", language):
            if not rule.pattern.search(found["lead"]):
                continue
            named = [item for item in line.typed.items_in(found.span("lead")) if item.code in rule.holder]
            holder = named[-1] if named else _above(context, lines, number, rule.holder)
            for item in line.typed.items_in(found.span("items")):
                if holder and item.code in rule.items:
                    span = line.typed.offsets[found.start()], item.end
                    made = _candidate(rule, holder, item, span, None)
                    yield replace(made, rule=f"{rule.relation}.inline")


def _holder(context: Context, lines: list[Line], number: int, codes: str) -> Item | None:
    """Whom a list is about: named in its lead, else in the heading above, else the document's main one."""
    named = [item for _, item in sorted(lines[number].typed.items.items()) if item.code in codes]
    return named[-1] if named else _above(context, lines, number, codes)


def _above(context: Context, lines: list[Line], number: int, codes: str) -> Item | None:
    for line in reversed(lines[max(0, number - 12) : number]):
        if line.block.kind is BlockKind.HEADING or line.block.end - line.block.start < 60:
            above = [item for _, item in sorted(line.typed.items.items()) if item.code in codes]
            if above:
                return above[0]
    return _main(context, codes)


def _main(context: Context, codes: str) -> Item | None:
    """The entity of given types that the document mentions most, if one stands out."""
    counts = Counter({e.id: len(e.mentions) for e in context.entities if CODE[e.type] in codes})
    best = counts.most_common(2)
    if not best or (len(best) == 2 and best[0][1] < 2 * best[1][1]):
        return None
    return _item(context.entity(best[0][0]))


def _item(entity: EntityReading) -> Item:
    return mention_items([(entity.mentions[0], entity)])[0]


def _candidate(rule: ListRule, holder: Item, item: Item, span: Span, amount: Amount | None) -> Candidate:
    if item.date is not None:
        return Candidate(rule.relation, holder, None, rule.name, span, date=item.date)
    subject, object_ = (item, holder) if rule.item_is_subject else (holder, item)
    return Candidate(rule.relation, subject, object_, rule.name, span, amount=amount)
