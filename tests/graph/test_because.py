"""Why something follows, as a page can tell it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Triple

import sample
from esskg.graph import build, reason
from esskg.graph.because import because
from esskg.graph.store import Store, memory_store
from esskg.vocab import ESS, PREFIXES

TYPE = PREFIXES["rdf"] + "type"


@pytest.fixture(scope="module")
def reasoned() -> Iterator[Store]:
    with memory_store(sample.BASE) as store:
        store.load(build.quads(sample.knowledge(), sample.BASE, run=build.Run("extractor-1", "0.1.0")))
        reason.entail(store, sample.BASE)
        yield store


def triple(subject: str, predicate: str, object_: str) -> Triple:
    return Triple(
        NamedNode(f"{sample.BASE}/id/{subject}"),
        NamedNode(TYPE if predicate == "a" else ESS + predicate),
        NamedNode(ESS + object_ if predicate == "a" else f"{sample.BASE}/id/{object_}"),
    )


def test_a_role_follows_from_a_relation(reasoned: Store) -> None:
    [why] = because(reasoned, triple("fonds-du-fleuve", "a", "Financier"))
    assert why.rule == "cls-svf"
    assert all(premise.predicate.value == ESS + "finances" for premise in why.premises)
    assert why.text(reasoned, "fr").startswith("Fonds du Fleuve – finance – ")


def test_a_superclass_follows_from_a_class(reasoned: Store) -> None:
    rules = {why.rule: why for why in because(reasoned, triple("confluence", "a", "Organization"))}
    assert rules["cax-sco"].text(reasoned, "fr") == "Réseau Confluence – est de la classe – réseau"


def test_a_direct_relation_follows_from_its_resource(reasoned: Store) -> None:
    rules = {why.rule: why for why in because(reasoned, triple("confluence", "partnersWith", "universite"))}
    assert {"partnership", "prp-symp"} <= rules.keys()
    assert {premise.predicate.value for premise in rules["partnership"].premises} == {TYPE, ESS + "partner"}


def test_a_way_of_several_steps_is_told_by_two() -> None:
    with memory_store(sample.BASE) as store:
        steps = [triple(a, "locatedIn", b) for a, b in ("ab", "bc", "cd")]
        store.load(build.Quad(*step) for step in steps)
        reason.entail(store, sample.BASE)
        [why] = because(store, triple("a", "locatedIn", "d"))
    assert why.rule == "prp-trp"
    assert len(why.premises) == 2


def test_every_inference_has_a_reason_and_what_is_said_outright_may_have_none(reasoned: Store) -> None:
    inferred = reasoned.query(f"SELECT ?s ?p ?o {{ GRAPH <{sample.BASE}/graph/inferences> {{ ?s ?p ?o }} }}")
    assert all(any(because(reasoned, Triple(*row))) for row in inferred)
    assert not list(because(reasoned, triple("fonds-du-fleuve", "a", "SolidarityFund")))
