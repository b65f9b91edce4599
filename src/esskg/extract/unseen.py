"""Annotated entities that nothing known tells of: neither the reference nor other annotated documents."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from esskg.reference import Reference

Json = dict[str, Any]


def folded_name(name: str) -> str:
    """A name without case, typographic apostrophes and doubled spaces."""
    return " ".join(name.replace("’", "'").casefold().split())


def names_of(annotation: Json) -> set[str]:
    """The folded names of the annotated entities."""
    return {folded_name(name) for entity in annotation["entities"] for name in _names(entity)}


def names_in(reference: Reference) -> set[str]:
    """The folded names of the reference: its rows and the places."""
    return {folded_name(name.text) for name in reference.names()}


def unseen(gold: Json, predicted: Json, known: Collection[str]) -> tuple[Json, Json]:
    """Both documents with only their entities of no known name.

    What was predicted where a known entity is annotated goes with that entity; what was predicted elsewhere
    stays unless its own name is known.
    """
    new = [entity for entity in gold["entities"] if not _is_known(entity, known)]
    new_spans = {tuple(span) for entity in new for span in entity["mentions"]}
    old_spans = [span for entity in gold["entities"] if entity not in new for span in entity["mentions"]]

    def kept(entity: Json) -> bool:
        if any(tuple(span) in new_spans for span in entity["mentions"]):
            return True
        return not _is_known(entity, known) and not _overlaps(entity["mentions"], old_spans)

    return {"entities": new}, {"entities": [entity for entity in predicted["entities"] if kept(entity)]}


def _names(entity: Json) -> list[str]:
    return [entity["name"], *entity.get("aliases", ())]


def _is_known(entity: Json, known: Collection[str]) -> bool:
    return any(folded_name(name) in known for name in _names(entity))


def _overlaps(spans: list[list[int]], others: list[list[int]]) -> bool:
    return any(start < end_ and start_ < end for start, end in spans for start_, end_ in others)
