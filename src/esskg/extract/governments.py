"""Countries, regions and cities that act: then their government is meant, and not the place."""

from __future__ import annotations

from collections.abc import Iterator

from esskg.extract.candidates import Candidate
from esskg.extract.lexicon import Lexicon
from esskg.extract.words import Words
from esskg.model import EntityType, Slug

_AGENT = frozenset({"par", "by", "por"})
_SKIPPED = frozenset({",", "qui", "who", "which", "que", "se", "s'", "y", "lui", "leur", "also"})
"""What may stand between a subject and its verb."""
_AUXILIARIES = frozenset({"a", "ont", "aura", "vient", "has", "have", "had", "ha", "han", "había", "habían"})
_TOGETHER = 3
"""A list of so many territories beside a verb of acting is one of governments."""


def acting_places(words: Words, places: list[Candidate], lexicon: Lexicon) -> set[Candidate]:
    """Those among the places of a sentence that stand for their government."""
    spans = [(inside.start, inside.stop, place) for place in places if (inside := _inside(words, place))]
    acting: set[Candidate] = set()
    for group in _groups(words, spans, lexicon):
        if _acts(words, group, lexicon):
            acting |= {place for *_, place in group}
    return acting


Group = list[tuple[int, int, Candidate]]


def _inside(words: Words, place: Candidate) -> range:
    return words.between(place.start, place.end)


def _groups(words: Words, spans: Group, lexicon: Lexicon) -> Iterator[Group]:
    """Places that only commas, "and" and articles stand between."""
    group: Group = []
    for span in sorted(spans, key=lambda span: span[0]):
        if group and not _coordinated(words, group[-1][1], span[0], lexicon):
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _coordinated(words: Words, start: int, end: int, lexicon: Lexicon) -> bool:
    links = lexicon.words["and"] | lexicon.words["articles"] | {",", ";"}
    between = [words.low(index) for index in range(start, end)]
    return 0 < len(between) <= 3 and all(low in links for low in between)


def _acts(words: Words, group: Group, lexicon: Lexicon) -> bool:
    before = group[0][0] - 1
    articled = words.low(before) in lexicon.words["articles"]
    if articled:
        before -= 1
    if words.low(before) in _AGENT:
        return True
    if words.low(before) in lexicon.words["locative"] | lexicon.words["contracted"]:
        return False
    after = group[-1][1]
    while words.low(after) in _SKIPPED:
        after += 1
    if _is_act(words, after, lexicon):
        return True
    return len(group) >= _TOGETHER and (articled or not lexicon.head_first) and _has_act(words, lexicon)


def _is_act(words: Words, index: int, lexicon: Lexicon) -> bool:
    if not lexicon.acting.match(words.low(index)):
        return False
    return words.items[index].pos in {"VERB", "AUX", ""} and _goes_on(words, index)


def _goes_on(words: Words, index: int) -> bool:
    """An auxiliary counts with its participle: "le Québec a adopté", not "le Québec a 8 millions"."""
    following = [words.items[i] for i in range(index + 1, min(index + 4, len(words.items)))]
    if words.low(index) not in _AUXILIARIES:
        return True
    return any(word.pos in {"VERB", "ADJ"} for word in following)


def _has_act(words: Words, lexicon: Lexicon) -> bool:
    return any(
        len(word.low) > 4 and word.kind == "l" and lexicon.acting.match(word.low) for word in words.items
    )


def as_government(place: Candidate, keys: tuple[Slug, ...]) -> Candidate:
    """The mention as one of the government, whose reference rows are given."""
    return Candidate(
        place.start,
        place.end,
        "government",
        place.weight,
        EntityType.PUBLIC_BODY,
        "Government",
        keys,
        votes={EntityType.PUBLIC_BODY: 2.0},
    )
