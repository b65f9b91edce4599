"""Counts how often each rule is right on annotated documents, and writes ``rules/reliability.toml``.

    python -m esskg.extract.relations.reliability --gold data/gold --documents data/documents

Only documents whose part in ``split.csv`` is ``tuning`` are opened. The entities are the annotated ones, so
that the counts are of the rules alone.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from esskg.documents import read
from esskg.extract.context import Context, read_context
from esskg.extract.parse import Parser
from esskg.extract.relations.checks import stands
from esskg.extract.relations.confidence import families
from esskg.extract.relations.reading import candidates
from esskg.extract.relations.typed import Item
from esskg.model import DATED_RELATIONS, EntityReading, EntityType, LocalId, Mention, Modality, RelationType

HEADER = "# How often each rule was right on the tuning documents: [right, read].\n# Made by: {}\n\n[rules]\n"
COMMAND = "python -m esskg.extract.relations.reliability --gold data/gold --documents data/documents"
Key = tuple[str | None, ...]
RULES = Path(__file__).parents[1] / "rules" / "reliability.toml"


def tuning_documents(gold: Path) -> Iterator[str]:
    """The identifiers of the documents that rules may be tuned on."""
    with (gold / "split.csv").open(encoding="utf-8") as rows:
        yield from (row["document"] for row in csv.DictReader(rows) if row["part"] == "tuning")


def annotated(gold: dict[str, Any], context: Context) -> Context:
    """A document with its annotated entities in place of extracted ones."""
    return context.with_entities(
        tuple(
            EntityReading(
                LocalId(entity["id"]),
                EntityType(entity["type"]),
                entity["name"],
                tuple(sorted(Mention(start, end, "gold") for start, end in entity["mentions"])),
            )
            for entity in gold["entities"]
        )
    )


def count(gold: dict[str, Any], context: Context) -> Iterator[tuple[str, bool]]:
    """Each rule that read something in a document, with whether the annotation has it."""
    wanted = keys_of(gold)
    seen: set[tuple[Any, ...]] = set()
    for candidate in candidates(context):
        if not stands(candidate) or candidate.modality is not Modality.HOLDS:
            continue
        key = key_of(candidate.relation, candidate.subject, candidate.object, candidate.date)
        if (candidate.rule, key) not in seen:
            seen.add((candidate.rule, key))
            yield candidate.rule, key in wanted


def keys_of(gold: Mapping[str, Any]) -> dict[Key, dict[str, Any]]:
    """The annotated relations by what identifies them."""
    return {_key(r["type"], r["subject"], r.get("object"), r.get("date")): r for r in gold["relations"]}


def key_of(relation: RelationType, subject: Item, object_: Item | None, date: str | None = None) -> Key:
    """What identifies a relation that was read."""
    ends = [item.entity.id if item and item.entity else None for item in (subject, object_)]
    return _key(relation, ends[0], ends[1], object_.date if object_ and object_.date else date)


def _key(type_: str, subject: str | None, object_: str | None, date: str | None) -> Key:
    if type_ in DATED_RELATIONS:
        return str(type_), subject, date
    if type_ == RelationType.PARTNERS_WITH:
        return (str(type_), *sorted((str(subject), str(object_))))
    return str(type_), subject, object_


def counts(gold: Path, documents: Path) -> dict[str, list[int]]:
    """For each rule and each family of rules: how many readings were right, of how many."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    parser = Parser()
    for name in tuning_documents(gold):
        annotation = json.loads((gold / f"{name}.json").read_text("utf-8"))
        document = read(documents / f"{name}.txt", documents)
        for rule, is_right in count(annotation, annotated(annotation, read_context(document, parser))):
            for family in families(rule):
                total[family] += 1
                right[family] += is_right
    return {rule: [right[rule], total[rule]] for rule in sorted(total)}


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--documents", type=Path, required=True)
    options = parser.parse_args()
    lines = (
        f"{json.dumps(rule)} = {numbers}\n"
        for rule, numbers in counts(options.gold, options.documents).items()
    )
    RULES.write_text(HEADER.format(COMMAND) + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
