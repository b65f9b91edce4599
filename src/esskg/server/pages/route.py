"""How one entity is linked with another: the shortest chains of statements, and their network."""

from __future__ import annotations

from esskg.network.paths import Chain, chains, routes
from esskg.network.projection import Graph, among
from esskg.network.simple import Simple
from esskg.server.pages.view import View
from esskg.server.site import Visit

PATHS = 5


def routes_between(visit: Visit, view: View) -> tuple[Graph, list[Chain]]:
    """The shortest chains between the two entities of a view, and all that links the entities on them.

    Raises EsskgError for a name that nobody bears, or that several do.
    """
    project = visit.snapshot.project
    start, end = (project.index.slug(name) for name in (*view.path, view.path[0])[:2])
    simple = _without_hubs(visit.snapshot.skeleton(review=view.review), {start, end}, view.hub)
    found = routes(simple, start, end, most=PATHS, longest=view.longest)
    passed = {start, end}.union(*found)
    network = among(
        project.store, base=visit.snapshot.base, entities=passed, language=visit.language, review=view.review
    )
    return network, chains(network, start, end, most=PATHS, longest=view.longest)[: len(found)]


def _without_hubs(simple: Simple, ends: set[str], hub: int | None) -> Simple:
    """The network without what is linked with too many others to say anything, the ends excepted."""
    if hub is None:
        return simple
    kept: Simple = simple.subgraph(node for node in simple if node in ends or simple.degree[node] <= hub)
    return kept
