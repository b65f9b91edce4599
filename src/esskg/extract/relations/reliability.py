"""Counts how often each rule is right on annotated documents, and writes ``rules/reliability.toml``.

    python -m esskg.extract.relations.reliability --gold data/gold --documents data/documents

Only documents whose part in ``split.csv`` is ``tuning`` are opened. The entities are the annotated ones, so
that the counts are of the rules alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from esskg.extract.annotated import arguments, read_annotated
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
Tally = Counter[tuple[str, bool]]
RULES = Path(__file__).parents[1] / "rules" / "reliability.toml"


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


def tally(gold: dict[str, Any], context: Context) -> Tally:
    """How often each rule and each family of rules was right and wrong in a document."""
    read = count(gold, annotated(gold, context))
    return Counter((family, right) for rule, right in read for family in families(rule))


def shares(tallies: Iterable[Tally]) -> dict[str, list[int]]:
    """For each rule and family [right, read] over documents, as in ``rules/reliability.toml``."""
    total = sum(tallies, Counter[tuple[str, bool]]())
    rules = sorted({rule for rule, _ in total})
    return {rule: [total[rule, True], total[rule, True] + total[rule, False]] for rule in rules}


def main() -> None:
    """Count and write."""
    options = arguments(__doc__)
    documents = read_annotated(options.gold, options.documents, part="tuning")
    parser = Parser()
    found = shares(tally(each.gold, read_context(each.document, parser)) for each in documents)
    lines = (f"{json.dumps(rule)} = {numbers}\n" for rule, numbers in found.items())
    RULES.write_text(HEADER.format(COMMAND) + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
