"""Learns weights from annotated documents, and writes ``weights/*.json``.

python -m esskg.extract.training --gold data/gold --documents data/documents --reference data/reference
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from esskg import reference
from esskg.extract.annotated import Annotated, annotation_files, arguments, read_annotated
from esskg.extract.clusters import Cluster
from esskg.extract.context import Context, read_context
from esskg.extract.entities import EntityReader
from esskg.extract.features import EntityFeatures
from esskg.extract.fitting import Examples, fit
from esskg.extract.learned import Learned, write
from esskg.extract.parse import Parser
from esskg.extract.typology import NOTHING
from esskg.model import Span

COMMAND = (
    "python -m esskg.extract.training --gold data/gold --documents data/documents --reference data/reference"
)
STRENGTH = 0.3
"""Of the regularisation, chosen by cross-validation."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """An annotated document made ready for reading."""

    annotated: Annotated
    context: Context


def read_lessons(documents: Iterable[Annotated]) -> list[Lesson]:
    """The documents, parsed."""
    parser = Parser()
    return [Lesson(found, read_context(found.document, parser)) for found in documents]


def learn(lessons: Sequence[Lesson], reader: EntityReader) -> Learned:
    """The weights that annotated documents teach, by what ``reader`` drafts of them."""
    examples = Examples()
    for lesson in lessons:
        draft = reader.draft(lesson.context)
        features = EntityFeatures(draft.clusters, draft.sentences)
        types = _types(lesson.annotated.gold)
        for cluster in draft.clusters:
            examples.add(features.of(cluster), _label(cluster, types))
    return Learned(fit(examples, strength=STRENGTH))


def _types(gold: dict[str, Any]) -> dict[Span, str]:
    """The type of each annotated mention."""
    return {(start, end): entity["type"] for entity in gold["entities"] for start, end in entity["mentions"]}


def _label(cluster: Cluster, types: dict[Span, str]) -> str:
    """The annotated type that most mentions share; nothing where none is annotated."""
    told = Counter(types[mention.span] for mention in cluster.mentions if mention.span in types)
    return min(told, key=lambda type_: (-told[type_], type_)) if told else NOTHING


def made_from(command: str, documents: Sequence[Annotated], gold: Path) -> dict[str, Any]:
    """What weights say of where they come from: the command, and hashes of annotations and texts."""
    return {
        "by": command,
        "documents": len(documents),
        "annotations": annotations_hash(gold),
        "texts": texts_hash(documents),
    }


def annotations_hash(gold: Path) -> str:
    """Of all annotations of a folder, their names and contents."""
    parts = (path.name.encode() + b"\0" + path.read_bytes() for path in annotation_files(gold))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def texts_hash(documents: Iterable[Annotated]) -> str:
    """Of the annotated texts in the order given."""
    return hashlib.sha256("\0".join(found.document.sha256 for found in documents).encode()).hexdigest()


def main() -> None:
    """Learn and write."""
    options = arguments(__doc__, "reference")
    documents = read_annotated(options.gold, options.documents)
    tables = reference.load(options.reference)
    made = made_from(COMMAND, documents, options.gold) | {"reference": tables.fingerprint}
    write(learn(read_lessons(documents), EntityReader(tables)), made)


if __name__ == "__main__":
    main()
