"""Extraction held against annotated documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from esskg.extract.annotated import Annotated
from esskg.extract.calibration import Calibration
from esskg.extract.faults import Fault, faults
from esskg.extract.jsonl import to_gold
from esskg.extract.scoring import Comparison, Scores, score
from esskg.model import Document, Extraction

Json = dict[str, Any]
ALL = "all"


@dataclass(frozen=True)
class Read:
    """An annotated document and what was read from it."""

    annotated: Annotated
    extraction: Extraction

    @property
    def language(self) -> str:
        """The language that its annotators were given, BCP 47."""
        return str(self.annotated.gold["lang"])

    @cached_property
    def predicted(self) -> Json:
        """What was read, in the format of the annotation guidelines."""
        return to_gold(self.extraction, self.annotated.document)

    @cached_property
    def comparison(self) -> Comparison:
        """Both, held against each other."""
        return Comparison(self.annotated.gold, self.predicted)


@dataclass(frozen=True)
class Evaluation:
    """Annotated documents with what was read from each."""

    documents: tuple[Read, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the documents, sorted."""
        return tuple(sorted({read.language for read in self.documents}))

    def only(self, *, part: str | None = None, language: str | None = None) -> Evaluation:
        """The same, of fewer documents."""
        return Evaluation(
            tuple(
                read
                for read in self.documents
                if part in {None, read.annotated.part} and language in {None, read.language}
            )
        )

    @cached_property
    def scores(self) -> Scores:
        """The figures of the guidelines."""
        return score(
            {read.annotated.name: read.annotated.gold for read in self.documents},
            {read.annotated.name: read.predicted for read in self.documents},
            {read.annotated.name: read.annotated.document.text for read in self.documents},
        )

    @cached_property
    def calibration(self) -> dict[str, Calibration]:
        """How confidences hold, over all and for each language."""
        chosen = {ALL: self} | {language: self.only(language=language) for language in self.languages}
        return {
            name: Calibration.of(read.comparison for read in evaluation.documents)
            for name, evaluation in chosen.items()
        }

    def faults(self) -> Iterator[Fault]:
        """What was missed and invented, document by document."""
        for read in self.documents:
            yield from faults(read.annotated, read.comparison, read.extraction)

    def to_json(self) -> Json:
        """The scores and the calibration as plain data."""
        held = {name: calibration.to_json() for name, calibration in self.calibration.items()}
        return self.scores.to_json() | {"calibration": held}

    def table(self) -> str:
        """The same for people."""
        held = [calibration.table(name) for name, calibration in self.calibration.items()]
        return "\n\n".join([self.scores.table(), *held])


def evaluate(documents: Iterable[Annotated], read: Callable[[Document], Extraction]) -> Evaluation:
    """What is read from annotated documents, to be held against their annotations."""
    return Evaluation(tuple(Read(found, read(found.document)) for found in documents))
