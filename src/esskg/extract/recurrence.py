"""Names of the document where they come again: in headings, at the beginning of sentences, in capitals."""

from __future__ import annotations

from collections.abc import Iterator

import ahocorasick  # type: ignore[import-not-found]  # a C extension without stubs

from esskg.extract.candidates import Candidate
from esskg.extract.clusters import Cluster, Clusters
from esskg.extract.lexicon import given_names
from esskg.extract.words import Words
from esskg.model import EntityType

_SHORTEST = 3


def recurrences(clusters: Clusters, sentences: list[Words]) -> list[tuple[Candidate, Cluster]]:
    """Further mentions by names already read, longest first where they overlap."""
    owners = _owners(clusters)
    if not owners:
        return []
    automaton = ahocorasick.Automaton()
    for name in owners:
        automaton.add_word(name, name)
    automaton.make_automaton()
    found: list[tuple[Candidate, Cluster]] = []
    for words in sentences:
        found += _in_sentence(clusters, words, automaton, owners)
    return found


def _owners(clusters: Clusters) -> dict[str, Cluster]:
    """Each name, as written and in capitals, that only one entity bears."""
    bearers: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        for name in sorted(cluster.names):
            for form in {name, name.upper()} if len(name) >= _SHORTEST + 2 else {name}:
                bearers.setdefault(form, []).append(cluster)
    for cluster in list(clusters):
        if cluster.type is EntityType.PERSON and " " in cluster.name:
            for name in _surnames(cluster.name):
                bearers.setdefault(name, []).append(cluster)
    return {
        name: held[0]
        for name, held in bearers.items()
        if len(set(map(id, held))) == 1 and len(name) >= _SHORTEST
    }


def _surnames(name: str) -> list[str]:
    """The last word, and of three or more the one before: the first of two surnames in Spanish."""
    *given, first, last = name.split()
    return [last] if not given or first in given_names() or first.islower() else [first, last]


def _in_sentence(
    clusters: Clusters, words: Words, automaton: ahocorasick.Automaton, owners: dict[str, Cluster]
) -> Iterator[tuple[Candidate, Cluster]]:
    starts = {word.start for word in words.items}
    ends = {word.end for word in words.items}
    offset = words.sentence.start
    text = clusters.text[offset : words.sentence.end]
    hits = sorted(
        ((offset + last + 1 - len(name), offset + last + 1, name) for last, name in automaton.iter(text)),
        key=lambda hit: (-(hit[1] - hit[0]), hit[0]),
    )
    taken: list[tuple[int, int]] = []
    for start, end, name in hits:
        whole = start in starts and end in ends
        clear = all(end <= s or start >= e for s, e in taken)
        if whole and clear and clusters.is_free(start, end):
            taken.append((start, end))
            yield Candidate(start, end, "recurrence", 1.0), owners[name]
