"""Scores of predicted documents against gold ones, both in the format of the annotation guidelines.

Every figure is micro-averaged over the documents: precision, recall and F1. A gold document without a
prediction counts as an empty prediction.

mentions
    a predicted span counts where a gold mention has exactly the same offsets
mentions (typed)
    … and its entity has the same type
entities
    predicted and gold entities are paired one to one, most shared mentions first; a pair counts where the
    types agree and it shares at least one exact mention
relations
    same type, both ends paired as above (partnersWith either way round); for the dated types the subject
    is paired and the date is equal
relations (loose)
    the same, with pairs that need not agree on the entity type
cited
    of the relations and statistics that are right: the evidence overlaps the gold evidence and is at most
    twice as long plus 80 characters (precision and recall are the same share)
amounts
    over the finances relations that match loosely: value within 0.5 % and currency equal
attributes
    over the relations that match loosely: role, and of finances the date and the amount's qualifier, where
    gold or prediction states them, equal after case folding
statistics
    value and unit equal and the evidence spans overlap, paired one to one
statistics (full)
    the same, and qualifier, place, source and about are equal under the pairing of entities
quotes
    speaker paired and the quoted spans overlap by half of their union
ungrounded
    predicted spans that lie outside the text, or relations whose ends are no entity of the document: must
    be 0
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from esskg.model import DATED_RELATIONS, RelationType

Json = Mapping[str, Any]
Key = tuple[Any, ...]
Pairs = dict[str, str]
Readings = list[tuple[Json, Json]]
Same = Callable[[Json, Json], bool]

MEASURES = (
    "mentions",
    "mentions (typed)",
    "entities",
    "relations",
    "relations (loose)",
    "cited",
    "amounts",
    "attributes",
    "statistics",
    "statistics (full)",
    "quotes",
)


@dataclass(slots=True)
class Tally:
    """How many were right, predicted and expected."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, right: int, predicted: int, gold: int) -> None:
        """Count further ones."""
        self.right += right
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        """The share of the predicted that is right; 0 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the expected that was found; 0 where nothing was expected."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def figures(self) -> dict[str, float]:
        """Everything, shares rounded to four places."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {"right": self.right, "predicted": self.predicted, "gold": self.gold}
        return {name: round(share, 4) for name, share in shares.items()} | counts


Tallies = defaultdict[str, Tally]


@dataclass(frozen=True)
class Scores:
    """The figures of a set of documents: overall, by entity and relation type, and document by document."""

    total: Tallies
    by: Tallies
    per_document: dict[str, Tallies]
    missing: list[str] = field(default_factory=list)
    ungrounded: int = 0

    def to_json(self, *, per_document: bool = False) -> dict[str, Any]:
        """The figures as plain data, with those of each document where asked for."""
        result: dict[str, Any] = {
            "documents": len(self.per_document),
            "missing": self.missing,
            "ungrounded": self.ungrounded,
            "total": {name: self.total[name].figures() for name in MEASURES},
            "by": {name: self.by[name].figures() for name in sorted(self.by)},
        }
        if per_document:
            result["per_document"] = {
                document: {name: tallies[name].figures() for name in MEASURES}
                for document, tallies in self.per_document.items()
            }
        return result

    def table(self, *, per_document: bool = False) -> str:
        """The figures as a table for reading, with a line a document where asked for."""
        lines = [
            f"{len(self.per_document)} documents, {len(self.missing)} without a prediction, "
            f"{self.ungrounded} ungrounded"
        ]
        lines += _rows("", {name: self.total[name] for name in MEASURES})
        lines += _rows("by type", {name: self.by[name] for name in sorted(self.by)})
        if per_document:
            lines += ["", f"{'document':32}" + "".join(f"{name[:10]:>12}" for name in MEASURES)]
            lines += [
                f"{document:32}" + "".join(f"{tallies[name].figures()['f1']:12.3f}" for name in MEASURES)
                for document, tallies in self.per_document.items()
            ]
        return "\n".join(lines)


def _rows(title: str, tallies: Mapping[str, Tally]) -> Iterator[str]:
    yield from ("", f"{title:32}{'P':>8}{'R':>8}{'F1':>8}{'right':>8}{'pred':>8}{'gold':>8}")
    for name, tally in tallies.items():
        figures = tally.figures()
        shares = "".join(f"{figures[share]:8.3f}" for share in ("precision", "recall", "f1"))
        yield f"{name:32}{shares}{tally.right:8}{tally.predicted:8}{tally.gold:8}"


def score(
    gold: Mapping[str, Json], predicted: Mapping[str, Json], texts: Mapping[str, str] | None = None
) -> Scores:
    """The scores of predictions, all three given by document id.

    Where a document's text is given, spans are also checked against its length.
    """
    scores = Scores(defaultdict(Tally), defaultdict(Tally), {}, sorted(gold.keys() - predicted.keys()))
    ungrounded = 0
    for document in sorted(gold):
        text = (texts or {}).get(document)
        length = gold[document].get("chars") if text is None else len(text)
        comparison = Comparison(gold[document], predicted.get(document, {}))
        comparison.count()
        scores.per_document[document] = comparison.tallies
        _sum(scores.total, comparison.tallies)
        _sum(scores.by, comparison.by)
        ungrounded += comparison.ungrounded(length)
    return Scores(scores.total, scores.by, scores.per_document, scores.missing, ungrounded)


def _sum(total: Tallies, more: Tallies) -> None:
    for name, tally in more.items():
        total[name].add(tally.right, tally.predicted, tally.gold)


class Comparison:
    """One document, gold and predicted."""

    def __init__(self, gold: Json, predicted: Json) -> None:
        self.gold, self.predicted = gold, predicted
        self.tallies: Tallies = defaultdict(Tally)
        self.by: Tallies = defaultdict(Tally)

    def count(self) -> None:
        """Fill the tallies."""
        self._count_mentions()
        self._count_entities()
        self._count_relations()
        self._count_figures()
        self._count_pairs("quotes", "quotes", self.quotes)

    def ungrounded(self, length: int | None) -> int:
        """How many predicted spans or relation ends hang in the air."""
        known = {entity["id"] for entity in self._list("entities")}
        loose = sum(not _grounded(relation, known) for relation in self._list("relations"))
        spans = [span for entity in self._list("entities") for span in entity["mentions"]]
        for kind in ("relations", "statistics", "quotes"):
            spans += [reading["evidence"] for reading in self._list(kind)]
        return loose + sum(not (0 <= s < e and (length is None or e <= length)) for s, e in spans)

    @cached_property
    def strict(self) -> Pairs:
        """Predicted entity → gold entity of the same type."""
        return pair_entities(self.gold["entities"], self._list("entities"), typed=True)

    @cached_property
    def loose(self) -> Pairs:
        """Predicted entity → gold entity of any type."""
        return pair_entities(self.gold["entities"], self._list("entities"), typed=False)

    @cached_property
    def figures(self) -> Readings:
        """The statistics that are right, predicted and gold."""
        return self._paired("statistics", same_figure)

    @cached_property
    def quotes(self) -> Readings:
        """The quotations that are right, predicted and gold."""
        return self._paired("quotes", self._same_quote)

    def _list(self, kind: str) -> list[Json]:
        return list(self.predicted.get(kind, ()))

    def _count_mentions(self) -> None:
        for name, typed in (("mentions", False), ("mentions (typed)", True)):
            wanted, found = _mentions(self.gold, typed), _mentions(self.predicted, typed)
            self.tallies[name].add((wanted & found).total(), found.total(), wanted.total())

    def _count_entities(self) -> None:
        wanted, found = self.gold["entities"], self._list("entities")
        self.tallies["entities"].add(len(self.strict), len(found), len(wanted))
        for kind in {entity["type"] for entity in [*wanted, *found]}:
            ids = {entity["id"] for entity in found if entity["type"] == kind}
            expected = sum(entity["type"] == kind for entity in wanted)
            self.by[f"entity {kind}"].add(len(self.strict.keys() & ids), len(ids), expected)

    def _count_relations(self) -> None:
        wanted = relation_keys(self.gold.get("relations", ()))
        strict = relation_keys(self._list("relations"), self.strict)
        loose = relation_keys(self._list("relations"), self.loose)
        for name, found in (("relations", strict), ("relations (loose)", loose)):
            self.tallies[name].add(len(wanted.keys() & found.keys()), len(found), len(wanted))
        for kind in {key[0] for key in wanted.keys() | strict.keys()}:
            expected = {key for key in wanted if key[0] == kind}
            stated = {key for key in strict if key[0] == kind}
            self.by[f"relation {kind}"].add(len(expected & stated), len(stated), len(expected))
        for key in wanted.keys() & strict.keys():
            self._count_cited(wanted[key], strict[key])
        for key in wanted.keys() & loose.keys():
            self._count_attributes(wanted[key], loose[key])

    def _count_cited(self, gold: Json, predicted: Json) -> None:
        wanted, found = gold["evidence"], predicted["evidence"]
        brief = found[1] - found[0] <= 2 * (wanted[1] - wanted[0]) + 80
        self.tallies["cited"].add(int(overlap(wanted, found) > 0 and brief), 1, 1)

    def _count_attributes(self, gold: Json, predicted: Json) -> None:
        if gold["type"] == RelationType.FINANCES:
            wanted, found = gold.get("amount"), predicted.get("amount")
            self.tallies["amounts"].add(
                int(_same_amount(wanted, found)), int(found is not None), int(wanted is not None)
            )
        for stated, said in zip(_attributes(gold), _attributes(predicted), strict=True):
            same = bool(stated and said and str(stated).casefold() == str(said).casefold())
            self.tallies["attributes"].add(int(same), int(bool(said)), int(bool(stated)))

    def _count_figures(self) -> None:
        for found, wanted in self.figures:
            self._count_cited(wanted, found)
        self._count_pairs("statistics", "statistics", self.figures)
        self._count_pairs(
            "statistics (full)", "statistics", self._paired("statistics", self._same_whole_figure)
        )

    def _count_pairs(self, measure: str, kind: str, pairs: Readings) -> None:
        self.tallies[measure].add(len(pairs), len(self._list(kind)), len(self.gold.get(kind, ())))

    def _paired(self, kind: str, same: Same) -> Readings:
        return _pair_one_to_one(self._list(kind), list(self.gold.get(kind, ())), same)

    def _same_whole_figure(self, predicted: Json, gold: Json) -> bool:
        return (
            same_figure(predicted, gold)
            and predicted.get("qualifier", "exact") == gold.get("qualifier", "exact")
            and all(self.loose.get(predicted.get(k, "")) == gold.get(k) for k in ("about", "place", "source"))
        )

    def _same_quote(self, predicted: Json, gold: Json) -> bool:
        first, second = predicted["evidence"], gold["evidence"]
        shared = overlap(first, second)
        union = (first[1] - first[0]) + (second[1] - second[0]) - shared
        same_speaker = bool(self.loose.get(predicted["speaker"]) == gold["speaker"])
        return same_speaker and union > 0 and shared / union >= 0.5


def overlap(first: list[int], second: list[int]) -> int:
    """How many characters two spans share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def pair_entities(gold: list[Json], predicted: list[Json], *, typed: bool) -> Pairs:
    """Predicted entity id → gold entity id, one to one, by the number of exact mentions they share."""
    candidates = sorted(
        (-shared, p["type"] != g["type"], p["id"], g["id"])
        for p in predicted
        for g in gold
        if (p["type"] == g["type"] or not typed) and (shared := len(_spans(p) & _spans(g)))
    )
    pairs: Pairs = {}
    taken: set[str] = set()
    for *_, p, g in candidates:
        if p not in pairs and g not in taken:
            pairs[p] = g
            taken.add(g)
    return pairs


def relation_keys(relations: list[Json] | tuple[Json, ...], names: Pairs | None = None) -> dict[Key, Json]:
    """Relations by what identifies them; ``names`` maps their entity ids into the gold document's."""

    def named(end: str | None) -> str | None:
        return end if names is None else names.get(end or "", f"?{end}")

    keyed: dict[Key, Json] = {}
    for relation in relations:
        type_, subject = relation["type"], named(relation["subject"])
        value = relation.get("date") if type_ in DATED_RELATIONS else named(relation.get("object"))
        if type_ == RelationType.PARTNERS_WITH:
            subject, value = sorted((str(subject), str(value)))
        keyed[type_, subject, value] = relation
    return keyed


def _spans(entity: Json) -> set[tuple[int, ...]]:
    return {tuple(mention) for mention in entity["mentions"]}


def _mentions(document: Json, typed: bool) -> Counter[Key]:
    return Counter(
        (entity["type"] if typed else None, *mention)
        for entity in document.get("entities", ())
        for mention in entity["mentions"]
    )


def _grounded(relation: Json, known: set[str]) -> bool:
    ends = [relation["subject"]]
    if relation["type"] not in DATED_RELATIONS:
        ends.append(relation.get("object"))
    return known.issuperset(ends)


def _same_amount(gold: Json | None, predicted: Json | None) -> bool:
    if not gold or not predicted or gold["currency"] != predicted.get("currency"):
        return False
    wanted, found = float(gold["value"]), float(predicted.get("value", 0))
    return abs(wanted - found) <= 0.005 * abs(wanted)


def _attributes(relation: Json) -> tuple[str | None, str | None, str | None]:
    date = relation.get("date") if relation["type"] == RelationType.FINANCES else None
    return relation.get("role"), date, (relation.get("amount") or {}).get("qualifier")


def same_figure(predicted: Json, gold: Json) -> bool:
    """Whether value and unit are equal and the evidence overlaps."""
    wanted, found = float(gold["value"]), float(predicted["value"])
    close = abs(found - wanted) <= 1e-6 * max(1.0, abs(wanted))
    return (
        close
        and bool(predicted["unit"] == gold["unit"])
        and overlap(predicted["evidence"], gold["evidence"]) > 0
    )


def _pair_one_to_one(predicted: list[Json], gold: list[Json], same: Same) -> Readings:
    free = list(gold)
    pairs = []
    for reading in predicted:
        match = next((index for index, other in enumerate(free) if same(reading, other)), None)
        if match is not None:
            pairs.append((reading, free.pop(match)))
    return pairs
