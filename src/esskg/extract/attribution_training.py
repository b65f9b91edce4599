"""Learns whose figures are from annotated documents, and writes ``weights/figures.json``.

    python -m esskg.extract.attribution_training --gold data/gold --documents data/documents

Needs scikit-learn, which reading doesn't. The entities are the annotated ones, so that the weights are of the
figures alone. Nothing is drawn at random: the same documents give the same weights.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from esskg.extract.annotated import arguments, read_annotated
from esskg.extract.attribution import SLOTS, Asked, Attribution, Option
from esskg.extract.context import Context, read_context
from esskg.extract.figures import read_figures
from esskg.extract.fitting import Examples, fit
from esskg.extract.learned import FOLDER
from esskg.extract.parse import Parser
from esskg.extract.relations.reliability import annotated
from esskg.extract.scoring import same_figure
from esskg.extract.training import made_from
from esskg.model import LocalId

STRENGTH, RAREST = 0.3, 3
"""Of the regularisation, chosen by cross-validation; documents in which a feature must stand."""
_LABELS = ("no", "yes")
COMMAND = "python -m esskg.extract.attribution_training --gold data/gold --documents data/documents"


@dataclass(frozen=True, slots=True)
class Sample:
    """A slot of an annotated figure: the options, and which of them is right."""

    document: str
    slot: str
    options: tuple[Option, ...]
    right: LocalId | None


class _Teacher:
    """Takes what the annotation says, and writes down what there was to take."""

    def __init__(self, gold: Mapping[str, Any]) -> None:
        self._gold = gold
        self.samples: list[Sample] = []

    def choose(self, asked: Asked, slot: str, options: Sequence[Option]) -> LocalId | None:
        """The annotated entity of a slot; what the rules say of a figure that isn't annotated."""
        told = self._annotation(asked)
        if told is None:
            before: LocalId | None = getattr(asked.topic, slot)
            return before
        right = LocalId(told[slot]) if told.get(slot) else None
        if any(option.entity == right for option in options):
            self.samples.append(Sample(self._gold["id"], slot, tuple(options), right))
        return right

    def _annotation(self, asked: Asked) -> Mapping[str, Any] | None:
        read = {"value": asked.value, "unit": asked.unit, "evidence": list(asked.span)}
        return next((told for told in self._gold["statistics"] if same_figure(read, told)), None)


def samples(gold: dict[str, Any], context: Context) -> list[Sample]:
    """What can be learned from one document."""
    teacher = _Teacher(gold)
    read_figures(annotated(gold, context), choose=teacher.choose)
    return teacher.samples


def train(learned: Sequence[Sample]) -> Attribution:
    """The model that samples of annotated documents teach. Raises ConfigError without scikit-learn."""
    return Attribution({slot: _fitted([s for s in learned if s.slot == slot]) for slot in SLOTS})


def _fitted(learned: Sequence[Sample]) -> dict[str, int]:
    common = _common(learned)
    examples = Examples()
    for sample in learned:
        for option in sample.options:
            features = dict.fromkeys(sorted(common.intersection(option.features)), 1.0)
            examples.add(features, _LABELS[option.entity == sample.right])
    return {name: row[-1] for name, row in fit(examples, strength=STRENGTH).weights.items()}


def _common(learned: Iterable[Sample]) -> set[str]:
    """The features that stand in enough documents."""
    found: dict[str, set[str]] = defaultdict(set)
    for sample in learned:
        for option in sample.options:
            for name in option.features:
                found[name].add(sample.document)
    return {name for name, documents in found.items() if len(documents) >= RAREST}


def main() -> None:
    """Learn and write."""
    options = arguments(__doc__)
    documents = read_annotated(options.gold, options.documents)
    parser = Parser()
    learned = [
        sample for found in documents for sample in samples(found.gold, read_context(found.document, parser))
    ]
    made = made_from(COMMAND, documents, options.gold)
    (FOLDER / "figures.json").write_text(_laid_out(train(learned), made), "utf-8")


def _laid_out(model: Attribution, made: Mapping[str, Any]) -> str:
    """JSON with one feature a line, so that changes can be read."""
    parts = [f'"made": {json.dumps(made)}', *(f'"{s}": {{\n{_rows(model.weights[s])}\n}}' for s in SLOTS)]
    return "{" + ",\n".join(parts) + "}\n"


def _rows(weights: Mapping[str, int]) -> str:
    return ",\n".join(f"{json.dumps(name, ensure_ascii=False)}: {weights[name]}" for name in sorted(weights))


if __name__ == "__main__":
    main()
