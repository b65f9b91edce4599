"""A network in the words and looks of the graph page: plain data for its table, drawings and JSON twin."""

from __future__ import annotations

from collections import Counter
from typing import Any

from esskg.network import encodings
from esskg.network.layout import Positions
from esskg.network.projection import Graph
from esskg.network.source import Citation
from esskg.server.pages.filters import Filters, documents, languages, years
from esskg.server.refs import page_address
from esskg.server.site import Visit

Plain = dict[str, Any]


def picture(visit: Visit, graph: Graph, places: Positions, filters: Filters) -> Plain:
    """The nodes, best linked first, and the edges, surest first; ``shown`` by the filters or not."""
    degrees = dict(graph.degree())
    highest = max(degrees.values(), default=1)
    shown = {
        data["id"]: filters.shows(graph, source, target, data)
        for source, target, data in graph.edges(data=True)
    }
    linked = {
        end
        for source, target, data in graph.edges(data=True)
        if shown[data["id"]]
        for end in (source, target)
    } or set(graph)
    nodes = [
        _node(visit, key, graph.nodes[key], encodings.radius(degrees[key], highest), degrees[key])
        | {"x": places[key][0], "y": places[key][1], "hidden": key not in linked}
        for key in sorted(graph, key=lambda key: (-degrees[key], key))
    ]
    edges = [
        _edge(visit, graph, source, target, data) | {"place": place, "shown": shown[data["id"]]}
        for place, (source, target, data) in enumerate(sorted(graph.edges(data=True), key=_surest))
    ]
    return {"nodes": nodes, "edges": edges}


def _surest(edge: tuple[str, str, Plain]) -> tuple[float, str]:
    return -(edge[2].get("confidence") or 0), edge[2]["id"]


def surest(graph: Graph, most: int) -> Graph:
    """The surest links of a network and the entities that they link; entities without a link stay."""
    cut = sorted(graph.edges(data=True), key=_surest)[most:]
    kept: Graph = graph.copy()
    kept.remove_edges_from([(source, target, data["id"]) for source, target, data in cut])
    kept.remove_nodes_from([node for node, degree in kept.degree() if not degree and graph.degree(node)])
    return kept


def _node(visit: Visit, key: str, data: Plain, size: float, degree: int) -> Plain:
    kind = encodings.kind(data["type"])
    return {
        "key": key,
        "name": data["label"],
        "language": data["label_language"],
        "type": data["type"],
        "kind": kind.name[visit.language],
        "country": data.get("country", ""),
        "fill": kind.fill,
        "border": kind.border,
        "shape": kind.shape,
        "size": size,
        "degree": degree,
        "community": visit.snapshot.communities.get(key),
        "href": page_address(visit.snapshot, data["iri"], visit.language),
    }


def _edge(visit: Visit, graph: Graph, source: str, target: str, data: Plain) -> Plain:
    line, said = encodings.line(data["relation"]), years(data.get("date", ""))
    return {
        "id": data["id"],
        "source": source,
        "target": target,
        "relation": data["relation"],
        "label": data[f"label_{visit.language}"],
        "colour": line.colour,
        "width": line.pixels(data.get("amount")),
        "arrow": line.arrow,
        "confidence": data.get("confidence"),
        "state": data.get("state") or "",
        "years": list(said) if said else None,
        "documents": sorted(documents(graph, data)),
        "words": sorted(languages(data)),
        "details": _details(visit, data),
        "href": f"/{visit.language}/statement/{data['id']}" if data["evidence"] else "",
        "evidence": [_citation(visit, citation) for citation in data["evidence"]],
    }


def _details(visit: Visit, data: Plain) -> str:
    parts = [data.get("role", "")]
    if "amount" in data:
        amount, currency = data["amount"], data.get("currency")
        parts.append(visit.words.money(amount, currency) if currency else visit.words.number(amount))
    if "date" in data:
        parts.append(visit.words.period(data["date"]))
    return " · ".join(filter(None, parts))


def _citation(visit: Visit, citation: Citation) -> dict[str, str]:
    place = page_address(visit.snapshot, citation.iri, visit.language)
    if place != citation.iri:
        place += f"#ev-{citation.id.rsplit('/', 1)[-1]}"
    names = ("title", "date", "text", "prefix", "suffix", "language")
    return {"href": place} | {name: getattr(citation, name) for name in names}


def choices(visit: Visit, shown: Plain) -> dict[str, list[Plain]]:
    """What a network can be filtered by, each with how often it is there; most frequent first."""
    nodes, edges = shown["nodes"], shown["edges"]
    titles = {
        slug: proof["title"]
        for edge in edges
        for slug in edge["documents"]
        for proof in edge["evidence"]
        if f"/document/{slug}#" in proof["href"]
    }
    return {
        "type": _counted((node["type"] for node in nodes), {node["type"]: node["kind"] for node in nodes}),
        "rel": _counted(
            (edge["relation"] for edge in edges), {edge["relation"]: edge["label"] for edge in edges}
        ),
        "src": _counted((slug for edge in edges for slug in edge["documents"]), titles),
        "country": _counted((node["country"] for node in nodes if node["country"]), name=visit.words.country),
        "words": _counted((tag for edge in edges for tag in edge["words"]), name=visit.words.tongue),
    }


def span(shown: Plain) -> Plain | None:
    """The years that links name, and how many name each, as bars up to 10 high; None where none is dated."""
    dated = [edge["years"] for edge in shown["edges"] if edge["years"]]
    if not dated:
        return None
    first, last = min(years[0] for years in dated), max(years[1] for years in dated)
    counts = Counter(years[0] for years in dated)
    highest = max(counts.values())
    return {
        "first": first,
        "last": last,
        "bars": [round(10 * counts[year] / highest, 2) for year in range(first, last + 1)],
        "undated": len(shown["edges"]) - len(dated),
    }


def _counted(values: Any, names: dict[str, str] | None = None, name: Any = None) -> list[Plain]:
    counts = Counter(values)
    return [
        {
            "value": value,
            "name": names.get(value, value) if names is not None else name(value),
            "count": counts[value],
        }
        for value in sorted(counts, key=lambda value: (-counts[value], value))
    ]
