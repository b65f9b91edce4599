"""Money given, each amount once.

A text that says "A and B give 45,000 $ to C and D" is read as four fundings, each with that amount. They are
one grant: an amount with its funders and its recipients. Who gave and got which part of it isn't said, so
each of them is taken to give and get as much as the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from esskg.model import Qualifier, RelationType
from esskg.network.projection import Graph

_UNKNOWN = "XXX"
"""ISO 4217 for no currency; stands where a text doesn't say which dollars it means."""


@dataclass(frozen=True, slots=True)
class Grant:
    """An amount that a sentence tells of; funders, recipients and the statements read from it, sorted."""

    funders: tuple[str, ...]
    recipients: tuple[str, ...]
    amount: float | None
    currency: str
    """ISO 4217; empty without an amount, XXX where the text leaves it open."""
    exact: bool
    statements: tuple[str, ...]

    def parts(self) -> Iterator[tuple[str, str, float]]:
        """Each funder with each recipient and their equal part of the amount."""
        part = (self.amount or 0.0) / (len(self.funders) * len(self.recipients))
        for funder in self.funders:
            for recipient in self.recipients:
                yield funder, recipient, part


def grants(graph: Graph) -> list[Grant]:
    """The grants of a network, by their statements; a funding without an amount is a grant of its own."""
    together = defaultdict[tuple[Any, ...], list[tuple[str, str, dict[str, Any]]]](list)
    for funder, recipient, data in graph.edges(data=True):
        if data["relation"] == RelationType.FINANCES:
            together[_told(data)].append((funder, recipient, data))
    return sorted(map(_grant, together.values()), key=lambda grant: grant.statements)


def _told(data: dict[str, Any]) -> tuple[Any, ...]:
    """What fundings of one grant share: amount, currency and the sentence, of several the first."""
    if "amount" not in data or not data["evidence"]:
        return (data["id"],)
    return data["amount"], data.get("currency", ""), min((each.iri, each.text) for each in data["evidence"])


def _grant(fundings: Sequence[tuple[str, str, dict[str, Any]]]) -> Grant:
    data = fundings[0][2]
    return Grant(
        _sorted(funder for funder, _, _ in fundings),
        _sorted(recipient for _, recipient, _ in fundings),
        data.get("amount"),
        data.get("currency", _UNKNOWN) if "amount" in data else "",
        all(each.get("qualifier", Qualifier.EXACT) == Qualifier.EXACT for *_, each in fundings),
        _sorted(each["id"] for *_, each in fundings),
    )


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def currencies(given: Iterable[Grant]) -> dict[str, list[Grant]]:
    """The grants with an amount, by currency in the order of the alphabet."""
    found = defaultdict[str, list[Grant]](list)
    for grant in given:
        if grant.amount is not None:
            found[grant.currency].append(grant)
    return dict(sorted(found.items()))
