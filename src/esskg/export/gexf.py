"""GEXF for Gephi, with the colours, sizes and places of our drawings."""

from __future__ import annotations

from typing import IO
from xml.etree.ElementTree import Element, ElementTree

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from esskg.export.flat import edge_colour, flat
from esskg.network.encodings import line
from esskg.network.layout import Positions
from esskg.network.projection import Graph

_KEY = "networkx_key"
"""An attribute that networkx adds and that repeats the edge's id."""


def write_gexf(graph: Graph, output: IO[bytes], placed: Positions | None = None) -> None:
    """A projection as GEXF 1.2; the ids of edges are those of their statements."""
    writer = GEXFWriter(_visual(flat(graph, placed)))
    _tidy(writer.xml)
    writer.indent(writer.xml)
    ElementTree(writer.xml).write(output, encoding="utf-8", xml_declaration=True)


def _visual(graph: Graph) -> Graph:
    """Colours, sizes and places where GEXF has elements for them."""
    copy: Graph = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        colour = {part: data.pop(part) for part in "rgb"}
        place = {"x": data.pop("x"), "y": data.pop("y"), "z": 0.0}
        size = data.pop("size")
        copy.add_node(node, **data, viz={"color": colour, "position": place, "size": size})
    for a, b, key, data in graph.edges(keys=True, data=True):
        look = {
            "color": edge_colour(data["relation"]),
            "thickness": line(data["relation"]).pixels(data.get("amount")),
        }
        copy.add_edge(a, b, key=key, id=key, **data, viz=look)
    return copy


def _tidy(xml: Element) -> None:
    """Take out what networkx adds: today's date, which would change the file, and the key of each edge."""
    meta = xml.find("meta")
    if meta is not None:
        xml.remove(meta)
    for attributes in xml.iter("attributes"):
        for attribute in attributes.findall(f"attribute[@title='{_KEY}']"):
            attributes.remove(attribute)
            _without(xml, attribute.get("id", ""))


def _without(xml: Element, id_: str) -> None:
    for values in xml.iterfind("graph/edges/edge/attvalues"):
        for value in values.findall(f"attvalue[@for='{id_}']"):
            values.remove(value)
