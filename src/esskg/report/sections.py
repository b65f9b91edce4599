"""The sections of a report, each made from its subject; one that has nothing to say is left out."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from esskg.model import RelationType
from esskg.network import encodings
from esskg.network.grants import Grant, currencies, grants
from esskg.network.measures import tables
from esskg.network.measures.money import rollup, sums_of
from esskg.network.measures.whole import growth
from esskg.network.simple import ACTORS
from esskg.network.source import Citation
from esskg.network.table import Table
from esskg.report import charts
from esskg.report.content import Block, Cell, Facts, Paragraph, Picture, Rows, Section
from esskg.report.subject import Edge, Subject

MOST = 60
"""Lines of a table."""
TOP = 10
"""Lines of a ranking."""
_ORDER = {relation.value: place for place, relation in enumerate(RelationType)}


def glance(about: Subject) -> Section:
    """What is known in a few lines."""
    words, network = about.words, about.network
    others = len(network) - (0 if about.everything else len(about.focus))
    mentions = sum(about.whole.nodes[node]["documents"] for node in about.around)
    counted = {"statements": words.number(network.number_of_edges()), "others": words.number(others)}
    if about.everything:
        intro = words("intro_all", documents=words.number(about.documents), **counted)
    elif about.is_place:
        located = words.number(len(about.focus) - len(about.around))
        intro = words("intro_place", name=about.name, entities=located, **counted)
    else:
        intro = words("intro", name=about.name, documents=words.number(mentions), **counted)
    facts = [(words("statements"), Cell(counted["statements"])), (words("others"), Cell(counted["others"]))]
    if about.everything:
        actors = sum(network.nodes[node]["type"] in ACTORS for node in network)
        facts.append((words("actors"), Cell(words.number(actors))))
    else:
        facts.append((words("documents"), Cell(words.number(mentions))))
    facts += [(words("years"), Cell(years)) for years in _years(about)]
    facts += _sums(about)
    return Section("glance", words("glance"), (Paragraph(intro), Facts(tuple(facts))))


def _years(about: Subject) -> Iterator[str]:
    found = [str(row["year"]) for row in growth(about.network).records() if row["year"]]
    if found:
        yield found[0] if found[0] == found[-1] else f"{found[0]}–{found[-1]}"


def _sums(about: Subject) -> Iterator[tuple[str, Cell]]:
    """What the subject gave and got; of everything, how much there is."""
    words = about.words
    for currency, given in currencies(grants(about.network)).items():
        if about.everything:
            yield words("gross"), Cell(words.money(math.fsum(each.amount or 0 for each in given), currency))
            continue
        for side, sums in zip(("given", "received"), sums_of(given), strict=True):
            if total := math.fsum(sums.get(node, 0.0) for node in sorted(about.focus)):
                yield words(side), Cell(words.money(total, currency))


# --- network ---------------------------------------------------------------------------------------------


def network(about: Subject) -> Section | None:
    """The network as a picture."""
    graph, words = about.network, about.words
    if not graph.number_of_edges():
        return None
    chart, order, drawn = charts.network(graph)
    left = words("left", count=words.number(len(order) - drawn)) if len(order) > drawn else ""
    counted = {"nodes": words.number(len(order)), "edges": words.number(graph.number_of_edges())}
    alt = words("network_alt", **counted, best=", ".join(about.label(node) for node in order[:5]))
    caption = words("network_caption", **counted, left=left)
    return Section("network", words("network"), (Picture("network", *chart, alt, caption),))


# --- relations -------------------------------------------------------------------------------------------


def relations(about: Subject) -> Section | None:
    """Who is linked to whom, and which sentences say so."""
    words, edges = about.words, sorted(about.network.edges(data=True), key=_surest)
    if about.everything or not edges:
        return None
    shown = sorted(edges[:MOST], key=lambda edge: _in_order(about, edge))
    headings = tuple(words(name) for name in ("relation", "who", "whom", "detail", "sure"))
    rows = tuple(_relation(about, edge) for edge in shown)
    left = len(edges) - len(shown)
    caption = words("more", shown=MOST, count=words.number(left)) if left else ""
    return Section("relations", words("relations"), (Rows(headings, rows, caption),))


def _surest(edge: Edge) -> tuple[float, str]:
    return -(edge[2].get("confidence") or 0.0), str(edge[2]["id"])


def _in_order(about: Subject, edge: Edge) -> tuple[int, str, str, str]:
    a, b, data = edge
    return _ORDER.get(data["relation"], len(_ORDER)), about.label(a), about.label(b), data["id"]


def _relation(about: Subject, edge: Edge) -> tuple[Cell, ...]:
    a, b, data = edge
    relation = Cell(data[f"label_{about.words.language}"], about.notes.cite(data["evidence"]))
    detail = Cell(_detail(about, edge))
    return (
        relation,
        Cell(about.label(a)),
        Cell(about.label(b)),
        detail,
        _confidence(about, data.get("confidence")),
    )


def _detail(about: Subject, edge: Edge) -> str:
    data = edge[2]
    parts = [data.get("role", ""), data.get("date", "")]
    if "amount" in data:
        parts.append(
            about.words.money(data["amount"], data.get("currency", ""), data.get("qualifier", "exact"))
        )
    return ", ".join(filter(None, parts))


def _confidence(about: Subject, value: float | None) -> Cell:
    return Cell("" if value is None else about.words.percent(value))


# --- money -----------------------------------------------------------------------------------------------


def money(about: Subject) -> Section | None:
    """Who funds whom with how much, each amount once."""
    words, given = about.words, grants(about.network)
    if not given:
        return Section("money", words("money"), (Paragraph(words("no_money")),)) if about.everything else None
    blocks: list[Block] = [*_rolled(about), *_chart(about, given)]
    ordered = sorted(given, key=lambda grant: (grant.currency or "~", -(grant.amount or 0), grant.statements))
    headings = tuple(words(name) for name in ("funder", "recipient", "amount"))
    blocks.append(Rows(headings, tuple(_grant(about, grant) for grant in ordered[:MOST])))
    return Section("money", words("money"), tuple(blocks))


def _rolled(about: Subject) -> Iterator[Paragraph]:
    words = about.words
    for row in rollup(about.network).records():
        currency = str(row["currency"])
        sums = {
            name: words.money(float(row[column] or 0), currency)
            for name, column in (("gross", "gross"), ("passed", "passed_on"), ("net", "net"))
        }
        if row["passed_on"]:
            yield Paragraph(words("rolled", currency=currency, **sums))


def _chart(about: Subject, given: list[Grant]) -> Iterator[Picture]:
    """Bars for the currency that most amounts are in."""
    by_currency = currencies(given)
    currency = max(by_currency, key=lambda each: (len(by_currency[each]), each), default="")
    sums, _ = sums_of(by_currency.get(currency, ()))
    best = sorted(sums, key=lambda node: (-sums[node], node))[:TOP]
    if len(best) < 2:
        return
    words = about.words
    values = {about.label(node): sums[node] for node in best}
    chart = charts.bars(values, lambda value: words.money(value, currency))
    said = "; ".join(f"{name}: {words.money(value, currency)}" for name, value in values.items())
    alt = words("money_alt", currency=currency, best=said)
    yield Picture("money", *chart, alt, words("money_caption", currency=currency))


def _grant(about: Subject, grant: Grant) -> tuple[Cell, ...]:
    words, wanted = about.words, set(grant.statements)
    evidence = [
        citation
        for *_, data in about.network.edges(data=True)
        if data["id"] in wanted
        for citation in data["evidence"]
    ]
    amount = (
        words("unstated")
        if grant.amount is None
        else words.money(grant.amount, grant.currency, "exact" if grant.exact else "about")
    )
    funders, recipients = (", ".join(map(about.label, each)) for each in (grant.funders, grant.recipients))
    return Cell(funders, about.notes.cite(evidence)), Cell(recipients), Cell(amount)


# --- figures and dates -----------------------------------------------------------------------------------


def figures(about: Subject) -> Section | None:
    """Numbers that documents give about the subject, each once."""
    question, name = ("figures-by-place", "place") if about.is_place else ("figures-about", "about")
    found = defaultdict[tuple[str, str, str], list[Citation]](list)
    for entity in about.around:
        for row in about.ask(question, **{name: entity}):
            found[str(row["indicator"]), _value(about, row), str(row["date"] or "")].append(_cited(row))
    rows = tuple(
        (Cell(indicator, about.notes.cite(cited)), Cell(value), Cell(day))
        for (indicator, value, day), cited in list(found.items())[:MOST]
    )
    headings = tuple(about.words(each) for each in ("indicator", "value", "when"))
    return Section("figures", about.words("figures"), (Rows(headings, rows),)) if rows else None


def _value(about: Subject, row: dict[str, object]) -> str:
    words, value, unit = about.words, float(str(row["value"])), str(row["unit"])
    qualifier = str(row["qualifier"] or "exact")
    if unit in {"count", "percent"}:
        amount = words(f"{unit}_unit", value=words.number(value))
        return words(f"qualifier_{qualifier}", amount=amount)
    return words.money(value, unit, qualifier)


def _cited(row: dict[str, object]) -> Citation:
    """The sentence of a row of the catalogue, as edges carry it."""
    document = str(row["document"])
    return Citation(str(row["documentLabel"] or document), "", str(row["sentence"]), "", "", document, "", "")


_DATED = {
    "foundedIn": ("founded-when", "entity"),
    "heldOn": ("events-calendar", "event"),
    "adoptedOn": ("policies-adopted", "policy"),
}


def timeline(about: Subject) -> Section | None:
    """What is dated about the subject, and from when the documents are."""
    words = about.words
    rows = sorted(_dated(about))[:MOST]
    headings = (words("when"), words("event"), words("kind"))
    cells = tuple(
        (Cell(day), Cell(name, about.notes.cite([cited])), Cell(words(kind)))
        for day, name, kind, cited in rows
    )
    blocks: list[Block] = [Rows(headings, cells)] if rows else []
    return (
        Section("timeline", words("timeline"), (*_years_chart(about), *blocks))
        if blocks or _has_years(about)
        else None
    )


def _dated(about: Subject) -> Iterator[tuple[str, str, str, Citation]]:
    """The first sentence for each entity and date, of those in sight."""
    seen = set[tuple[str, str]]()
    for kind, (question, column) in _DATED.items():
        for row in about.ask(question):
            slug, day = str(row[column]).rsplit("/", 1)[-1], str(row["date"] or "")
            if slug in about.network and day and (slug, day) not in seen:
                seen.add((slug, day))
                yield day, about.label(slug), kind, _cited(row)


def _has_years(about: Subject) -> bool:
    return sum(row["year"] is not None for row in growth(about.network).records()) > 1


def _years_chart(about: Subject) -> Iterator[Picture]:
    if not _has_years(about):
        return
    rows, words = growth(about.network).records(), about.words
    values = {str(row["year"]): int(row["statements"] or 0) for row in rows if row["year"]}
    undated = sum(int(row["statements"] or 0) for row in rows if not row["year"])
    said = ", ".join(f"{year}: {count}" for year, count in values.items())
    caption = words("timeline_caption", undated=words.number(undated))
    yield Picture("timeline", *charts.columns(values), words("timeline_alt", best=said), caption)


# --- place in the network --------------------------------------------------------------------------------


def standing(about: Subject) -> Section | None:
    """Ranks of the actors asked about; of everything or a place, who is central there."""
    found = {
        each.name: each for each in tables(about.whole, ("degree", "betweenness", "beyond_degree", "matches"))
    }
    actor = [node for node in about.around if about.whole.nodes[node]["type"] in ACTORS]
    words = about.words
    if about.around and not about.is_place and not actor:
        return None
    blocks: list[Block] = [_ranks(about, found, actor) if actor else _central(about, found)]
    blocks += [
        Paragraph(found["beyond_degree"].caution(words.language), caution=True),
        *_approach(about, found["matches"]),
    ]
    title = words("standing") if actor else words("central")
    return Section("standing", title, (*_among(about, found["degree"]), *blocks))


def _among(about: Subject, degree: Table) -> Iterator[Paragraph]:
    yield Paragraph(about.words("standing_text", count=about.words.number(len(degree.rows))))


def _ranks(about: Subject, found: dict[str, Table], actors: list[str]) -> Rows:
    words, rows = about.words, []
    for name, column in (("degree", "degree"), ("betweenness", "betweenness"), ("beyond_degree", "score")):
        values = {str(row["entity"]): float(row[column] or 0) for row in found[name].records()}
        for node in (node for node in actors if node in values):
            rank = 1 + sum(value > values[node] for value in values.values())
            rows.append(
                (
                    Cell(about.label(node)),
                    Cell(words(f"row_{name}")),
                    Cell(words.number(values[node])),
                    Cell(str(rank)),
                )
            )
    return Rows(tuple(words(name) for name in ("actor", "measure", "value", "rank")), tuple(rows))


def _central(about: Subject, found: dict[str, Table]) -> Rows:
    words = about.words
    scores = {row["entity"]: row for row in found["beyond_degree"].records()}
    between = {row["entity"]: row["betweenness"] for row in found["betweenness"].records()}
    rows = []
    for row in [row for row in found["degree"].records() if row["entity"] in about.focus][:TOP]:
        score = scores.get(row["entity"], {}).get("score")
        kind = encodings.kind(str(row["type"])).name[words.language]
        numbers = (row["degree"], between[row["entity"]], score)
        shown = (Cell("–" if each is None else words.number(float(each))) for each in numbers)
        rows.append((Cell(str(row["label"])), Cell(kind), *shown))
    headings = ("actor", "kind", "degree", "betweenness", "score")
    return Rows(tuple(words(name) for name in headings), tuple(rows))


def _approach(about: Subject, matches: Table) -> Iterator[Block]:
    words = about.words
    rows = [row for row in matches.records() if row["entity"] in about.focus][:TOP]
    if rows:
        headings = (words("actor"), words("approach"), words("why"))
        cells = tuple(
            (Cell(str(row["label"])), Cell(str(row["funder"])), Cell(str(row["explained"]))) for row in rows
        )
        yield Rows(headings, cells, words("approach"))
        yield Paragraph(matches.caution(words.language), caution=True)


# --- method ----------------------------------------------------------------------------------------------


def method(about: Subject) -> Section:
    """How the report came about, and what it can't say."""
    words = about.words
    around = "".join(f" --around {node}" for node in about.around)
    limits = (
        Paragraph(words(name), caution=True) for name in ("limit_reading", "limit_corpus", "limit_money")
    )
    text = Paragraph(words("method_text", documents=words.number(about.documents)))
    return Section("method", words("method"), (text, *limits, Paragraph(words("again", around=around))))
