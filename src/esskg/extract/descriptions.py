"""Short forms and descriptions: which entity "la Caisse", "the Fund" or "cet organisme" stands for."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass

from esskg.extract.candidates import Candidate
from esskg.extract.clusters import Cluster, Clusters
from esskg.extract.lexicon import Lexicon, Phrase, lexicon
from esskg.extract.words import Words, split
from esskg.model import EntityType, Span

_ANNOUNCED = frozenset({EntityType.POLICY_INSTRUMENT, EntityType.EVENT})
"""Types that a text may describe before it names them."""


@dataclass(frozen=True, slots=True)
class Description:
    """A noun that may stand for an entity named elsewhere."""

    start: int
    end: int
    phrase: Phrase
    capital: bool
    sentence: Span
    lexicon: Lexicon
    own: Candidate | None = None
    """What it is where it stands for nothing else: a name of its own."""

    def mention(self) -> Candidate:
        """The description as a mention, which says nothing of the type."""
        return Candidate(self.start, self.end, "short" if self.capital else "description", 1.0)


def generic_phrase(text: str, language: str) -> Phrase | None:
    """The words of a text where they are no more than a head or a describing noun of the lexicon."""
    words = split(text)
    table = lexicon(language)
    return words if words in table.heads or words in table.descriptions else None


def read_descriptions(words: Words, table: Lexicon) -> Iterator[Description]:
    """The definite and demonstrative descriptions of a sentence that no name or complement goes on from."""
    lows = words.lows
    for index in range(1, len(lows)):
        phrase = _phrase_at(lows, index, table) if _is_definite(lows[index - 1], table) else None
        if phrase is None or words.items[index].kind != "l":
            continue
        end = index + len(phrase)
        if not _goes_on(words, end, table):
            start, stop = words.items[index].start, words.items[end - 1].end
            bounds = words.sentence.start, words.sentence.end
            yield Description(start, stop, phrase, False, bounds, table)


def _is_definite(low: str, table: Lexicon) -> bool:
    contracted = table.words["contracted"] - {"des", "aux"}
    return low in table.words["articles"] or low in table.words["demonstratives"] or low in contracted


def _phrase_at(lows: Phrase, index: int, table: Lexicon) -> Phrase | None:
    for size in (3, 2, 1):
        phrase = lows[index : index + size]
        if len(phrase) == size and phrase in table.descriptions:
            return phrase
    return None


def _goes_on(words: Words, end: int, table: Lexicon) -> bool:
    """Whether what follows makes the noun another one: a complement, an adjective or a name."""
    if not words.adjoining(end):
        return False
    word = words.items[end]
    if word.proper or word.low in table.words["of"] or word.text == '"':
        return True
    if not table.head_first:
        return word.pos in {"NOUN", "PROPN"}
    return word.pos == "ADJ" or (word.pos == "" and table.adjective.match(word.low) is not None)


class Antecedents:
    """The named entities of a document as what descriptions may stand for."""

    def __init__(self, clusters: Clusters) -> None:
        self._clusters = clusters
        self._named = [cluster for cluster in clusters if cluster.type not in {None, EntityType.PERSON}]
        self._types = {id(cluster): cluster.type for cluster in self._named}
        self._ends = {id(c): sorted(mention.end for mention in c.mentions) for c in self._named}
        self._headed: dict[tuple[str, Phrase], list[Cluster]] = {}

    def add(self, cluster: Cluster, mention: Candidate) -> None:
        """Know of a further mention, perhaps of a further entity."""
        if id(cluster) not in self._ends:
            self._named.append(cluster)
            self._types[id(cluster)] = cluster.type
            for language, phrase in self._headed:
                if _is_headed_by(cluster, phrase, lexicon(language)):
                    self._headed[language, phrase].append(cluster)
        insort(self._ends.setdefault(id(cluster), []), mention.end)

    def of(self, description: Description) -> Cluster | None:
        """The one entity that a description can stand for; None where none or several fit.

        One that the noun itself heads comes before one whose type merely fits.
        """
        headed = self._headed_by(description)
        before = [cluster for cluster in headed if self._last(cluster, description.start) >= 0]
        if before:
            return self._nearest(before, description)
        if len(headed) == 1 and self._types[id(headed[0])] in _ANNOUNCED:
            return headed[0]
        return None if description.capital else self._nearest(self._fitting(description), description)

    def _headed_by(self, description: Description) -> list[Cluster]:
        key = description.lexicon.language, description.phrase
        if key not in self._headed:
            noun, table = description.phrase, description.lexicon
            self._headed[key] = [c for c in self._named if _is_headed_by(c, noun, table)]
        return self._headed[key]

    def _fitting(self, description: Description) -> list[Cluster]:
        types = description.lexicon.descriptions.get(description.phrase, frozenset()) - {EntityType.PLACE}
        return [
            cluster
            for cluster in self._named
            if self._types[id(cluster)] in types and self._last(cluster, description.start) >= 0
        ]

    def _last(self, cluster: Cluster, offset: int) -> int:
        """The end of an entity's last mention before an offset; -1 where there is none."""
        ends = self._ends[id(cluster)]
        index = bisect_right(ends, offset)
        return ends[index - 1] if index else -1

    def _nearest(self, candidates: list[Cluster], description: Description) -> Cluster | None:
        """The only candidate of the document, else of the paragraph so far, else of the sentence so far."""
        paragraph = self._clusters.text.rfind("\n", 0, description.start)
        for since in (-1, paragraph, description.sentence[0]):
            candidates = [c for c in candidates if self._last(c, description.start) > since]
            if len(candidates) == 1:
                return candidates[0]
        return None


def _is_headed_by(cluster: Cluster, phrase: Phrase, table: Lexicon) -> bool:
    """Whether a name of the entity has the noun for its head."""
    noun = " ".join(phrase).replace("' ", "'")
    names = (name.casefold() for name in cluster.names)
    if table.head_first:
        return any(_begins_with(name, noun) for name in names)
    cores = (name.partition(" of ")[0].partition(" for ")[0].partition(" on ")[0] for name in names)
    return any(f" {core}".endswith(f" {noun}") for core in cores)


def _begins_with(name: str, noun: str) -> bool:
    """Whether a name has a noun at its beginning, or after an ordinal: "quatrième symposium"."""
    _, _, rest = name.partition(" ")
    return f"{name} ".startswith(f"{noun} ") or f"{rest} ".startswith(f"{noun} ")
