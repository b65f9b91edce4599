"""A network as one HTML file that works offline: its table is the truth, its drawing a view of it."""

from __future__ import annotations

import base64
import hashlib
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from esskg.errors import EsskgError
from esskg.network import encodings
from esskg.network.layout import Positions, completed
from esskg.network.projection import Graph
from esskg.network.simple import undirected
from esskg.network.source import Citation
from esskg.network.visual import Data, is_unsure, node_ids, vis_network

MANY = 1000
"""Nodes beyond which the page warns that a drawing is the wrong tool."""
_SPOKEN = ("canvas", "documents", "neighbours", "none_left", "nothing", "shown")
"""The words that the page's script needs."""
_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One statement in the table below the drawing."""

    edge: str
    subject: str
    relation: str
    object: str
    label: str
    data: Data
    amount: str
    confidence: str
    unsure: bool

    @property
    def evidence(self) -> tuple[Citation, ...]:
        """What the statement rests on."""
        citations: tuple[Citation, ...] = self.data["evidence"]
        return citations


def standalone_html(
    graph: Graph,
    *,
    title: str,
    language: str,
    positions: Positions | None = None,
    dataset_version: str,
) -> str:
    """The page for a projection: drawing, legend that filters, detail, and tables of statements and entities.

    It loads nothing from anywhere. Nodes without a given position are laid out. The text is to be written as
    UTF-8. Raises EsskgError for a language that drawings don't speak.
    """
    words = _words(language)
    network, shown_by = vis_network(graph, completed(graph, positions), words["times"])
    nodes, edges, _, _, _, options = network.get_network_data()
    spoken = {key: words[key] for key in _SPOKEN}
    degrees = dict(undirected(graph).degree)
    scripts = [_packaged("pyvis", _VIS), _packaged("esskg.network", "templates/draw.js")]
    return (
        _environment()
        .get_template("draw.html")
        .render(
            title=title,
            language=language,
            words=words,
            version=dataset_version,
            graph=graph,
            ids=node_ids(graph),
            degrees=degrees,
            by_degree=sorted(graph, key=lambda node: (-degrees[node], graph.nodes[node]["label"], node)),
            rows=_rows(graph, shown_by, words, language),
            kinds=_kinds(graph),
            relations=_relations(graph, language),
            kind=encodings.kind,
            payload={"nodes": nodes, "edges": edges, "words": spoken},
            options=Markup(options),
            many=MANY,
            scripts=[Markup(script) for script in scripts],
            style=Markup(_packaged("esskg.network", "templates/draw.css")),
            policy=_policy(scripts),
        )
    )


@cache
def _environment() -> Environment:
    loader = PackageLoader("esskg.network")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.policies["json.dumps_kwargs"] = {
        "sort_keys": True,
        "separators": (",", ":"),
        "ensure_ascii": False,
    }
    return environment


@cache
def _packaged(package: str, path: str) -> str:
    return resources.files(package).joinpath(path).read_text("utf-8")


def _policy(scripts: list[str]) -> str:
    """A content security policy that lets these scripts run and nothing be loaded."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    styles = "style-src 'unsafe-inline'"  # vis-network moves its tooltip by style attributes
    return f"default-src 'none'; script-src {allowed}; {styles}; base-uri 'none'; form-action 'none'"


def _words(language: str) -> Words:
    texts: dict[str, Words] = tomllib.loads(_packaged("esskg.network", "draw.toml"))
    if language not in texts:
        raise EsskgError(f"drawings don't speak {language!r}; choose one of {', '.join(texts)}")
    return texts[language]


# --- legend ------------------------------------------------------------------------------------------


def _kinds(graph: Graph) -> list[tuple[encodings.Kind, int]]:
    """The kinds of entities that are there, in the order of the legend, with how many."""
    counts = Counter(encodings.kind(graph.nodes[node]["type"]).code for node in graph)
    return [(kind, counts[kind.code]) for kind in encodings.kinds() if counts[kind.code]]


def _relations(graph: Graph, language: str) -> list[tuple[str, str, encodings.Line, int]]:
    """The relations that are there, most frequent first, with their labels, looks and counts."""
    edges = [data for _, _, data in graph.edges(data=True)]
    counts = Counter(str(data["relation"]) for data in edges)
    labels = {str(data["relation"]): str(data[f"label_{language}"]) for data in edges}
    ranked = sorted(counts, key=lambda relation: (-counts[relation], relation))
    return [(each, labels[each], encodings.line(each), counts[each]) for each in ranked]


# --- table -------------------------------------------------------------------------------------------


def _rows(graph: Graph, shown_by: dict[str, str], words: Words, language: str) -> list[Row]:
    """The statements by the names of their ends."""
    rows = [
        Row(
            shown_by[data["id"]],
            subject,
            data["relation"],
            object_,
            data[f"label_{language}"],
            data,
            _amount(data, words),
            _confidence(data, words),
            is_unsure(data),
        )
        for subject, object_, data in graph.edges(data=True)
    ]
    names = {node: str(graph.nodes[node]["label"]).casefold() for node in graph}
    return sorted(rows, key=lambda row: (names[row.subject], names[row.object], row.label, row.data["id"]))


def _amount(data: Data, words: Words) -> str:
    if "amount" not in data:
        return ""
    digits = f"{data['amount']:,.2f}".removesuffix(".00").replace(",", words["thousands"])
    return words[data.get("qualifier", "exact")].format(amount=f"{digits} {data.get('currency', '')}".strip())


def _confidence(data: Data, words: Words) -> str:
    return words["percent"].format(value=round(100 * data["confidence"])) if "confidence" in data else ""
