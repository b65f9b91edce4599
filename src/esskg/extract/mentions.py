"""Everything in a document that may be a mention, and what is kept of it, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from esskg.extract.acronyms import read_expansions
from esskg.extract.candidates import Candidate, best, united
from esskg.extract.gazetteer import Gazetteer
from esskg.extract.governments import acting_places, as_government
from esskg.extract.heads import read_heads
from esskg.extract.lexicon import LANGUAGES, Lexicon, lexicon
from esskg.extract.modified import read_modified_heads
from esskg.extract.names import read_names
from esskg.extract.runs import Usage, read_usage
from esskg.extract.words import Word, Words
from esskg.model import EntityType

_JOINED = re.compile(r"(?<![\w'-])([A-ZÀ-Þ][\w-]{2,30}) (?:de|du|des|del|of) ([A-ZÀ-Þ][\w-]{2,30})")
_BOTH = frozenset({EntityType.PLACE, EntityType.PUBLIC_BODY})


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence, the lexicon of its language and the mentions that are kept."""

    words: Words
    lexicon: Lexicon
    mentions: tuple[Candidate, ...]


def read_mentions(text: str, sentences: list[Words], gazetteer: Gazetteer) -> list[Sentence]:
    """The mentions of a document by name, without overlap."""
    known = sorted((*gazetteer.find(text), *_joined_names(text, gazetteer)), key=lambda found: found.span)
    starts = [candidate.start for candidate in known]
    usage = read_usage(sentences)
    read = []
    for words in sentences:
        table = lexicon(words.sentence.language)
        start, end = words.sentence.start, words.sentence.end
        nearby = known[bisect_left(starts, start) : bisect_left(starts, end)]
        common = table.words["common"]
        inside = [c for c in nearby if c.end <= end and text[c.start : c.end].lower() not in common]
        found = [*inside, *_found(words, table, usage, gazetteer)]
        found = [_without_placed_persons(candidate, text, gazetteer) for candidate in found]
        weighed = [_weighed(candidate, words, table) for candidate in united(found)]
        kept = _with_governments(best(weighed, text), words, table, gazetteer, text)
        read.append(Sentence(words, table, tuple(kept)))
    return read


def _found(words: Words, table: Lexicon, usage: Usage, gazetteer: Gazetteer) -> Iterator[Candidate]:
    if table.head_first:
        yield from read_heads(words, table, gazetteer.is_place)
    else:
        yield from read_modified_heads(words, table)
    yield from read_names(words, table, usage, gazetteer.is_place)
    yield from read_expansions(words, table)


def _joined_names(text: str, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """ "Bergère de France": two capitalised words that the document only ever has together."""
    matches = list(_JOINED.finditer(text))
    together = Counter(match[0] for match in matches)
    alone = Counter(re.findall(r"[\w'-]+", text)) if matches else Counter[str]()
    for match in matches:
        first = match[1]
        if together[match[0]] < 2 or gazetteer.meanings(first) or _is_generic(first.lower()):
            continue
        if alone[first] == together[match[0]]:
            yield Candidate(match.start(), match.end(), "capitals", 2.2)


def _is_generic(low: str) -> bool:
    tables = [lexicon(language) for language in LANGUAGES]
    return any((low,) in t.heads or low in t.words["common"] or low in t.words["roles"] for t in tables)


def _without_placed_persons(candidate: Candidate, text: str, gazetteer: Gazetteer) -> Candidate:
    """A model's person whose name holds a place is none: "France Active", "Plunkett UK"."""
    if candidate.source != "ner" or candidate.type is not EntityType.PERSON:
        return candidate
    first, *_, last = text[candidate.start : candidate.end].split() * 2
    named = gazetteer.is_place(first) or gazetteer.is_place(last)
    return replace(candidate, type=None) if named else candidate


def _weighed(candidate: Candidate, words: Words, table: Lexicon) -> Candidate:
    """A known name or a model's span counts for half where it cuts a run of capitalised words."""
    if candidate.source not in {"gazetteer", "ner"} or words.shouting:
        return candidate
    inside = words.between(candidate.start, candidate.end)
    if not inside:
        return candidate
    first, last = inside[0], inside[-1]
    cut_before = words.adjoining(first) and first > 1 and _is_name(words.items[first - 1], table)
    cut_after = words.adjoining(last + 1) and _is_name(words.items[last + 1], table)
    return replace(candidate, weight=candidate.weight / 2) if cut_before or cut_after else candidate


def _is_name(word: Word, table: Lexicon) -> bool:
    return word.proper and not table.has(word.low, "common", "roles", "titles")


def _with_governments(
    mentions: list[Candidate], words: Words, table: Lexicon, gazetteer: Gazetteer, text: str
) -> Iterator[Candidate]:
    """The mentions, territories told apart from their governments."""
    territories = {m.span: _territory(m) for m in mentions if _is_known_place(m)}
    acting = acting_places(words, list(territories.values()), table)
    for mention in mentions:
        territory = territories.get(mention.span)
        if territory is None:
            yield mention
        elif territory in acting:
            names = gazetteer.meanings(text[mention.start : mention.end])
            keys = {key for name in names if name.type is EntityType.PUBLIC_BODY for key in name.keys}
            yield as_government(territory, tuple(sorted(keys)))
        else:
            yield territory


def _is_known_place(mention: Candidate) -> bool:
    return (
        mention.source == "gazetteer" and EntityType.PLACE in mention.votes and mention.votes.keys() <= _BOTH
    )


def _territory(mention: Candidate) -> Candidate:
    """The mention as one of the place alone."""
    votes = {EntityType.PLACE: 2.0}
    keys = mention.keys if mention.type is EntityType.PLACE else ()
    return replace(mention, type=EntityType.PLACE, subtype=None, votes=votes, keys=keys)
