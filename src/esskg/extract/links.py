"""Short forms and descriptions: which entity "la Caisse", "the Fund" or "cet organisme" stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from esskg.extract.candidates import Candidate
from esskg.extract.clusters import Cluster, Clusters
from esskg.extract.lexicon import Lexicon, Phrase, lexicon
from esskg.extract.words import Words
from esskg.model import EntityType

_ANNOUNCED = frozenset({EntityType.POLICY_INSTRUMENT, EntityType.EVENT})
"""Types that a text may describe before it names them."""
_LINKED = frozenset(EntityType) - {EntityType.PERSON, EntityType.PLACE}


def merge_known(clusters: Clusters) -> None:
    """Make one of the clusters whose names belong to the same single reference row."""
    owners: dict[str, Cluster] = {}
    for cluster in list(clusters):
        if len(cluster.keys) == 1:
            (key,) = cluster.keys
            owners[key] = clusters.merge(owners[key], cluster) if key in owners else cluster


def merge_surnames(clusters: Clusters) -> None:
    """Make one of a surname and the person of the document who alone bears it."""
    persons = [cluster for cluster in clusters if cluster.type is EntityType.PERSON]
    for cluster in list(clusters):
        if " " in cluster.name or cluster.type not in {None, EntityType.PERSON, EntityType.PLACE}:
            continue
        bearers = [
            person
            for person in persons
            if person is not cluster and person in list(clusters) and _is_surname(cluster.name, person.name)
        ]
        if len(bearers) == 1 and (cluster.type is not EntityType.PLACE):
            clusters.merge(bearers[0], cluster)


def _is_surname(short: str, full: str) -> bool:
    return full.casefold().endswith(f" {short.casefold()}")


def merge_contained(clusters: Clusters) -> None:
    """Make one of a name and the only longer name that begins or ends with it."""
    for cluster in sorted(clusters, key=lambda cluster: (-len(cluster.name), cluster.first)):
        if not _may_shorten(cluster):
            continue
        longer = [other for other in clusters if other is not cluster and _contains(other, cluster)]
        if len(longer) == 1:
            clusters.merge(longer[0], cluster)


def _may_shorten(cluster: Cluster) -> bool:
    return cluster.type is None or cluster.type in _LINKED


def _contains(longer: Cluster, shorter: Cluster) -> bool:
    if longer.type not in _LINKED or (longer.keys and shorter.keys and longer.keys != shorter.keys):
        return False
    if shorter.type is not None and shorter.type is not longer.type and shorter.votes[shorter.type] >= 2.4:
        return False
    short = shorter.name.casefold()
    return any(
        len(name) > len(short) and (name.startswith(f"{short} ") or name.endswith(f" {short}"))
        for name in map(str.casefold, longer.names)
    )


# --- generic short forms ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Description:
    """A noun that may stand for an entity named elsewhere."""

    start: int
    end: int
    phrase: Phrase
    types: frozenset[EntityType]
    capital: bool
    sentence: tuple[int, int]
    own: Candidate | None = None
    """What it is where it stands for nothing else: a name of its own."""


def generic_phrase(text: str, language: str) -> Phrase | None:
    """The words of a text where they are no more than a head or a describing noun of the lexicon."""
    words = tuple(text.casefold().replace("'", "' ").split())
    table = lexicon(language)
    return words if words in table.heads or words in table.descriptions else None


def types_of(phrase: Phrase, table: Lexicon) -> frozenset[EntityType]:
    """The types of entities that a noun may stand for."""
    heads = frozenset(head.type for head in table.heads.get(phrase, ()))
    return heads | table.descriptions.get(phrase, frozenset())


def read_descriptions(words: Words, table: Lexicon) -> Iterator[Description]:
    """The definite and demonstrative descriptions of a sentence that no name or complement goes on from."""
    lows = [word.low for word in words.items]
    for index in range(1, len(lows)):
        determiner = lows[index - 1]
        if not _is_definite(determiner, table):
            continue
        phrase = _longest(lows, index, table)
        if phrase is None or words.items[index].kind != "l":
            continue
        end = index + len(phrase)
        if not _goes_on(words, end, table):
            yield Description(
                words.items[index].start,
                words.items[end - 1].end,
                phrase,
                types_of(phrase, table),
                False,
                (words.sentence.start, words.sentence.end),
            )


def _is_definite(low: str, table: Lexicon) -> bool:
    contracted = table.words["contracted"] - {"des", "aux"}
    return low in table.words["articles"] or low in table.words["demonstratives"] or low in contracted


def _longest(lows: list[str], index: int, table: Lexicon) -> Phrase | None:
    for size in (3, 2, 1):
        phrase = tuple(lows[index : index + size])
        if len(phrase) == size and phrase in table.descriptions:
            return phrase
    return None


def _goes_on(words: Words, end: int, table: Lexicon) -> bool:
    """Whether what follows makes the noun another one: a complement, an adjective or a name."""
    if end >= len(words.items) or not words.adjoining(end):
        return False
    word = words.items[end]
    if word.proper or word.low in table.words["of"] or word.text == '"':
        return True
    if not table.head_first:
        return word.pos in {"NOUN", "PROPN"} or (word.pos == "" and word.low.endswith(("'s", "s'")))
    return word.pos == "ADJ" or (word.pos == "" and table.adjective.match(word.low) is not None)


def antecedent(description: Description, clusters: Clusters, table: Lexicon) -> Cluster | None:
    """The one entity named before that a description can stand for; None where none or several fit."""
    named = [
        cluster for cluster in clusters if cluster.names and cluster.type in _LINKED | {EntityType.PLACE}
    ]
    before = [c for c in named if c.last_before(description.start) >= 0]
    headed = [c for c in before if _is_headed_by(c, description.phrase, table)]
    if headed:
        return _nearest(headed, description, clusters.text)
    later = [c for c in named if c not in before and _is_headed_by(c, description.phrase, table)]
    if len(later) == 1 and later[0].type in _ANNOUNCED:
        return later[0]
    fitting = [c for c in before if c.type in description.types and c.type is not EntityType.PLACE]
    if description.capital or not fitting:
        return None
    if description.phrase not in table.descriptions:
        return None
    return _nearest(fitting, description, clusters.text)


def _is_headed_by(cluster: Cluster, phrase: Phrase, table: Lexicon) -> bool:
    """Whether a name of the entity has the noun for its head."""
    noun = " ".join(phrase).replace("' ", "'")
    for name in map(str.casefold, cluster.names):
        core = (
            name if table.head_first else name.partition(" of ")[0].partition(" for ")[0].partition(" on ")[0]
        )
        bounded = f" {core} "
        if table.head_first and (
            bounded.startswith(f" {noun} ") or f" {noun} " in f" {' '.join(name.split()[1:3])} "
        ):
            return True
        if not table.head_first and bounded.endswith(f" {noun} "):
            return True
    return False


def _nearest(candidates: list[Cluster], description: Description, text: str) -> Cluster | None:
    """The candidate last mentioned, unless another was mentioned in the same paragraph just before."""
    if len(candidates) == 1:
        return candidates[0]
    paragraph = text.rfind("\n", 0, description.start)
    near = [cluster for cluster in candidates if cluster.last_before(description.start) > paragraph]
    if len(near) == 1:
        return near[0]
    within = [c for c in near if c.last_before(description.start) > description.sentence[0]]
    if len(within) == 1:
        return within[0]
    return None


def as_mention(description: Description) -> Candidate:
    """The description as a mention, which says nothing of the type."""
    return Candidate(description.start, description.end, "description", 1.0)
