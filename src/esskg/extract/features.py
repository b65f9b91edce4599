"""What the names of an entity and the words around its mentions tell of it, for a linear model."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from esskg.extract.candidates import Candidate
from esskg.extract.clusters import Cluster, Clusters
from esskg.extract.kinds import kinds_of
from esskg.extract.lexicon import LANGUAGES, Lexicon, cues, given_names, lexicon
from esskg.extract.linear import Features, present
from esskg.extract.mentions import Sentence
from esskg.extract.words import Words, split
from esskg.model import EntityType
from esskg.reference import is_acronym

_WINDOW = 80
"""Characters on either side of a mention in which words tell of its type."""
_NEAR = 5
"""Words on either side in which nouns tell of it."""
_STEM = 6
_MOST = 5
"""Mentions that are looked at for cues."""
_AT = frozenset({"chez", "at", "in", "by", "from", "par", "avec", "with", "con", "en", "dans"})
_APPOSED = frozenset({",", "(", "-", "–", "—", ":"})
"""Signs after which a name may be said to be something."""
_OPENING = frozenset({'"', "("})
_LINKED = re.compile(
    r"\s*(?:[,;&]|et|and|y|e|ou|or|ainsi que|as well as|así como)\s*(?:[,;&]|et|and|y|e|ou|or)?\s*"
    r"(?:(?:le|la|les|l'|the|el|los|las|du|de|des|d'|del|of|à|au|avec|with|con|par|by|por)\s*){0,3}"
)
"""What stands between two members of a list."""
_LONGEST_LINK = 20
_CLOSED = ("articles", "contracted", "locative", "titles", "roles", "of", "demonstratives")
"""Classes of words just before a mention that tell of it."""


class EntityFeatures:
    """The features of the entities of one document."""

    def __init__(self, clusters: Clusters, sentences: list[Sentence]) -> None:
        self._sentences = sentences
        self._starts = [sentence.words.sentence.start for sentence in sentences]
        self._cues = _cue_places(sentences)
        self._siblings = _siblings(clusters)

    def of(self, cluster: Cluster) -> Features:
        """The features of one entity."""
        table = self._sentence(cluster.mentions[0]).lexicon
        found = {feature: 1.0 for name in cluster.names for feature in _of_name(name, table.language)}
        for mention in cluster.mentions:
            found |= present(_of_setting(self._sentence(mention), mention))
        found |= present(_of_siblings(self._siblings.get(cluster, ())))
        return found | _of_votes(cluster) | self._near_cues(cluster)

    def _sentence(self, mention: Candidate) -> Sentence:
        return self._sentences[bisect_right(self._starts, mention.start) - 1]

    def _near_cues(self, cluster: Cluster) -> dict[str, float]:
        found: dict[str, float] = {}
        for type_, starts in self._cues.items():
            near = 0
            for mention in cluster.mentions[:_MOST]:
                near += bisect_left(starts, mention.start) - bisect_left(starts, mention.start - _WINDOW)
                near += bisect_left(starts, mention.end + _WINDOW) - bisect_left(starts, mention.end)
            if near:
                found[f"cue={type_}"] = min(near, 2)
        return found


def _cue_places(sentences: list[Sentence]) -> dict[EntityType, list[int]]:
    """Where words begin that tell of a type when they stand near a name."""
    found: dict[EntityType, list[int]] = {type_: [] for type_ in cues()}
    for sentence in sentences:
        for word in sentence.words.items:
            for type_ in _cued(word.low):
                found[type_].append(word.start)
    return found


@lru_cache(maxsize=50_000)
def _cued(word: str) -> tuple[EntityType, ...]:
    return tuple(type_ for type_, pattern in cues().items() if pattern.match(word))


# --- names -----------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def _of_name(name: str, language: str) -> tuple[str, ...]:
    words = split(name)
    return (
        f"first={words[0]}",
        f"last={words[-1]}",
        f"first2={' '.join(words[:2])}",
        *(f"word={word}" for word in words if len(word) > 2),
        *(f"stem={word[:5]}" for word in words if len(word) > 2),
        *(f"name~{kind}" for word in words for kind in kinds_of(word)),
        *(f"first~{kind}" for kind in kinds_of(words[0])),
        *(f"last~{kind}" for kind in kinds_of(words[-1])),
        *_of_letters(words),
        *_of_shape(name),
        *_of_heads(name, words, language),
    )


def _of_letters(words: tuple[str, ...]) -> Iterator[str]:
    """How the words begin and end: "Gloucester*shire*", "*Bio*coop"."""
    for word in words:
        if len(word) > 3:
            yield from (f"begins={word[:3]}", f"ends={word[-3:]}", f"ends={word[-4:]}")
    yield from (f"first~{words[0][:3]}", f"last~{words[-1][-3:]}")


def _of_shape(name: str) -> Iterator[str]:
    words = name.split()
    acronym = is_acronym(name)
    yield f"length={min(len(words), 6)}"
    yield f"lower={min(sum(word[0].islower() for word in words), 3)}"
    if acronym:
        yield f"acronym={min(len(name), 6)}"
    if len(words) > 1 and words[0] in given_names():
        yield "given"
    if len(words) == 1 and not acronym and any(letter.isupper() for letter in name[1:]):
        yield "camel"
    if any(letter.isdigit() for letter in name):
        yield "digit"
    if "-" in name:
        yield "hyphen"
    if name[0].islower():
        yield "small"


def _of_heads(name: str, words: tuple[str, ...], language: str) -> Iterator[str]:
    """The heads that the name's own language and the others know in it."""
    for table in map(lexicon, LANGUAGES):
        own = "" if table.language == language else "~"
        phrase = table.head_at(words, 0) if table.head_first else table.head_before(words, len(words))
        head = table.type_of([phrase], name) if phrase else None
        if head and phrase:
            yield f"head{own}={head.type}"
            yield f"subtype{own}={head.subtype}"
            if len(words) > len(phrase):
                yield f"headed{own}={head.type}"


# --- siblings --------------------------------------------------------------------------------------


def _siblings(clusters: Clusters) -> dict[Cluster, list[Cluster]]:
    """The entities that stand beside each in lists: "X et Y", "X, Y and Z"."""
    found: dict[Cluster, list[Cluster]] = defaultdict(list)
    for (first, left), (second, right) in pairwise(clusters.in_order()):
        if left is right or second.start - first.end >= _LONGEST_LINK:
            continue
        if _LINKED.fullmatch(clusters.text, first.end, second.start):
            found[left].append(right)
            found[right].append(left)
    return found


def _of_siblings(siblings: Iterable[Cluster]) -> Iterator[str]:
    for sibling in siblings:
        yield f"sibling={sibling.type}"
        for name in sibling.names:
            yield from (f"sibling~{kind}" for kind in kinds_of(split(name)[0]))


# --- mentions --------------------------------------------------------------------------------------


def _of_setting(sentence: Sentence, mention: Candidate) -> Iterator[str]:
    words, table = sentence.words, sentence.lexicon
    inside = words.between(mention.start, mention.end)
    if not inside:
        return
    start, end = inside.start, inside.stop
    before, after = words.low(start - 1), words.low(end)
    yield from (f"before={before}", f"before2={words.low(start - 2)} {before}")
    yield from (f"after={after}", f"after2={after} {words.low(end + 1)}")
    yield f"block={words.sentence.block.kind}"
    if words.shouting:
        yield "shouting"
    if table.acting.match(after):
        yield "acting"
    yield from (f"prev={name}" for name in _CLOSED if before in table.words[name])
    yield from _of_model(words, mention)
    yield from _of_governor(words, table, start)
    yield from _of_apposition(words, table, end)
    yield from _of_nouns(words, table, range(max(0, start - _NEAR), start), "left")
    yield from _of_nouns(words, table, range(end, min(len(words.items), end + _NEAR)), "right")


def _of_model(words: Words, mention: Candidate) -> Iterator[str]:
    for ent in words.sentence.ents:
        if ent.start < mention.end and mention.start < ent.end:
            yield f"ner={ent.label}"
            if (ent.start, ent.end) == mention.span:
                yield f"ner!={ent.label}"


def _of_governor(words: Words, table: Lexicon, start: int) -> Iterator[str]:
    """What stands just before, or over a preposition: "la coopérative X", "directrice de la X"."""
    noun = start - 1
    while words.low(noun) in _OPENING or table.has(words.low(noun), "articles", "titles"):
        noun -= 1
    linked = words.low(noun) in _AT or table.has(words.low(noun), "of", "onto", "contracted")
    noun -= linked
    yield from (f"{'of' if linked else 'by'}~{kind}" for kind in kinds_of(words.low(noun)))
    if linked:
        yield f"link={words.low(noun + 1)}"


def _of_apposition(words: Words, table: Lexicon, end: int) -> Iterator[str]:
    """What the name is said to be: "X, une coopérative de …", "X (mutuelle)", "X est un réseau"."""
    if words.low(end) not in _APPOSED and words.low(end) not in table.words["copulas"]:
        return
    noun = end + 1
    while words.low(noun) == '"' or table.has(words.low(noun), "articles", "indefinite"):
        noun += 1
    yield from (f"is~{kind}" for kind in kinds_of(words.low(noun)))
    yield from (f"is+~{kind}" for kind in kinds_of(words.low(noun + 1)))


def _of_nouns(words: Words, table: Lexicon, indices: range, side: str) -> Iterator[str]:
    for index in indices:
        low = words.low(index)
        if words.items[index].kind == "l" and len(low) > 3:
            yield f"{side}={low[:_STEM]}"
        yield from (f"{side}~{kind}" for kind in kinds_of(low))
        yield from (f"{side}:{type_}" for type_ in _types_at(words, table, index))
        if low in table.words["roles"]:
            yield f"{side}:role"


def _types_at(words: Words, table: Lexicon, index: int) -> tuple[str, ...]:
    """The types that the longest noun of the lexicon at an index may tell of."""
    known = _typed_nouns(table.language)
    if words.low(index) not in known:
        return ()
    found = known[words.low(index)]
    return next((types for phrase, types in found if words.lows[index : index + len(phrase)] == phrase), ())


@cache
def _typed_nouns(language: str) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """First word → the nouns of a lexicon with the types that they tell of, the longest first."""
    table = lexicon(language)
    types: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for phrase, heads in table.heads.items():
        types[phrase] |= {str(head.type) for head in heads}
    for phrase, described in table.descriptions.items():
        types[phrase] |= set(map(str, described))
    for phrase, type_ in table.classes.items():
        types[phrase].add(str(type_))
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
    for phrase in sorted(types, key=lambda phrase: (-len(phrase), phrase)):
        found[phrase[0]].append((phrase, tuple(sorted(types[phrase]))))
    return dict(found)


# --- what the rules hold ---------------------------------------------------------------------------


def _of_votes(cluster: Cluster) -> dict[str, float]:
    found = {f"vote={type_}": min(1.5, round(weight / 2.5, 3)) for type_, weight in cluster.votes.items()}
    sources = {
        f"source={mention.source}:{type_}" for mention in cluster.mentions for type_ in [*mention.votes, ""]
    }
    found |= present((*sources, f"rules={cluster.type}", *(f"class={name}" for _, name in cluster.subtypes)))
    strongest = max(mention.weight for mention in cluster.mentions)
    found |= present((f"times={min(4, len(cluster.mentions))}", f"weight={round(strongest)}"))
    return found | present([f"keys={min(2, len(cluster.keys))}"] if cluster.keys else [])
