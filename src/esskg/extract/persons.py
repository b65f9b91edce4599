"""Persons, by given names, titles and roles."""

from __future__ import annotations

from collections.abc import Iterator

from esskg.extract.candidates import Candidate
from esskg.extract.lexicon import Lexicon, given_names, name_particles
from esskg.extract.runs import Run
from esskg.extract.words import Words
from esskg.model import EntityType


def read_persons(words: Words, run: Run, lexicon: Lexicon) -> Iterator[Candidate]:
    """The person that a run of capitalised words names, if it names one."""
    for start in range(run.start, run.end):
        if words.items[start].text.partition("-")[0] in given_names():
            end = _surname_end(words, start, run.end)
            if end - start > 1 and not _is_headed(words, start, end, lexicon):
                yield _person(words, start - _has_initial(words, start, lexicon), end, 2.6)
            return
    titled = words.low(run.start - 1) in lexicon.words["titles"] or words.low(run.start - 1) == "."
    if titled and words.low(run.start - 1) != ".":
        yield _person(words, run.start, run.end, 2.4)
    elif _has_role(words, run, lexicon) and _may_be_person(words, run, lexicon):
        yield _person(words, run.start, run.end, 1.6)


def _has_initial(words: Words, index: int, lexicon: Lexicon) -> bool:
    """Whether an initial stands before a given name: "J. Benoit Caron"."""
    before = words.low(index - 1)
    return len(before) == 2 and before.endswith(".") and before not in lexicon.words["titles"]


def _may_be_person(words: Words, run: Run, lexicon: Lexicon) -> bool:
    """Two or three words, or one after a role: "la ministre Laforest"."""
    alone = words.low(run.start - 1) in lexicon.words["roles"] and words.items[run.start].kind == "C"
    alone = alone and not (lexicon.titled and lexicon.adjective.match(words.low(run.start)))
    return 1 < run.end - run.start <= 3 or (alone and run.end - run.start == 1)


def _person(words: Words, start: int, end: int, weight: float) -> Candidate:
    return Candidate(words.items[start].start, words.items[end - 1].end, "person", weight, EntityType.PERSON)


def _surname_end(words: Words, start: int, end: int) -> int:
    """Where a person's name ends, over the particles of the surname: "van Schendel", "de la Croix"."""
    if end - start < 4:
        follower = end
        while words.low(follower) in name_particles() and words.adjoining(follower):
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
    return lexicon.head_before(words.lows, end) is not None and not lexicon.head_first


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
