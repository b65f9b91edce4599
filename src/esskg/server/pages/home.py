"""The home page: what is in the graph, and where to begin."""

from __future__ import annotations

from esskg.model import EntityType
from esskg.server.access import from_here
from esskg.server.questions import Question, questions
from esskg.server.refs import Ref, refs
from esskg.server.rows import select, text
from esskg.server.site import Page, Visit

# Who is in most asserted relations: good places to begin.
CONNECTED = """
SELECT ?entity (COUNT(DISTINCT ?statement) AS ?count) WHERE {{
  VALUES ?end {{ rdf:subject rdf:object }}
  ?statement a ess:Statement ; ?end ?entity ; ess:state <https://w3id.org/esskg/vocabulary/state/asserted> .
  FILTER(isIRI(?entity)) FILTER NOT EXISTS {{ ?entity a ess:Place }}
}} GROUP BY ?entity ORDER BY DESC(?count) ?entity LIMIT {limit}"""

TOTALS = ("Document", "mentioned", "Statement", "Figure", "Quotation")
PRESETS = (
    *("who-finances-whom", "links-of-international-body", "policies-adopted"),
    *("figures-by-place", "network-members", "who-sits-where"),
)


def home(visit: Visit) -> Page:
    """Counts, questions to ask, entities to start from, and which version this is."""
    manifest = visit.snapshot.version.manifest
    counts, spoken_of = manifest.counts, visit.snapshot.project.index.mentioned()
    data = {
        "counts": {type_.value: spoken_of[type_] for type_ in EntityType if type_ in spoken_of},
        "reference": counts.get("Entity", 0) - sum(spoken_of.values()),
        "totals": {name: counts.get(name, 0) for name in TOTALS},
        "connected": connected(visit, 8),
        "questions": presets(visit),
        "built": manifest.built,
        "violations": manifest.violations,
        "problems": manifest.problems,
    }
    drawn = {"reviewing": from_here(visit.request) and counts.get("review", 0)}
    return Page("home.html", visit.snapshot.project.settings.title_in(visit.language), data, drawn=drawn)


def connected(visit: Visit, limit: int) -> list[Ref]:
    """The entities with most asserted statements."""
    rows = select(visit.snapshot.project.store, CONNECTED.format(limit=limit))
    return list(refs(visit.snapshot, [text(row, "entity") for row in rows], visit.language).values())


def presets(visit: Visit) -> list[Question]:
    """Six questions that show what the graph is for; others where a catalogue lacks some of them."""
    known = questions(visit.snapshot, visit.language)
    order = {name: place for place, name in enumerate(PRESETS)}
    return sorted(known, key=lambda question: order.get(question.name, len(order)))[: len(PRESETS)]
