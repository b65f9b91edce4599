"""Copies: documents that repeat another's words, such as one press release on several sites.

Candidates are pairs of documents that share runs of words sampled by content ("winnowing": Schleimer,
Wilkerson and Aiken, SIGMOD 2003); each candidate is then measured on all of its words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from esskg.model import Document, Slug

_WORD = re.compile(r"\w+")
_RUN = 4
"""Words in a shingle."""
_SAMPLING = 4
"""One word in so many begins a sampled shingle."""
_NEIGHBOURS = 20
"""With how many of those before it a document is compared for each shingle they share: a paragraph that
stands in thousands of documents must not make millions of pairs."""
_CANDIDATE, _COPY = 0.3, 0.6
"""Shares of common shingles (Jaccard) from which a pair is looked at and from which it is a copy."""

_Shingles = frozenset[tuple[str, ...]]


def copies(documents: Iterable[Document]) -> dict[Slug, Slug]:
    """Each document that copies another, with the one it counts as: the earliest by date, then by slug.

    An undated document counts as later than a dated one. The order of the documents doesn't matter.
    """
    ordered = sorted(documents, key=lambda document: (document.metadata.date or "~", document.slug))
    texts = [_WORD.findall(document.text.casefold()) for document in ordered]
    first = list(range(len(ordered)))
    for one, other in _candidates([_sampled(words) for words in texts]):
        if _root(first, one) != _root(first, other) and _alike(texts[one], texts[other]):
            low, high = sorted((_root(first, one), _root(first, other)))
            first[high] = low
    roots = ((index, _root(first, index)) for index in range(len(ordered)))
    return {ordered[index].slug: ordered[root].slug for index, root in roots if index != root}


def _root(first: list[int], index: int) -> int:
    while first[index] != index:
        index = first[index]
    return index


def _shingles(words: Sequence[str]) -> _Shingles:
    """All runs of words; a text too short for one is a run by itself."""
    return frozenset(tuple(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1)))


def _sampled(words: Sequence[str]) -> _Shingles:
    """Runs that begin with a sampled word, and the first run: the same words are sampled in every text."""
    anchors = {word for word in set(words) if crc32(word.encode()) % _SAMPLING == 0}
    runs = (tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1) if words[i] in anchors)
    return frozenset(runs) | {tuple(words[:_RUN])}


def _candidates(samples: Sequence[_Shingles]) -> Iterator[tuple[int, int]]:
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, sample in enumerate(samples):
        common = Counter(other for run in sample for other in holders[run][-_NEIGHBOURS:])
        for other, shared in sorted(common.items()):
            if shared >= _CANDIDATE * len(sample | samples[other]):
                yield other, index
        for run in sample:
            holders[run].append(index)


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    a, b = _shingles(one), _shingles(other)
    return len(a & b) >= _COPY * len(a | b)
