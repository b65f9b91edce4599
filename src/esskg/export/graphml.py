"""GraphML, which Gephi, yEd, Cytoscape and igraph read."""

from __future__ import annotations

from typing import IO

import networkx as nx

from esskg.export.flat import flat
from esskg.network.layout import Positions
from esskg.network.projection import Graph


def write_graphml(graph: Graph, output: IO[bytes], placed: Positions | None = None) -> None:
    """A projection as GraphML; the ids of edges are those of their statements."""
    nx.write_graphml_xml(flat(graph, placed), output)
