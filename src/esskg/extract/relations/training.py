"""Learns the weights of the ranker from annotated documents, and writes ``weights/relations.json``.

    python -m esskg.extract.relations.training --gold data/gold --documents data/documents

Needs scikit-learn, which reading doesn't. The entities are the annotated ones, so that the weights are of the
relations alone. Nothing is drawn at random: the same documents give the same weights.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from esskg.extract.annotated import arguments, read_annotated
from esskg.extract.context import Context, read_context
from esskg.extract.fitting import Examples, fit
from esskg.extract.learned import FOLDER
from esskg.extract.linear import LinearModel
from esskg.extract.parse import Parser
from esskg.extract.relations.lessons import lessons
from esskg.extract.relations.ranker import BACKWARD, FORWARD, Proposal, Ranker, proposals
from esskg.extract.relations.reading import SentenceRead, scenes
from esskg.extract.relations.reliability import annotated, key_of, keys_of
from esskg.extract.training import made_from
from esskg.model import RelationType

STRENGTH, RAREST = 0.3, 3
"""Of the regularisation, chosen by cross-validation; documents in which a feature must stand."""
_LABELS = ("no", "yes")
COMMAND = "python -m esskg.extract.relations.training --gold data/gold --documents data/documents"


@dataclass(frozen=True, slots=True)
class Sample:
    """A proposal of a document with the features that hold and whether it is right."""

    document: str
    features: tuple[str, ...]
    right: bool


def samples(gold: dict[str, Any], context: Context) -> Iterator[Sample]:
    """What can be learned from one document.

    Where ends are related, a sentence that isn't the evidence tells nothing of that relation.
    """
    wanted = keys_of(gold)
    for sentence in scenes(annotated(gold, context)):
        for proposal in proposals(sentence.scene, sentence.candidates):
            relation = wanted.get(key_of(proposal.relation, proposal.subject, proposal.object))
            if relation is None or _within(relation["evidence"], sentence):
                yield Sample(gold["id"], tuple(_features(proposal)), relation is not None)


def own_samples() -> list[Sample]:
    """What the made-up sentences teach (`relations/lessons.py`)."""
    return [sample for gold, context in lessons() for sample in samples(gold, context)]


def _within(evidence: tuple[int, int], sentence: SentenceRead) -> bool:
    return evidence[0] < sentence.sentence.end and sentence.sentence.start < evidence[1]


def _features(proposal: Proposal) -> Iterator[str]:
    """Shared features begin with ``*``, others with their direction and relation."""
    own = f"{proposal.direction}{proposal.relation} "
    yield from (f"*{name}" for name in proposal.links)
    yield from (f"{own}{name}" for name in (*proposal.pair.names, *proposal.links))


def train(learned: Sequence[Sample]) -> Ranker:
    """The ranker that samples of annotated documents teach. Raises ConfigError without scikit-learn."""
    common = _common(learned)
    examples = Examples()
    for sample in learned:
        examples.add(dict.fromkeys(sorted(common.intersection(sample.features)), 1.0), _LABELS[sample.right])
    return _ranker(fit(examples, strength=STRENGTH))


def _common(learned: Iterable[Sample]) -> set[str]:
    """The features that stand in enough documents."""
    found: dict[str, set[str]] = defaultdict(set)
    for sample in learned:
        for name in sample.features:
            found[name].add(sample.document)
    return {name for name, documents in found.items() if len(documents) >= RAREST}


def _ranker(model: LinearModel) -> Ranker:
    shared: dict[str, int] = {}
    own: dict[str, dict[RelationType, dict[str, int]]] = {FORWARD: {}, BACKWARD: {}}
    for name, (*_, weight) in model.weights.items():
        if name[0] == "*":
            shared[name[1:]] = weight
        else:
            relation, _, feature = name[1:].partition(" ")
            own[name[0]].setdefault(RelationType(relation), {})[feature] = weight
    return Ranker(model.bias[-1], shared, own)


def main() -> None:
    """Learn and write."""
    options = arguments(__doc__)
    documents = read_annotated(options.gold, options.documents)
    parser = Parser()
    learned = own_samples() + [
        sample for found in documents for sample in samples(found.gold, read_context(found.document, parser))
    ]
    made = made_from(COMMAND, documents, options.gold)
    (FOLDER / "relations.json").write_text(_laid_out(train(learned), made), "utf-8")


def _laid_out(ranker: Ranker, made: dict[str, Any]) -> str:
    """JSON with one feature a line, so that changes can be read."""
    data = ranker.to_json()
    tables = {name: data[name] for name in ("shared", FORWARD, BACKWARD)}
    parts = [f'"made": {json.dumps(made)}', f'"bias": {data["bias"]}']
    parts += [f"{json.dumps(name)}: {{\n{_rows(table)}\n}}" for name, table in tables.items()]
    return "{" + ",\n".join(parts) + "}\n"


def _rows(table: Mapping[str, Any]) -> str:
    return ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(table[name], sort_keys=True)}"
        for name in sorted(table)
    )


if __name__ == "__main__":
    main()
