"""Names by their capitals: persons, runs of capitalised words, and what the model takes for names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from esskg.extract.candidates import Candidate
from esskg.extract.lexicon import Head, Lexicon, Phrase, given_names
from esskg.extract.words import Words
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


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that follow one another: indices [start, end) into a sentence's words."""

    start: int
    end: int


def read_names(words: Words, lexicon: Lexicon, capitalised: frozenset[str]) -> Iterator[Candidate]:
    """The names of a sentence that their capitals show.

    ``capitalised`` are the words that the document capitalises inside its sentences: a word that begins a
    sentence counts as a name only if it is one of these, initials, or a proper noun to the parser.
    """
    runs = [] if words.shouting else list(_runs(words, lexicon, capitalised))
    for run in runs:
        if not _is_role_complement(words, run, lexicon):
            yield _of_run(words, run, lexicon)
        yield from _persons(words, run, lexicon)
    if not lexicon.head_first:
        yield from _headed(words, runs, lexicon)
    yield from _entities(words, lexicon, capitalised)


# --- runs ----------------------------------------------------------------------------------------


def _runs(words: Words, lexicon: Lexicon, capitalised: frozenset[str]) -> Iterator[Run]:
    index, total = 0, len(words.items)
    while index < total:
        end = index
        while end < total and _continues(words, index, end):
            end += 1
        if end == index:
            index += 1
            continue
        start = _trimmed(words, index, end, lexicon, capitalised)
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


def _trimmed(words: Words, start: int, end: int, lexicon: Lexicon, capitalised: frozenset[str]) -> int:
    """Where a run begins without the words that only begin a sentence."""
    while start < end and _is_common(words, start, end, lexicon, capitalised):
        start += 1
    return start


def _is_common(words: Words, index: int, end: int, lexicon: Lexicon, capitalised: frozenset[str]) -> bool:
    word = words.items[index]
    if word.kind == "p" or word.low in lexicon.words["titles"]:
        return True
    article = word.low in lexicon.words["articles"]
    if article and _begins(words, index):
        follower = words.items[index + 1] if index + 1 < end else None
        return follower is None or f"{word.text} {follower.text}" not in capitalised
    if article:
        return index + 1 >= end
    if len(word.text) == 1:
        return True
    if word.low in lexicon.words["common"] or word.low in lexicon.words["roles"]:
        return word.kind != "A" or index + 1 == end or word.low in lexicon.words["roles"]
    if not _begins(words, index) or word.kind == "A" or word.text in capitalised:
        return False
    if index + 1 < end:
        return word.pos in {"ADP", "DET", "PRON", "ADV", "SCONJ", "CCONJ", "VERB", "AUX"}
    return word.pos not in {"PROPN", ""} or word.low in lexicon.words["stops"]


def _begins(words: Words, index: int) -> bool:
    """Whether a word begins the sentence, a quotation or what follows a colon or bullet."""
    return index == 0 or words.items[index - 1].text in {
        '"',
        ":",
        "•",
        "-",
        "*",
        "–",
        "(",
        ")",
        "✓",
        ".",
        "?",
        "!",
        "›",
        "|",
        ">",
    }


def _of_run(words: Words, run: Run, lexicon: Lexicon) -> Candidate:
    first, last = words.items[run.start], words.items[run.end - 1]
    type_ = _class_before(words, run.start, lexicon) or _class_after(words, run.end, lexicon)
    weight = 1.0 + 0.8 * (type_ is not None) + 0.6 * (run.end - run.start > 1)
    return Candidate(first.start, last.end, "capitals", weight, type_)


def _class_before(words: Words, index: int, lexicon: Lexicon) -> EntityType | None:
    """The type of a class word that stands just before: "la coopérative X", "le journal X"."""
    for size in (3, 2, 1):
        phrase = tuple(words.low(index - size + offset) for offset in range(size))
        if phrase in lexicon.classes and words.items[index - 1].kind == "l":
            return lexicon.classes[phrase]
    return None


def _class_after(words: Words, index: int, lexicon: Lexicon) -> EntityType | None:
    """The type of an apposition: "X, une coopérative de …", "X, mutuelle des …"."""
    if words.low(index) != ",":
        return None
    noun = index + 1
    while words.low(noun) in lexicon.words["articles"] | lexicon.words["indefinite"]:
        noun += 1
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
                yield _person(words, start, end, 2.6)
            return
    titled = words.low(run.start - 1) in lexicon.words["titles"] or words.low(run.start - 1) == "."
    if titled and words.low(run.start - 1) != ".":
        yield _person(words, run.start, run.end, 2.4)
    elif _has_role(words, run, lexicon) and 1 < run.end - run.start <= 3:
        yield _person(words, run.start, run.end, 1.6)


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
    if words.low(run.start - 1) in lexicon.words["roles"] and words.items[run.start - 1].kind == "l":
        return True
    if words.low(run.end) not in {",", "("}:
        return False
    noun = run.end + 1
    while words.low(noun) in lexicon.words["articles"] | lexicon.words["indefinite"]:
        noun += 1
    return words.low(noun) in lexicon.words["roles"]


# --- names with the head last --------------------------------------------------------------------


def _headed(words: Words, runs: list[Run], lexicon: Lexicon) -> Iterator[Candidate]:
    """English names: a run that ends in a head, and runs joined over "of", "for", "and"."""
    for index, run in enumerate(runs):
        for other in runs[index : index + 5]:
            if other is not run and not _joined(words, runs, index, other, lexicon):
                break
            head = _head_of(words, run.start, other.end, lexicon)
            if head is not None and (other.end - run.start > 1):
                first, last = words.items[run.start], words.items[other.end - 1]
                yield Candidate(first.start, last.end, "head", 2.4, head.type, head.subtype)


def _joined(words: Words, runs: list[Run], first: int, last: Run, lexicon: Lexicon) -> bool:
    """Whether the run before the last may go on into it."""
    before = runs[runs.index(last) - 1]
    between = [word.low for word in words.items[before.end : last.start]]
    if not between or any(low not in lexicon.words["inside"] for low in between):
        return between == [","] and _within_complement(words, runs[first].start, before.end)
    if any(low in _OF for low in between):
        return _phrase_before(words, before.end, lexicon) is not None or _within_complement(
            words, runs[first].start, before.end
        )
    return between in (["and"], ["&"]) and (
        between == ["&"]
        or _within_complement(words, runs[first].start, before.end)
        or _phrase_before(words, before.end, lexicon) is None
    )


def _within_complement(words: Words, start: int, end: int) -> bool:
    return any(words.low(index) in _OF for index in range(start, end))


def _phrase_before(words: Words, end: int, lexicon: Lexicon) -> Phrase | None:
    return lexicon.head_before([word.low for word in words.items[:end]], end)


def _head_of(words: Words, start: int, end: int, lexicon: Lexicon) -> Head | None:
    """What the head of a name says: the noun before its first complement, else its last."""
    lows = [word.low for word in words.items[:end]]
    core = next((index for index in range(start + 1, end) if lows[index] in _OF), end)
    phrases = [
        tuple(lows[stop - size : stop])
        for stop in ({core, core + 1} if core < end else {core})
        for size in range(1, stop - start + 1)
    ]
    name = " ".join(word.text for word in words.items[start:end])
    return lexicon.type_of(phrases, name)


# --- what the model says -------------------------------------------------------------------------


def _entities(words: Words, lexicon: Lexicon, capitalised: frozenset[str]) -> Iterator[Candidate]:
    if words.shouting:
        return
    for ent in words.sentence.ents:
        indices = [i for i, word in enumerate(words.items) if ent.start <= word.start and word.end <= ent.end]
        if not indices or ent.label not in _NAMED or any(words.low(i) in {"|", "\n"} for i in indices):
            continue
        start, end = indices[0], indices[-1] + 1
        while start < end and _is_edge(words, start, end, lexicon, capitalised):
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


def _is_edge(words: Words, index: int, end: int, lexicon: Lexicon, capitalised: frozenset[str]) -> bool:
    """Whether a word at the beginning of a model's span is no part of a name."""
    return not words.items[index].proper or _is_common(words, index, end, lexicon, capitalised)
