"""Names by their capitals, and what the model takes for names."""

from __future__ import annotations

from collections.abc import Iterator

from esskg.extract.candidates import Candidate
from esskg.extract.growth import IsPlace
from esskg.extract.lexicon import LANGUAGES, Lexicon, given_names, surnames
from esskg.extract.lexicon import lexicon as lexicon_of
from esskg.extract.modified import read_modified_runs
from esskg.extract.persons import read_persons
from esskg.extract.runs import Run, Usage, is_common, read_runs
from esskg.extract.untagged import class_before, read_bare_heads, read_joined_runs, read_quoted
from esskg.extract.words import Words
from esskg.model import EntityType

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
_APPOSED = frozenset({",", "(", "est", "is", "es", "était", "was", "-"})
"""What stands between a name and what it is said to be."""

_ALONE = 0.2
"""What a capital inside a sentence tells more where neither months nor peoples have one, as in Spanish."""


def read_names(words: Words, lexicon: Lexicon, usage: Usage, is_place: IsPlace) -> Iterator[Candidate]:
    """The names of a sentence that its capitals or the model show."""
    runs = [] if words.shouting else list(read_runs(words, lexicon, usage))
    for run in runs:
        if not _is_role_complement(words, run, lexicon) and not _is_field(words, run, lexicon):
            yield _of_run(words, run, lexicon)
        yield from read_persons(words, run, lexicon)
    if not lexicon.head_first:
        yield from read_modified_runs(words, runs, lexicon)
    if lexicon.titled:
        yield from read_joined_runs(words, runs, lexicon, is_place)
        yield from (candidate for run in runs for candidate in read_bare_heads(words, run, lexicon))
        yield from read_quoted(words, lexicon)
    yield from _entities(words, lexicon, usage)


def _of_run(words: Words, run: Run, lexicon: Lexicon) -> Candidate:
    first, last = words.items[run.start], words.items[run.end - 1]
    type_ = class_before(words, run.start, lexicon) or _class_after(words, run.end, lexicon)
    weight = 1.0 + 0.8 * (type_ is not None) + 0.6 * (run.end - run.start > 1)
    weight += _ALONE * (lexicon.titled and words.low(run.start - 1)[-1:].isalnum())
    type_ = type_ or _foreign_type(words, run, lexicon) or _type_by_setting(words, run, lexicon)
    return Candidate(first.start, last.end, "capitals", weight, type_)


def _foreign_type(words: Words, run: Run, own: Lexicon) -> EntityType | None:
    """The type of a name in another language by its head: "Kindred Credit Union" in a French text."""
    lows = words.lows
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
    if capitals and (before in {"à", "en", "in"} or (in_region and not lexicon.titled)):
        return EntityType.PLACE
    if lexicon.titled:
        return EntityType.PERSON if capitals and _is_surnamed(words, run) else None
    parsed = bool(words.sentence.tokens)
    articled = before in lexicon.words["articles"] | lexicon.words["contracted"] | lexicon.words["of"]
    if capitals and not parsed and not articled and run.end - run.start in {2, 3}:
        return EntityType.PERSON
    return None


def _is_surnamed(words: Words, run: Run) -> bool:
    """Whether two or three capitalised words end in a common surname."""
    first, *others = (words.items[index].text for index in range(run.start, run.end))
    names = {name for text in others for name in (text, *text.split("-"))}
    known = first in given_names() or not names.isdisjoint(surnames())
    return len(others) in {1, 2, 3} and (known or any(name.endswith("ez") for name in names))


def _is_field(words: Words, run: Run, lexicon: Lexicon) -> bool:
    """Whether a run begins with the noun of a field, which names no one: "la Economía Social"."""
    return words.low(run.start) in lexicon.words.get("fields", ())


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


def _entities(words: Words, lexicon: Lexicon, usage: Usage) -> Iterator[Candidate]:
    if words.shouting:
        return
    for ent in words.sentence.ents:
        indices = words.between(ent.start, ent.end)
        if not indices or ent.label not in _NAMED or any(words.low(i) in {"|", "(", ")"} for i in indices):
            continue
        start = indices.start
        end = indices.stop - (words.items[indices.stop - 1].end > ent.end)
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
    return not words.items[index].proper or is_common(words, index, end, lexicon, usage)
