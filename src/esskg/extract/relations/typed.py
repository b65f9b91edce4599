"""A sentence as rules see it: each mention, date and amount one character that tells its type.

"En 1995, la CDEC crée la SDA" becomes "⟨date⟩, la ⟨Network⟩ crée la ⟨SocialEconomyEnterprise⟩", so that a
pattern of a few words holds for any names, however long. Spans of words can be *reduced* to the one item
that they are about ("⟨Person⟩, présidente de ⟨Network⟩," to "⟨Person⟩"), so that later rules see further:
a cascade as in FASTUS (Hobbs et al., 1997).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from esskg.extract.amounts import Money
from esskg.extract.dates import DateMention
from esskg.extract.grammar import rules, words
from esskg.model import ORGANIZATION_TYPES, EntityReading, EntityType, Mention, Span

_FIRST = 0xE000
CODE = {type_: chr(_FIRST + n) for n, type_ in enumerate(EntityType)}
DATE, MONEY = chr(_FIRST + 20), chr(_FIRST + 21)
ANY = "".join(CODE.values())

_ORGANIZATION = "".join(CODE[type_] for type_ in EntityType if type_ in ORGANIZATION_TYPES)
CLASSES = {
    "org": _ORGANIZATION,
    "agent": _ORGANIZATION + CODE[EntityType.PERSON],
    "person": CODE[EntityType.PERSON],
    "event": CODE[EntityType.EVENT],
    "policy": CODE[EntityType.POLICY_INSTRUMENT],
    "place": CODE[EntityType.PLACE],
    "umbrella": CODE[EntityType.NETWORK] + CODE[EntityType.INTERGOVERNMENTAL_BODY],
    "operating": CODE[EntityType.SOCIAL_ECONOMY_ENTERPRISE]
    + CODE[EntityType.FINANCIAL_INSTITUTION]
    + CODE[EntityType.OTHER_ORGANIZATION],
    "public": CODE[EntityType.PUBLIC_BODY] + CODE[EntityType.INTERGOVERNMENTAL_BODY],
    "any": ANY,
    "date": DATE,
    "money": MONEY,
}
"""What the slots of patterns may hold, by the name used in the rule files."""

_WORDS = rules("clause")["any"]
DETERMINER = f"(?:{words(_WORDS['determiners'])})"
PREPOSITION = f"(?:{words(_WORDS['prepositions'])})"
SEPARATOR = rf"(?: ?[,;] ?(?:{words(_WORDS['after_comma'])})?| (?:{words(_WORDS['conjunctions'])}) | ?[/+] ?)"
"""Regular expressions for what stands before an item and between the items of a list."""


@dataclass(frozen=True, slots=True)
class Item:
    """One character of a typed text: what it stands for and where."""

    start: int
    end: int
    code: str
    entity: EntityReading | None = None
    mention: Mention | None = None
    date: str | None = None
    money: Money | None = None

    @property
    def span(self) -> Span:
        """Offsets into the document."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class TypedText:
    """The characters that rules match, with the item or offset behind each."""

    text: str
    items: dict[int, Item] = field(default_factory=dict)
    """Index of a character → what it stands for."""
    offsets: tuple[int, ...] = ()
    """For each character, where it begins in the document; one more for the end."""

    def index(self, offset: int) -> int:
        """The character that stands for an offset of the document."""
        return bisect_right(self.offsets, offset) - 1

    def span(self, match: re.Match[str]) -> Span:
        """The offsets in the document that a match covers."""
        return self.offsets[match.start()], self.end(match.end())

    def end(self, index: int) -> int:
        """Where the character before an index ends in the document."""
        item = self.items.get(index - 1)
        return item.end if item else self.offsets[index - 1] + 1

    def items_in(self, span: Span) -> Iterator[Item]:
        """The items between two indices, in order."""
        return (self.items[i] for i in range(*span) if i in self.items)

    def reduced(self, kept: Iterable[tuple[Span, int]]) -> TypedText:
        """The same text with each (disjoint) stretch of it made one: the item at the index beside it."""
        sources: list[int] = []
        last = 0
        for (start, end), index in sorted(kept):
            if start >= last:
                sources += [*range(last, start), index]
                last = end
        sources += range(last, len(self.text))
        return self._of(sources, {index: start for (start, _), index in kept})

    def _of(self, sources: list[int], begins: dict[int, int]) -> TypedText:
        """The characters at the given indices; a folded one begins where its stretch began."""
        items = {new: self.items[old] for new, old in enumerate(sources) if old in self.items}
        offsets = tuple(self.offsets[begins.get(old, old)] for old in sources)
        return TypedText("".join(self.text[i] for i in sources), items, (*offsets, self.offsets[-1]))


def mention_items(mentions: Iterable[tuple[Mention, EntityReading]]) -> list[Item]:
    """Items for mentions."""
    return [Item(m.start, m.end, CODE[e.type], e, m) for m, e in mentions]


def value_items(dates: Iterable[DateMention], money: Iterable[Money]) -> list[Item]:
    """Items for dates and amounts."""
    dated = [Item(d.start, d.end, DATE, date=d.iso) for d in dates]
    return dated + [Item(m.start, m.end, MONEY, money=m) for m in money]


def typed_text(text: str, span: Span, names: Iterable[Item], values: Iterable[Item] = ()) -> TypedText:
    """A stretch of a document with its items each made one character; names win over dates and amounts."""
    named = list(names)
    taken = sorted(item.span for item in named)
    free = [item for item in values if _free(*item.span, taken)]
    return _encoded(text, span, sorted([*named, *free], key=lambda item: item.span))


def _free(start: int, end: int, taken: list[Span]) -> bool:
    after = bisect_right(taken, (start, end))
    return all(t[1] <= start or t[0] >= end for t in taken[max(0, after - 1) : after + 1])


def _encoded(text: str, span: Span, items: list[Item]) -> TypedText:
    pieces: list[str] = []
    offsets: list[int] = []
    placed: dict[int, Item] = {}
    position = span[0]
    for item in items:
        if item.start < position:
            continue
        pieces.append(text[position : item.start])
        offsets.extend(range(position, item.start))
        placed[len(offsets)] = item
        pieces.append(item.code)
        offsets.append(item.start)
        position = item.end
    pieces.append(text[position : span[1]])
    offsets.extend(range(position, span[1] + 1))
    return TypedText("".join(pieces).replace("\n", " "), placed, tuple(offsets))
