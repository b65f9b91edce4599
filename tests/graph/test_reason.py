"""What the reasoner adds, and that it adds what OWL 2 RL says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from pyoxigraph import NamedNode, Quad, QueryBoolean, parse
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF, RDFS

import sample
from esskg import shipped
from esskg.errors import EsskgError
from esskg.graph import build, ontology, reason
from esskg.graph.rules import rules_of
from esskg.graph.store import Store, memory_store
from esskg.vocab import ESS, VOCABULARY

FOLDER = shipped.folder("ontology")
RUN = build.Run("extractor-1", "0.1.0")
A = RDF.type


@pytest.fixture(scope="module")
def reasoned() -> Iterator[Store]:
    with memory_store(sample.BASE) as store:
        store.load(build.quads(sample.knowledge(), sample.BASE, run=RUN))
        reason.entail(store, sample.BASE)
        yield store


def holds(store: Store, pattern: str) -> bool:
    answer = store.query(f"PREFIX id: <{sample.BASE}/id/> ASK {{ {pattern} }}")
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


@pytest.mark.parametrize(
    "pattern",
    [
        "id:fonds-du-fleuve a ess:Financier, ess:Organization, ess:Agent, ess:Entity, org:Organization",
        "id:universite ess:partnersWith id:confluence ; a ess:Partner",
        "id:ministere a ess:EventOrganizer, ess:PolicyAdopter",
        "id:groupe-rivieres a ess:Participant",
        "id:trois-ponts a ess:Member",
        "id:anne-lavigne a foaf:Person",
    ],
)
def test_roles_superclasses_and_the_other_direction_follow(reasoned: Store, pattern: str) -> None:
    assert holds(reasoned, pattern)


@pytest.mark.parametrize(
    "pattern", ["id:ministere a ess:Financier", "id:ministere ess:finances ?x", "?x a ess:Supporter"]
)
def test_nothing_follows_from_what_is_negated(reasoned: Store, pattern: str) -> None:
    expected = pattern == "?x a ess:Supporter"
    assert holds(reasoned, pattern) is expected


def test_what_was_added_stands_in_a_graph_of_its_own_too(reasoned: Store) -> None:
    graph = f"<{sample.BASE}/graph/inferences>"
    assert holds(reasoned, f"GRAPH {graph} {{ id:fonds-du-fleuve a ess:Financier }}")
    assert not holds(reasoned, f"GRAPH {graph} {{ id:fonds-du-fleuve a ess:FinancialInstitution }}")


def test_reasoning_twice_adds_nothing(reasoned: Store) -> None:
    assert reason.entail(reasoned, sample.BASE) == 0


def triples(*lines: str) -> list[Quad]:
    return [
        Quad(*(NamedNode(ESS + name if name != "a" else str(A)) for name in line.split())) for line in lines
    ]


def coded(subject: str, property_: str, concept: str) -> Quad:
    return Quad(NamedNode(ESS + subject), NamedNode(ESS + property_), NamedNode(VOCABULARY + concept))


def entailed(*lines: str) -> Store:
    store = memory_store(sample.BASE)
    store.load(triples(*lines))
    reason.entail(store, sample.BASE)
    return store


def test_places_and_parts_close_over_any_number_of_steps() -> None:
    store = entailed(
        "a1 locatedIn a2",
        "a2 locatedIn a3",
        "a3 locatedIn a4",
        "b1 subOrganizationOf b2",
        "b2 subOrganizationOf b3",
    )
    assert holds(
        store, "ess:a1 ess:locatedIn ess:a4 . ess:b1 ess:subOrganizationOf ess:b3 . ess:a4 a ess:Place"
    )


def test_only_a_funding_that_holds_gives_the_direct_property() -> None:
    store = entailed(
        "f a Funding",
        "f funder x",
        "f recipient y",
        "u a UnconfirmedRelation",
        "u funder p",
        "u recipient q",
    )
    assert holds(store, "ess:x ess:finances ess:y ; a ess:Financier")
    assert not holds(store, "ess:p ess:finances ess:q")


def test_a_merger_merges_what_went_into_it_with_what_came_out() -> None:
    store = entailed(
        "m a Merger", "m originalOrganization a1", "m originalOrganization a2", "m resultingOrganization a2",
        "r a Renaming", "r originalOrganization b", "r resultingOrganization c",
    )  # fmt: skip
    assert holds(store, "ess:a1 ess:mergedInto ess:a2 ; a ess:ChangedOrganization, ess:Organization")
    assert not holds(store, "ess:a2 ess:mergedInto ?x")
    assert not holds(store, "ess:b ess:mergedInto ?x")


def test_a_code_gives_its_class_and_those_above() -> None:
    with memory_store(sample.BASE) as store:
        store.load([coded("w", "legalForm", "legal-form/scop")])
        reason.entail(store, sample.BASE)
        assert holds(store, "ess:w a ess:WorkerCooperative, ess:Cooperative, ess:SocialEconomyEnterprise")


@pytest.mark.parametrize(
    "class_",
    [
        "EventOrganization",
        "Participation",
        "Membership",
        "Post",
        "PolicyAdoption",
        "Endorsement",
        "Partnership",
        "Funding",
    ],
)
def test_every_relation_class_has_its_rule(class_: str) -> None:
    rules = rules_of(ontology.triples(FOLDER), FOLDER)
    assert [rule for rule in rules if ESS + class_ in rule.needs and rule.stratum == 0]


def test_the_same_follows_as_by_the_reference_implementation_of_owl_2_rl() -> None:
    data = triples(
        "m a Ministry", "c a CreditUnion", "c finances s", "s a Symposium", "m organizes s", "p hasRole m",
        "c partnersWith n", "n memberOf m", "s locatedIn r", "r locatedIn q", "d subOrganizationOf m",
        "e subOrganizationOf d", "m adopts l", "l a Law", "g originalOrganization c", "g a Merger",
    )  # fmt: skip
    data += [coded("w", "legalForm", "legal-form/scop"), coded("k", "kind", "event-kind/forum")]
    for path in sorted(
        FOLDER.glob("competency/[0-9][0-9]-kinds-of-*/data.ttl")
    ):  # an individual of every class
        data += parse(path=str(path))
    store = memory_store(sample.BASE)
    store.load(data)
    reason.entail(store, sample.BASE)
    assert _told(store) == _closure(data)


def _told(store: Store) -> set[tuple[str, ...]]:
    found = store.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o }")
    return {tuple(node.value for node in row) for row in found}


def _closure(data: list[Quad]) -> set[tuple[str, ...]]:
    graph = Graph()
    for file in ontology.terms_files(FOLDER):
        graph.parse(file)
    terms = set(graph.all_nodes()) | set(graph.predicates())
    graph.parse(data="".join(f"{quad.triple} .\n" for quad in data), format="nt")
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    plumbing = ("http://www.w3.org/2002/07/owl#", str(RDFS))
    return {
        (str(s), str(p), str(o))
        for s, p, o in graph
        if isinstance(s, URIRef) and s not in terms and not isinstance(o, BNode)
        if not str(p).startswith(plumbing) and not str(o).startswith(plumbing)
    }


def test_a_term_of_owl_without_a_rule_is_refused(tmp_path: Path) -> None:
    more = Quad(
        NamedNode(ESS + "a"), NamedNode("http://www.w3.org/2002/07/owl#disjointUnionOf"), NamedNode(ESS + "b")
    )
    with pytest.raises(EsskgError, match="disjointUnionOf"):
        rules_of([*ontology.triples(FOLDER), more.triple], FOLDER)


def test_a_rule_file_of_another_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "odd.rq").write_text("SELECT * WHERE { ?s ?p ?o }", "utf-8")
    with pytest.raises(EsskgError, match=r"odd\.rq"):
        rules_of([], tmp_path)
