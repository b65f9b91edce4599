"""What the structure of the network says, each measure a table with its definition and its caution.

Measures of actors look at the direct relations between organisations and people; flows and funding at all
entities. Numbers are rounded to 12 digits and ties are ordered by name, so that the same network gives the
same table in whatever order it was made and whichever library computed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from esskg.errors import EsskgError
from esskg.network.measures.brokerage import brokerage
from esskg.network.measures.centrality import betweenness, degree, hits, pagerank
from esskg.network.measures.cohesion import assortativity, cohesion
from esskg.network.measures.communities import communities, stability
from esskg.network.measures.hinges import articulation, bridges
from esskg.network.measures.holes import holes
from esskg.network.measures.money import concentration, dependency, funding, money_flows, rollup
from esskg.network.measures.null import beyond_chance, beyond_degree
from esskg.network.measures.similar import matches, similar
from esskg.network.measures.whole import component_sizes, flows, growth, size
from esskg.network.projection import Graph
from esskg.network.table import Table

Measure = Callable[[Graph], Table]

MEASURES: dict[str, Measure] = {
    "size": size,
    "components": component_sizes,
    "growth": growth,
    "degree": degree,
    "betweenness": betweenness,
    "beyond_degree": beyond_degree,
    "pagerank": pagerank,
    "hits": hits,
    "cohesion": cohesion,
    "holes": holes,
    "brokerage": brokerage,
    "articulation": articulation,
    "bridges": bridges,
    "communities": communities,
    "stability": stability,
    "assortativity": assortativity,
    "beyond_chance": beyond_chance,
    "flows": flows,
    "money_flows": money_flows,
    "funding": funding,
    "rollup": rollup,
    "concentration": concentration,
    "dependency": dependency,
    "similar": similar,
    "matches": matches,
}
"""All measures by the name of their table, in the order in which they are shown."""

OF_FOLDED = frozenset(
    {
        *(
            "size",
            "components",
            "degree",
            "betweenness",
            "beyond_degree",
            "cohesion",
            "holes",
            "articulation",
        ),
        *("bridges", "communities", "stability", "assortativity", "beyond_chance"),
    }
)
"""Those that mean something where links have no direction and no money: in folded projections."""


def tables(graph: Graph, names: Iterable[str] | None = None) -> list[Table]:
    """The named measures of a network, or all that fit it.

    Raises EsskgError for a name that no measure has, and for one that doesn't fit a folded projection.
    """
    fitting = [name for name in MEASURES if not graph.graph.get("folded") or name in OF_FOLDED]
    wanted = fitting if names is None else list(names)
    if unknown := [name for name in wanted if name not in fitting]:
        raise EsskgError(f"no measure {unknown[0]!r} of this network; there are {', '.join(fitting)}")
    return [MEASURES[name](graph) for name in wanted]
