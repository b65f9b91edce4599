"""What a dependency parse says of a verb's roles, where there is one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from esskg.extract.parse import Token

_SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:caus", "nsubjpass", "csubj"}
_CONJOINED = {"conj"}
_RELATIVE = {"acl:relcl", "relcl", "acl"}


class Syntax:
    """The parse of a sentence, asked by offsets into the document."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._tokens = tuple(tokens)
        self._starts = [token.start for token in self._tokens]

    def subjects(self, offset: int) -> list[int]:
        """Where the words begin that are the subject of the verb at an offset, its conjuncts among them.

        A verb that shares its subject with the verb it is coordinated with, or whose subject is a relative
        pronoun, gets the subject that is meant. Empty where the parse knows none.
        """
        verb = self._at(offset)
        for _ in range(3):
            if verb is None:
                return []
            if found := [i for i in self._children(verb) if self._tokens[i].dep in _SUBJECTS]:
                return [self._tokens[i].start for i in self._meant(found[0], verb)]
            token = self._tokens[verb]
            verb = token.head if token.dep in _CONJOINED and token.head != verb else None
        return []

    def _meant(self, subject: int, verb: int) -> list[int]:
        token = self._tokens[verb]
        if self._tokens[subject].pos == "PRON" and token.dep in _RELATIVE:
            subject = token.head
        return [subject, *(i for i in self._children(subject) if self._tokens[i].dep in _CONJOINED)]

    def _at(self, offset: int) -> int | None:
        index = bisect_left(self._starts, offset)
        found = index < len(self._starts) and self._starts[index] == offset
        return index if found else None

    def _children(self, head: int) -> Iterator[int]:
        return (i for i, token in enumerate(self._tokens) if token.head == head and i != head)
