"""Cross-validation: each annotated document read by what the documents of the other folds teach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from esskg.errors import ConfigError
from esskg.extract import Extractor, attribution_training, to_gold
from esskg.extract.annotated import Annotated
from esskg.extract.attribution import attributed_by
from esskg.extract.entities import EntityReader
from esskg.extract.evaluation import ALL
from esskg.extract.folds import folded
from esskg.extract.learned import Learned
from esskg.extract.relations.confidence import counted
from esskg.extract.relations.ranker import ranked_by
from esskg.extract.relations.reliability import Tally, shares, tally
from esskg.extract.relations.training import own_samples, samples, train
from esskg.extract.scoring import MEASURES, Scores, score
from esskg.extract.training import Lesson, learn
from esskg.extract.unseen import names_in, names_of, unseen
from esskg.reference import Reference

Json = dict[str, Any]
MakeExtractor = Callable[[Learned | None], Extractor]
"""Makes an extractor with those weights, or with the shipped ones."""
OF_ENTITIES = MEASURES[:3]
"""The measures that stand for the unseen."""


@dataclass(frozen=True, slots=True)
class Validation:
    """The same documents scored with what other folds teach and with what ships, by language and over all."""

    folds: int
    crossed: dict[str, Scores]
    in_sample: dict[str, Scores]
    unseen: dict[str, Scores]
    """As ``crossed``, over the entities that stand neither in the reference nor in other folds."""

    def to_json(self) -> Json:
        """The figures as plain data."""
        crossed = {name: scores.to_json() for name, scores in self.crossed.items()}
        in_sample = {name: scores.to_json() for name, scores in self.in_sample.items()}
        new = {
            name: {measure: scores.total[measure].figures() for measure in OF_ENTITIES}
            for name, scores in self.unseen.items()
        }
        return {"folds": self.folds, "cross_validated": crossed, "in_sample": in_sample, "unseen": new}

    def table(self) -> str:
        """F1 of every measure: cross-validated, in sample, over the unseen."""
        return "\n\n".join("\n".join(self._lines(name)) for name in self.crossed)

    def _lines(self, name: str) -> list[str]:
        title = f"{name}, {len(self.crossed[name].per_document)} documents"
        lines = [f"{title:32}{'crossed':>10}{'in sample':>11}{'unseen':>10}"]
        for measure in MEASURES:
            crossed, sample, new = (
                kind[name].total[measure].f1 for kind in (self.crossed, self.in_sample, self.unseen)
            )
            told = f"{new:10.3f}" if measure in OF_ENTITIES else ""
            lines.append(f"{measure:32}{crossed:10.3f}{sample:11.3f}{told}")
        return lines


def cross_validate(
    documents: Sequence[Annotated], tables: Reference, make: MakeExtractor, *, folds: int
) -> Validation:
    """Score documents by what those of the other folds teach: weights and the reliability of rules.

    Lexicons, patterns and the reference count as shipped. Raises ConfigError where there are fewer documents
    than folds, or less than two folds.
    """
    if not 2 <= folds <= len(documents):
        raise ConfigError(f"{folds} folds of {len(documents)} documents: from 2 to as many as documents")
    shipped = make(None)
    lessons = [Lesson(found, shipped.parse(found.document)) for found in documents]
    crossing = _Crossing(lessons, tables, make)
    for fold in folded(documents, folds):
        crossing.read({found.name for found in fold})
    in_sample = {lesson.annotated.name: _read(shipped, lesson) for lesson in lessons}
    gold = {found.name: found.gold for found in documents}
    return Validation(
        folds,
        _by_language(documents, gold, crossing.predicted),
        _by_language(documents, gold, in_sample),
        _by_language(documents, crossing.new_gold, crossing.new_predicted),
    )


class _Crossing:
    """Reads one fold after the other, each by what the others teach."""

    def __init__(self, lessons: list[Lesson], tables: Reference, make: MakeExtractor) -> None:
        self._lessons, self._make = lessons, make
        self._reader, self._known = EntityReader(tables), names_in(tables)
        self._tallies = {lesson.annotated.name: _tally(lesson) for lesson in lessons}
        self._samples = {
            lesson.annotated.name: list(samples(lesson.annotated.gold, lesson.context)) for lesson in lessons
        }
        self._figures = {
            lesson.annotated.name: attribution_training.samples(lesson.annotated.gold, lesson.context)
            for lesson in lessons
        }
        self._own = own_samples()
        self.predicted: dict[str, Json] = {}
        self.new_gold: dict[str, Json] = {}
        self.new_predicted: dict[str, Json] = {}

    def read(self, fold: set[str]) -> None:
        """Read the documents of these names."""
        others = [lesson for lesson in self._lessons if lesson.annotated.name not in fold]
        extractor = self._make(learn(others, self._reader))
        counts = shares(self._tallies[lesson.annotated.name] for lesson in others)
        known = self._known.union(*(names_of(lesson.annotated.gold) for lesson in others))
        taught = [sample for lesson in others for sample in self._samples[lesson.annotated.name]]
        ranker = train(self._own + taught)
        owners = attribution_training.train(
            [sample for lesson in others for sample in self._figures[lesson.annotated.name]]
        )
        with counted(counts), ranked_by(ranker), attributed_by(owners):
            for lesson in self._lessons:
                if lesson.annotated.name in fold:
                    self._keep(lesson, _read(extractor, lesson), known)

    def _keep(self, lesson: Lesson, predicted: Json, known: set[str]) -> None:
        name, gold = lesson.annotated.name, lesson.annotated.gold
        self.predicted[name] = predicted
        self.new_gold[name], self.new_predicted[name] = unseen(gold, predicted, known)


def _read(extractor: Extractor, lesson: Lesson) -> Json:
    return to_gold(extractor.read_parsed(lesson.context), lesson.annotated.document)


def _tally(lesson: Lesson) -> Tally:
    """How often each rule was right and wrong in a document that rules may be tuned on."""
    if lesson.annotated.part == "testing":
        return Counter()
    return tally(lesson.annotated.gold, lesson.context)


def _by_language(
    documents: Sequence[Annotated], gold: dict[str, Json], predicted: dict[str, Json]
) -> dict[str, Scores]:
    """The scores of each language, and of all."""
    languages = sorted({found.gold["lang"] for found in documents})
    texts = {found.name: found.document.text for found in documents}
    chosen = {name: {d.name for d in documents if d.gold["lang"] == name} for name in languages}
    return {
        language: score({name: gold[name] for name in names}, predicted, texts)
        for language, names in (chosen | {ALL: set(gold)}).items()
    }
