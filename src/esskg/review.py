"""Reviewing: what waits for a decision, one after the other, and decisions as rows of the project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from esskg.graph.store import Store
from esskg.query.doubts import Doubt, doubts, passages
from esskg.resolve import DecisionKind, Decisions
from esskg.resolve.verdicts import Reading, Verdicts


class Review:
    """The statements of one version that are to be reviewed, and what has been decided on them since.

    Decisions are written to the project at once, into ``decisions/review.csv``; a build applies them.
    """

    def __init__(self, store: Store, base: str, verdicts: Verdicts) -> None:
        self._store, self._base, self._verdicts = store, base, verdicts
        self._doubts = {doubt.id: doubt for doubt in doubts(store, base)}
        self._full: dict[str, Doubt] = {}

    def __len__(self) -> int:
        return len(self._doubts)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._doubts

    def __getitem__(self, id_: str) -> Doubt:
        """One statement to be reviewed, with its passages. Raises KeyError where it isn't one."""
        if id_ not in self._full:
            found = passages(self._store, self._base, [id_])
            self._full[id_] = replace(self._doubts[id_], passages=found.get(id_, ()))
        return self._full[id_]

    def waiting(self, after: str = "") -> Iterator[Doubt]:
        """What is still undecided, those first that matter most; from behind one of them (by id) on."""
        decisions, ids = self._verdicts.decisions(), list(self._doubts)
        start = ids.index(after) + 1 if after in self._doubts else 0
        for id_ in ids[start:] + ids[:start]:
            doubt = self[id_]
            if not self._verdict(doubt, decisions):
                yield doubt

    def verdict(self, id_: str) -> DecisionKind | None:
        """What was decided on a statement since the build; None where something is still undecided."""
        return self._verdict(self[id_], self._verdicts.decisions())

    def decided(self) -> int:
        """How many of the statements have been decided on since the build."""
        decisions = self._verdicts.decisions()
        touched = {(row.relation, row.subject, row.object) for row in decisions.rows}
        return sum(
            self._verdict(self[doubt.id], decisions) is not None
            for doubt in self._doubts.values()
            if (doubt.relation, doubt.subject, doubt.object) in touched
        )

    def decide(self, id_: str, kind: DecisionKind, *, who: str, why: str) -> None:
        """Accept or reject a statement, for all words that it was read from.

        Raises TablesError where the project's decisions have become unreadable or say otherwise, KeyError
        where it isn't to be reviewed.
        """
        today = datetime.now(UTC).date().isoformat()
        self._verdicts.add(kind, _readings(self[id_]), who=who, when=today, why=why)

    def undo(self, id_: str) -> bool:
        """Take back what was decided on a statement in reviewing; whether there was anything."""
        return bool(self._verdicts.undo(_readings(self[id_])))

    def _verdict(self, doubt: Doubt, decisions: Decisions) -> DecisionKind | None:
        found = [
            decisions.verdict(each.relation, each.document, each.quote, each.subject, each.object)
            for each in _readings(doubt)
        ]
        kinds = {decision.kind for decision in found if decision}
        if DecisionKind.ACCEPT in kinds:
            return DecisionKind.ACCEPT
        return DecisionKind.REJECT if found and all(found) else None


def _readings(doubt: Doubt) -> list[Reading]:
    return [
        Reading(doubt.relation, doubt.subject, doubt.object, passage.document, passage.exact)
        for passage in doubt.passages
    ]
