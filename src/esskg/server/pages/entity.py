"""The page of an entity: its names, what is said of it and by whom, who mentions it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import RedirectResponse, Response

from esskg.graph.rows import Row
from esskg.model import DATED_RELATIONS, RelationType
from esskg.server import structured
from esskg.server.feeds import MEDIA_TYPE
from esskg.server.i18n import Messages
from esskg.server.inferences import inferences
from esskg.server.links import forms
from esskg.server.missing import missing
from esskg.server.pages.ego import Ego, ego, shorten
from esskg.server.refs import Ref, refs
from esskg.server.rows import language, select, text
from esskg.server.site import Page, Visit
from esskg.server.statements import MOST, Statement, figures, quotations, statements
from esskg.server.terms import Text, in_language, local_name
from esskg.vocab import ess

ABOUT = """
SELECT ?property ?value WHERE {{
  VALUES ?property {{
    rdf:type rdfs:label skos:altLabel ess:country ess:referenceKey ess:mentionedIn dcterms:isReplacedBy
    owl:sameAs skos:exactMatch schema:url foaf:homepage dcterms:description
  }}
  <{iri}> ?property ?value
}} ORDER BY ?property ?value"""

SAID = "{{ ?statement rdf:subject <{iri}> }} UNION {{ ?statement rdf:object <{iri}> }}"
FIGURES = "VALUES ?role {{ ess:about ess:place ess:source }} ?figure ?role <{iri}> ."
QUOTATIONS = "?quotation ess:speaker <{iri}> ."
SYMMETRIC = {RelationType.PARTNERS_WITH.value}
ORDER = {relation.value: place for place, relation in enumerate(RelationType)}


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one relation in one direction."""

    predicate: str
    label: Text
    """The relation, read from this entity."""
    way: str
    """``→`` from this entity, ``←`` towards it, ``↔`` for a relation without direction."""
    statements: tuple[Statement, ...]


def entity(visit: Visit) -> Page | Response:
    """Everything about one entity. A merged one redirects; an unknown one suggests others."""
    slug = visit.request.path_params["slug"]
    iri = visit.snapshot.iri("id", slug)
    about = _about(visit, iri)
    if "isReplacedBy" in about:
        now = local_name(text(about["isReplacedBy"][0], "value"))
        return RedirectResponse(visit.request.url.path.replace(slug, now), 301)
    if "type" not in about:
        raise missing(visit.snapshot, "id", slug)
    me = refs(visit.snapshot, [iri], visit.language)[iri]
    data = _data(visit, me, about)
    drawn = {
        "ego": _ego(me, data["relations"]),
        "short": shorten(me.name, 48),
        "structured": _structured(visit, me, data),
    }
    others = forms(f"/entity/{slug}") | {MEDIA_TYPE: f"/{visit.language}/entity/{slug}.atom"}
    return Page("entity.html", me.name, data, others, drawn=drawn, about=iri)


def _about(visit: Visit, iri: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in select(visit.snapshot.project.store, ABOUT.format(iri=iri)):
        found[local_name(text(row, "property"))].append(row)
    return dict(found)


def _data(visit: Visit, me: Ref, about: dict[str, list[Row]]) -> dict[str, Any]:
    snapshot = visit.snapshot
    said = statements(snapshot, SAID.format(iri=me.iri), visit.language)
    groups = grouped(said, me.iri, visit.words)
    names = _texts(about, "label")
    classes = [text(row, "value") for row in about["type"]]
    return {
        "entity": me,
        "type_label": _class_label(visit, me, classes),
        "names": [name for name in names if name.text != me.name],
        "aliases": [name for name in _texts(about, "altLabel") if name.text not in {n.text for n in names}],
        "country": _first(about, "country"),
        "reference": _first(about, "referenceKey"),
        "same": [text(row, "value") for name in ("sameAs", "exactMatch") for row in about.get(name, [])],
        "facts": [group for group in groups if group.predicate in DATED_RELATIONS],
        "relations": [group for group in groups if group.predicate not in DATED_RELATIONS],
        "cut": len(said) == MOST,
        "figures": figures(snapshot, FIGURES.format(iri=me.iri), visit.language),
        "quotations": quotations(snapshot, QUOTATIONS.format(iri=me.iri), visit.language),
        "inferences": inferences(snapshot, me.iri, visit.language),
        "documents": _documents(visit, about),
    }


def _structured(visit: Visit, me: Ref, data: Mapping[str, Any]) -> structured.Structured:
    names = (name.text for name in (*data["names"], *data["aliases"]))
    return structured.entity(me, names, data["same"], visit.snapshot.base + visit.request.url.path)


def grouped(said: list[Statement], iri: str, words: Messages) -> list[Group]:
    """Statements by relation and direction, in the order of the relation types."""
    groups: dict[tuple[int, str, str], list[Statement]] = defaultdict(list)
    for statement in said:
        way = "↔" if statement.predicate in SYMMETRIC else "→" if statement.subject.iri == iri else "←"
        groups[ORDER.get(statement.predicate, len(ORDER)), statement.predicate, way].append(statement)
    return [
        Group(predicate, _read_from(items[0], way, words), way, tuple(items))
        for (_, predicate, way), items in sorted(groups.items())
    ]


def _read_from(statement: Statement, way: str, words: Messages) -> Text:
    """A relation's label, turned round where it is read from its object."""
    turned = f"inverse.{statement.predicate}"
    return Text(words(turned)) if way == "←" and words.has(turned) else statement.label


def _class_label(visit: Visit, me: Ref, classes: list[str]) -> Text:
    terms = visit.snapshot.terms
    return terms.label(terms.most_specific(classes) or ess(me.type), visit.language)


def _texts(about: dict[str, list[Row]], name: str) -> list[Text]:
    return [Text(text(row, "value"), language(row, "value")) for row in about.get(name, [])]


def _first(about: dict[str, list[Row]], name: str) -> str:
    found = in_language(_texts(about, name), "")
    return found.text if found else ""


def _documents(visit: Visit, about: dict[str, list[Row]]) -> list[Ref]:
    iris = [text(row, "value") for row in about.get("mentionedIn", [])]
    return list(refs(visit.snapshot, iris, visit.language).values())


def _ego(me: Ref, groups: list[Group]) -> Ego | None:
    said = (statement for group in groups for statement in group.statements)
    edges = [statement for statement in said if statement.object and statement.holds]
    edges.sort(key=lambda statement: (-statement.confidence, statement.id))
    return ego(me, edges) if edges else None
