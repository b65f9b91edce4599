"""Names by their capitals: persons, runs of capitalised words, and what the model takes for names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from esskg.extract.candidates import Candidate
from esskg.extract.lexicon import LANGUAGES, Head, Lexicon, Phrase, given_names
from esskg.extract.lexicon import lexicon as lexicon_of
from esskg.extract.words import Word, Words
from esskg.model import EntityType

_PARTICLES = frozenset(
    {
        "de",
        "du",
        "des",
        "d'",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "di",
        "da",
        "del",
        "y",
        "el",
        "ben",
        "dos",
    }
)
_LABELS = {
    "PER": EntityType.PERSON,
    "PERSON": EntityType.PERSON,
    "LOC": EntityType.PLACE,
    "GPE": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "LAW": EntityType.POLICY_INSTRUMENT,
    "EVENT": EntityType.EVENT,
}
"""Types that the models' labels stand for; their other labels tell no type."""
_NAMED = frozenset(_LABELS) | {"ORG", "MISC", "NORP"}
_OF = frozenset({"of", "for", "on", "against", "concerning"})


_APPOSED = frozenset({",", "(", "est", "is", "es", "était", "was", "-"})
"""What stands between a name and what it is said to be."""
_OPENERS = frozenset('":•-*])✓.?!›|>■–·;')
_FUNCTION_POS = frozenset({"ADP", "DET", "PRON", "ADV", "SCONJ", "CCONJ", "VERB", "AUX"})
_ABSTRACT = re.compile(
    r"\w+(?:ment|tion|sion|ing|ity|ure|ism|ance|ence|ship|ness|al|ive|ics|ch|th|ety|omy|ogy|ry)\Z"
)
"""English nouns and adjectives that are no names by themselves: they may be joined to another by "and"."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How a document writes its words."""

    capitalised: frozenset[str]
    """Words, and articles with the word after them, that are capitalised inside a sentence."""
    lower: frozenset[str]
    """Words that are written in small letters somewhere."""


def read_usage(sentences: Iterable[Words]) -> Usage:
    """How the sentences of a document that are not set in capitals write their words."""
    capitalised: set[str] = set()
    lower: set[str] = set()
    for words in sentences:
        if words.shouting:
            continue
        lower.update(word.text for word in words.items if word.kind == "l")
        for index in range(1, len(words.items)):
            word = words.items[index]
            if word.proper and words.items[index - 1].kind in "lN":
                capitalised.add(word.text)
                if index + 1 < len(words.items) and words.items[index + 1].proper:
                    capitalised.add(f"{word.text} {words.items[index + 1].text}")
    return Usage(frozenset(capitalised), frozenset(lower))


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that follow one another: indices [start, end) into a sentence's words."""

    start: int
    end: int


def read_names(words: Words, lexicon: Lexicon, usage: Usage) -> Iterator[Candidate]:
    """The names of a sentence that their capitals show.

    A word that begins a sentence counts as a name only if the document capitalises it inside a sentence, if
    it is written in capitals, or if it is a proper noun to the parser.
    """
    runs = [] if words.shouting else list(_runs(words, lexicon, usage))
    for run in runs:
        if not _is_role_complement(words, run, lexicon):
            yield _of_run(words, run, lexicon)
        yield from _persons(words, run, lexicon)
    if not lexicon.head_first:
        yield from _headed(words, runs, lexicon)
    yield from _entities(words, lexicon, usage)


# --- runs ----------------------------------------------------------------------------------------


def _runs(words: Words, lexicon: Lexicon, usage: Usage) -> Iterator[Run]:
    index, total = 0, len(words.items)
    while index < total:
        end = index
        while end < total and _continues(words, index, end):
            end += 1
        if end == index:
            index += 1
            continue
        start = _trimmed(words, index, end, lexicon, usage)
        if start < end:
            yield Run(start, end)
        index = end


def _continues(words: Words, start: int, index: int) -> bool:
    word = words.items[index]
    if index > start and not words.adjoining(index):
        return False
    if word.proper:
        return True
    follower = words.items[index + 1] if index + 1 < len(words.items) else None
    if index > start and word.low in {"d'", "l'", "&", "van", "von", "der"} and follower is not None:
        return follower.proper and words.adjoining(index + 1)
    return index > start and word.kind == "N" and len(word.text) <= 4 and not word.year


def _trimmed(words: Words, start: int, end: int, lexicon: Lexicon, usage: Usage) -> int:
    """Where a run begins without the words that only begin a sentence."""
    while start < end and _is_common(words, start, end, lexicon, usage):
        start += 1
    return start


def _is_common(words: Words, index: int, end: int, lexicon: Lexicon, usage: Usage) -> bool:
    """Whether a capitalised word at the beginning of a run is no part of a name."""
    word = words.items[index]
    if not word.proper or len(word.text) == 1 or word.low in lexicon.words["titles"]:
        return True
    if word.low in lexicon.words["articles"]:
        return _is_plain_article(words, index, end, lexicon, usage)
    if word.low in lexicon.words["roles"]:
        return True
    if word.low in lexicon.words["common"]:
        return word.kind != "A" or index + 1 == end
    return _begins(words, index) and _only_begins(word, index + 1 == end, lexicon, usage)


def _is_plain_article(words: Words, index: int, end: int, lexicon: Lexicon, usage: Usage) -> bool:
    """Whether a capitalised article is none of a name: "La Nef" bears one."""
    if index + 1 >= end or not lexicon.head_first:
        return True
    follower = words.items[index + 1]
    return _begins(words, index) and f"{words.items[index].text} {follower.text}" not in usage.capitalised


def _only_begins(word: Word, alone: bool, lexicon: Lexicon, usage: Usage) -> bool:
    """Whether a word has its capital only from the beginning of a sentence."""
    if word.kind == "A" or word.text in usage.capitalised:
        return False
    if not alone:
        return word.pos in _FUNCTION_POS
    common = word.low in usage.lower or word.low in lexicon.words["stops"]
    return common or word.pos not in {"PROPN", ""}


def _begins(words: Words, index: int) -> bool:
    """Whether a word begins the sentence, a quotation, an item or what follows a colon."""
    return index == 0 or words.items[index - 1].text in _OPENERS


def _of_run(words: Words, run: Run, lexicon: Lexicon) -> Candidate:
    first, last = words.items[run.start], words.items[run.end - 1]
    type_ = _class_before(words, run.start, lexicon) or _class_after(words, run.end, lexicon)
    weight = 1.0 + 0.8 * (type_ is not None) + 0.6 * (run.end - run.start > 1)
    type_ = type_ or _foreign_type(words, run, lexicon) or _type_by_setting(words, run, lexicon)
    return Candidate(first.start, last.end, "capitals", weight, type_)


def _foreign_type(words: Words, run: Run, own: Lexicon) -> EntityType | None:
    """The type of a name in another language by its head: "Kindred Credit Union" in a French text."""
    lows = [word.low for word in words.items[: run.end]]
    name = " ".join(word.text for word in words.items[run.start : run.end])
    for language in LANGUAGES:
        other = lexicon_of(language)
        phrase = other.head_at(lows, run.start) if other.head_first else other.head_before(lows, run.end)
        if other is not own and run.end - run.start > 1 and phrase:
            head = other.type_of([phrase], name)
            return head.type if head else None
    return None


def _type_by_setting(words: Words, run: Run, lexicon: Lexicon) -> EntityType | None:
    """A place where "à", "en" or "in" places it; without a parse, a person where two capitalised words stand
    without an article."""
    before = words.low(run.start - 1)
    capitals = all(word.kind == "C" for word in words.items[run.start : run.end])
    in_region = words.low(run.start - 2) in {"dans", "en"} and before in lexicon.words["articles"]
    if capitals and (before in {"à", "en", "in"} or in_region):
        return EntityType.PLACE
    parsed = bool(words.sentence.tokens)
    articled = before in lexicon.words["articles"] | lexicon.words["contracted"] | lexicon.words["of"]
    if capitals and not parsed and not articled and run.end - run.start in {2, 3}:
        return EntityType.PERSON
    return None


def _class_before(words: Words, index: int, lexicon: Lexicon) -> EntityType | None:
    """The type of a class word that stands just before: "la coopérative X", "four banks: X"."""
    index -= words.low(index - 1) in {":", '"'}
    for size in (3, 2, 1):
        phrase = tuple(words.low(index - size + offset) for offset in range(size))
        if phrase in lexicon.classes and words.items[index - 1].kind == "l":
            return lexicon.classes[phrase]
    return None


def _class_after(words: Words, index: int, lexicon: Lexicon) -> EntityType | None:
    """The type of an apposition: "X, une coopérative de …", "X, mutuelle des …"."""
    if words.low(index) not in _APPOSED:
        return None
    noun = index + 1
    while words.low(noun) in lexicon.words["articles"] | lexicon.words["indefinite"]:
        noun += 1
    return _class_at(words, noun, lexicon)


def _class_at(words: Words, noun: int, lexicon: Lexicon) -> EntityType | None:
    for size in (3, 2, 1):
        phrase = tuple(words.low(noun + offset) for offset in range(size))
        if phrase in lexicon.classes and words.items[noun].kind == "l":
            return lexicon.classes[phrase]
    return None


def _is_role_complement(words: Words, run: Run, lexicon: Lexicon) -> bool:
    """Whether a run says what somebody is minister or director of."""
    before = run.start - 1
    while words.low(before) in lexicon.words["articles"]:
        before -= 1
    return words.low(before) in {"of", "for", "de", "du", "des", "à", "d'"} and words.low(before - 1) in {
        "minister",
        "ministre",
        "ministra",
        "ministro",
        "secretary",
        "secrétaire",
    }


# --- persons -------------------------------------------------------------------------------------


def _persons(words: Words, run: Run, lexicon: Lexicon) -> Iterator[Candidate]:
    for start in range(run.start, run.end):
        if words.items[start].text.partition("-")[0] in given_names():
            end = _surname_end(words, start, run.end)
            if end - start > 1 and not _is_headed(words, start, end, lexicon):
                start -= words.low(start - 1).endswith(".") and len(words.low(start - 1)) == 2
                yield _person(words, start, end, 2.6)
            return
    titled = words.low(run.start - 1) in lexicon.words["titles"] or words.low(run.start - 1) == "."
    if titled and words.low(run.start - 1) != ".":
        yield _person(words, run.start, run.end, 2.4)
    elif _has_role(words, run, lexicon) and _may_be_person(words, run, lexicon):
        yield _person(words, run.start, run.end, 1.6)


def _may_be_person(words: Words, run: Run, lexicon: Lexicon) -> bool:
    """Two or three words, or one after a role: "la ministre Laforest"."""
    alone = words.low(run.start - 1) in lexicon.words["roles"] and words.items[run.start].kind == "C"
    return 1 < run.end - run.start <= 3 or (alone and run.end - run.start == 1)


def _person(words: Words, start: int, end: int, weight: float) -> Candidate:
    return Candidate(words.items[start].start, words.items[end - 1].end, "person", weight, EntityType.PERSON)


def _surname_end(words: Words, start: int, end: int) -> int:
    """Where a person's name ends, over the particles of the surname: "van Schendel", "de la Croix"."""
    if end - start < 4:
        follower = end
        while words.low(follower) in _PARTICLES and words.adjoining(follower):
            follower += 1
        joined = (
            follower < len(words.items) and words.items[follower].kind == "C" and words.adjoining(follower)
        )
        if (
            follower > end
            and joined
            and (end - start == 1 or words.low(end) in {"van", "von", "der", "di", "da"})
        ):
            return follower + 1
    return min(end, start + 4)


def _is_headed(words: Words, start: int, end: int, lexicon: Lexicon) -> bool:
    lows = [word.low for word in words.items[:end]]
    return lexicon.head_before(lows, end) is not None and not lexicon.head_first


def _has_role(words: Words, run: Run, lexicon: Lexicon) -> bool:
    """Whether a role stands in apposition: "X, présidente de …", "le maire X"."""
    before = words.low(run.start - 1)
    if before in lexicon.words["roles"] or (
        before == ":" and words.low(run.start - 2) in lexicon.words["roles"]
    ):
        return True
    if words.low(run.end) not in {",", "("}:
        return False
    noun = run.end + 1
    if words.low(noun) == "who":
        return True
    while words.low(noun) in lexicon.words["articles"] | lexicon.words["indefinite"]:
        noun += 1
    return words.low(noun) in lexicon.words["roles"]


# --- names with the head last --------------------------------------------------------------------


def _headed(words: Words, runs: list[Run], lexicon: Lexicon) -> Iterator[Candidate]:
    """English names: a run that ends in a head, and runs joined over "of", "for", "and"."""
    for index, run in enumerate(runs):
        for last in range(index, min(index + 5, len(runs))):
            if last > index and not _joined(words, run, runs[last - 1], runs[last], lexicon):
                break
            end = runs[last].end
            head = _head_of(words, run.start, end, lexicon)
            if head is not None and end - run.start > 1:
                first, final = words.items[run.start], words.items[end - 1]
                yield Candidate(first.start, final.end, "head", 2.4, head.type, head.subtype)


def _joined(words: Words, first: Run, before: Run, after: Run, lexicon: Lexicon) -> bool:
    """Whether a name that goes from the first run over the one before may go on into the one after."""
    between = [word.low for word in words.items[before.end : after.start]]
    complement = _within_complement(words, first.start, before.end)
    if between == [","]:
        return complement and words.low(after.end) in {"and", ","}
    if not between or any(low not in lexicon.words["inside"] for low in between):
        return False
    if any(low in _OF for low in between):
        return _goes_on_of(words, first, before, after, lexicon)
    if between not in (["and"], ["&"]):
        return False
    return between == ["&"] or complement or _is_half(words, first, before, lexicon)


def _goes_on_of(words: Words, first: Run, before: Run, after: Run, lexicon: Lexicon) -> bool:
    """Whether "of" and the like go on a name: after a head, and not into another organisation."""
    head = _head_of(words, first.start, before.end, lexicon)
    if _within_complement(words, first.start, before.end):
        return not _is_organization(words, after, lexicon)
    if head is None or _phrase_before(words, before.end, lexicon) is None:
        return False
    if head.type is EntityType.EVENT:
        return False
    return before.end - first.start == 1 or not _is_organization(words, after, lexicon)


def _is_organization(words: Words, run: Run, lexicon: Lexicon) -> bool:
    return words.items[run.start].kind == "A" or (
        run.end - run.start > 1 and _phrase_before(words, run.end, lexicon) is not None
    )


def _is_half(words: Words, first: Run, before: Run, lexicon: Lexicon) -> bool:
    """Whether a run is but the first half of a name: "Employment and Social Development …"."""
    headless = _phrase_before(words, before.end, lexicon) is None
    abstract = _ABSTRACT.match(words.low(before.end - 1)) is not None
    return headless and abstract and words.low(first.start - 1) not in {"between", "both"}


def _within_complement(words: Words, start: int, end: int) -> bool:
    return any(words.low(index) in _OF for index in range(start, end))


def _phrase_before(words: Words, end: int, lexicon: Lexicon) -> Phrase | None:
    return lexicon.head_before([word.low for word in words.items[:end]], end)


def _head_of(words: Words, start: int, end: int, lexicon: Lexicon) -> Head | None:
    """What the head of a name says: the noun before its first complement, else its last."""
    lows = [word.low for word in words.items[:end]]
    core = next((index for index in range(start + 1, end) if lows[index] in _OF), end)
    stops = (core, core + 1) if core < end else (core,)
    phrases = [tuple(lows[stop - size : stop]) for stop in stops for size in range(1, stop - start + 1)]
    return lexicon.type_of(phrases, " ".join(word.text for word in words.items[start:end]))


# --- what the model says -------------------------------------------------------------------------


def _entities(words: Words, lexicon: Lexicon, usage: Usage) -> Iterator[Candidate]:
    if words.shouting:
        return
    for ent in words.sentence.ents:
        indices = [i for i, word in enumerate(words.items) if ent.start <= word.start and word.end <= ent.end]
        if not indices or ent.label not in _NAMED or any(words.low(i) in {"|", "(", ")"} for i in indices):
            continue
        start, end = indices[0], indices[-1] + 1
        while start < end and _is_edge(words, start, end, lexicon, usage):
            start += 1
        while end > start and words.items[end - 1].kind == "p":
            end -= 1
        if start < end and words.items[start].proper:
            yield _of_entity(words, start, end, ent.label, lexicon)


def _of_entity(words: Words, start: int, end: int, label: str, lexicon: Lexicon) -> Candidate:
    """A model's span; its type counts for little where nothing else about the span agrees with it."""
    type_ = _LABELS.get(label)
    if type_ is EntityType.PERSON and (end - start == 1 or words.items[start].kind == "A"):
        type_ = None
    placed = words.low(start - 1) in lexicon.words["locative"] | {"("}
    if type_ is EntityType.PLACE and (words.items[start].kind == "A" or not placed):
        type_ = None
    return Candidate(words.items[start].start, words.items[end - 1].end, "ner", 0.8, type_)


def _is_edge(words: Words, index: int, end: int, lexicon: Lexicon, usage: Usage) -> bool:
    """Whether a word at the beginning of a model's span is no part of a name."""
    return not words.items[index].proper or _is_common(words, index, end, lexicon, usage)
