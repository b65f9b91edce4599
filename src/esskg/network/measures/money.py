"""Who gives how much to whom, each amount once, and how it is spread."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from esskg.network.grants import Grant, currencies, grants
from esskg.network.measures.rows import kind_of, rounded, who
from esskg.network.projection import Graph
from esskg.network.table import Cell, Table, table

Sums = dict[str, float]


def funding(graph: Graph) -> Table:
    """What each funder gives, alone or with others, by currency, the largest sums first."""
    given = defaultdict[tuple[str, str], list[Grant]](list)
    for grant in grants(graph):
        for funder in grant.funders:
            given[funder, grant.currency].append(grant)
    rows = [_given(graph, funder, currency, each) for (funder, currency), each in given.items()]
    rows.sort(key=lambda row: (row[3] or "~", -(row[6] or 0), row[1], row[0]))
    return table("funding", rows)


def _given(
    graph: Graph, funder: str, currency: str, gifts: list[Grant]
) -> tuple[str, str, str, str | None, int, int, float | None, int, int]:
    recipients = {recipient for grant in gifts for recipient in grant.recipients}
    total = math.fsum(grant.amount or 0 for grant in gifts) if currency else None
    inexact, joint = sum(not grant.exact for grant in gifts), sum(len(grant.funders) > 1 for grant in gifts)
    return (*who(graph, funder), currency or None, len(gifts), len(recipients), total, inexact, joint)


def money_flows(graph: Graph) -> Table:
    """How much money goes from one type to another, by currency."""
    counts, sums = (
        defaultdict[tuple[str, str, str], int](int),
        defaultdict[tuple[str, str, str], list[float]](list),
    )
    for grant in grants(graph):
        for a, b in {(kind_of(graph, a), kind_of(graph, b)) for a, b, _ in grant.parts()}:
            counts[a, b, grant.currency] += 1
        for a, b, part in grant.parts():
            sums[kind_of(graph, a), kind_of(graph, b), grant.currency].append(part)
    rows = (
        (a, b, currency or None, counts[a, b, currency], rounded(math.fsum(parts)) if currency else None)
        for (a, b, currency), parts in sorted(sums.items())
    )
    return table("money_flows", rows)


def rollup(graph: Graph) -> Table:
    """By currency: all amounts, what of them was passed on, and so how much money there is at least."""
    return table("rollup", (_rolled(currency, each) for currency, each in currencies(grants(graph)).items()))


def _rolled(currency: str, given: Sequence[Grant]) -> tuple[Cell, ...]:
    out, into = sums_of(given)
    gross = math.fsum(grant.amount or 0 for grant in given)
    passed = math.fsum(min(out[node], into[node]) for node in sorted(out.keys() & into.keys()))
    fundings = sum(len(grant.statements) for grant in given)
    return currency, fundings, len(given), *map(rounded, (gross, passed, gross - passed))


def sums_of(given: Iterable[Grant]) -> tuple[Sums, Sums]:
    """What each entity gives and what it gets, of grants in one currency."""
    out, into = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    for grant in given:
        for funder, recipient, part in grant.parts():
            out[funder].append(part)
            into[recipient].append(part)
    return ({node: math.fsum(parts) for node, parts in each.items()} for each in (out, into))  # type: ignore[return-value]


# --- concentration ---------------------------------------------------------------------------------------


def concentration(graph: Graph) -> Table:
    """How unequally funding is spread over funders and over recipients: by number, then by money."""
    given = grants(graph)
    rows: list[tuple[Cell, ...]] = []
    for currency, each in [("", given), *currencies(given).items()]:
        for side, sums in zip(("funders", "recipients"), _counted(each, currency), strict=True):
            if sums:
                rows.append((side, currency or None, *_spread(graph, sums)))
    return table("concentration", rows)


def _counted(given: Sequence[Grant], currency: str) -> Sequence[Sums]:
    """The sums of each side in a currency; without one, the number of fundings."""
    if currency:
        return list(sums_of(given))
    counts = [dict[str, float](), dict[str, float]()]
    for grant in given:
        for side, nodes in zip(counts, (grant.funders, grant.recipients), strict=True):
            for node in nodes:
                side[node] = side.get(node, 0.0) + 1
    return counts


def _spread(graph: Graph, sums: Sums) -> tuple[Cell, ...]:
    values = list(sums.values())
    index = herfindahl(values)
    top = min(sums, key=lambda node: (-sums[node], node))
    share = rounded(sums[top] / math.fsum(values))
    return len(values), rounded(index), rounded(1 / index), rounded(gini(values)), *who(graph, top)[:2], share


def herfindahl(values: Sequence[float]) -> float:
    """The sum of squared shares: 1 where one has all, 1/n where n have as much (Herfindahl 1950)."""
    total = math.fsum(values)
    return math.fsum((value / total) ** 2 for value in values)


def gini(values: Sequence[float]) -> float:
    """The mean difference of two values over twice the mean value: 0 where all are equal (Gini 1912)."""
    ordered, count = sorted(values), len(values)
    weighted = math.fsum(rank * value for rank, value in enumerate(ordered, start=1))
    return 2 * weighted / (count * math.fsum(ordered)) - (count + 1) / count


# --- dependency ------------------------------------------------------------------------------------------


def dependency(graph: Graph) -> Table:
    """For each recipient, its largest funder's share: of the grants, then of the money in each currency."""
    given = grants(graph)
    rows = [
        row
        for currency, each in [("", given), *currencies(given).items()]
        for row in _shares(graph, each, currency)
    ]
    rows.sort(key=lambda row: (row[3] is not None, row[3] or "", -row[5], -row[8], row[1], row[0]))
    return table("dependency", rows)


def _shares(
    graph: Graph, given: Sequence[Grant], currency: str
) -> Iterator[tuple[str, str, str, str | None, int, int, str, str, float]]:
    received = defaultdict[str, Sums](dict)
    told = defaultdict[str, set[tuple[str, ...]]](set)
    for grant in given:
        for funder, recipient, part in grant.parts():
            worth = part if currency else 1 / len(grant.funders)
            received[recipient][funder] = received[recipient].get(funder, 0.0) + worth
            told[recipient].add(grant.statements)
    for recipient, sums in received.items():
        top = min(sums, key=lambda node: (-sums[node], node))
        share = rounded(sums[top] / math.fsum(sums.values()))
        yield (
            *who(graph, recipient),
            currency or None,
            len(sums),
            len(told[recipient]),
            *who(graph, top)[:2],
            share,
        )
