"""Every construct of OWL 2 RL that an ontology may use: what follows, as owlrl has it, what contradicts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from owlrl import DeductiveClosure, OWLRL_Semantics
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF

from esskg.errors import EsskgError
from esskg.graph import reason
from esskg.graph.contradictions import contradictions
from esskg.graph.rules import rules_of
from esskg.graph.store import Store, memory_store
from esskg.vocab import ESS, PREFIXES

HEAD = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("owl", "rdf", "rdfs", "ess", "xsd"))
HEAD += "@prefix : <urn:data:> .\n"
TERMS = """
ess:A a owl:Class . ess:B a owl:Class ; rdfs:subClassOf ess:A . ess:C a owl:Class . ess:D a owl:Class .
ess:E a owl:Class ; owl:equivalentClass ess:C . ess:N a owl:Class . ess:Q a owl:Class . ess:R a owl:Class .
ess:M a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( ess:A ess:C ) ] .
ess:U a owl:Class . [ a owl:Class ; owl:unionOf ( ess:B ess:D ) ] rdfs:subClassOf ess:U .
ess:O a owl:Class . [ a owl:Class ; owl:oneOf ( :a :b ) ] rdfs:subClassOf ess:O .
ess:S a owl:Class ; owl:equivalentClass [ a owl:Restriction ; owl:onProperty ess:p ;
    owl:someValuesFrom ess:B ] .
ess:N rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ess:p ; owl:allValuesFrom ess:D ] .
ess:V a owl:Class ; owl:equivalentClass [ a owl:Restriction ; owl:onProperty ess:q ; owl:hasValue :a ] .
ess:Q rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ess:q ; owl:maxCardinality 1 ] .
ess:R rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ess:p ; owl:onClass ess:C ;
                        owl:maxQualifiedCardinality 1 ] .
ess:p a owl:ObjectProperty ; rdfs:domain ess:A . ess:q a owl:ObjectProperty ; rdfs:subPropertyOf ess:p .
ess:r a owl:ObjectProperty ; rdfs:range ess:C ; owl:equivalentProperty ess:r2 . ess:r2 a owl:ObjectProperty .
ess:s a owl:ObjectProperty , owl:SymmetricProperty . ess:t a owl:ObjectProperty , owl:TransitiveProperty .
ess:i a owl:ObjectProperty ; owl:inverseOf ess:p . ess:f a owl:ObjectProperty , owl:FunctionalProperty .
ess:g a owl:ObjectProperty , owl:InverseFunctionalProperty .
ess:h a owl:ObjectProperty ; owl:propertyChainAxiom ( ess:q ess:r [ owl:inverseOf ess:f ] ) ,
    ( ess:t ess:s ) .
ess:k a owl:DatatypeProperty . ess:D owl:hasKey ( ess:k ess:g ) .
"""
CLASSES = ["A", "B", "C", "D", "M", "N", "Q", "R", "E"]
PROPERTIES = ["p", "q", "r", "s", "t", "i", "f", "g", "r2"]
NAMES = ["a", "b", "c", "d"]
AGAINST = """
ess:A a owl:Class . ess:B a owl:Class ; owl:disjointWith ess:A . ess:C a owl:Class . ess:D a owl:Class .
[] a owl:AllDisjointClasses ; owl:members ( ess:B ess:C ) .
ess:p a owl:ObjectProperty , owl:IrreflexiveProperty .
ess:q a owl:ObjectProperty , owl:AsymmetricProperty .
ess:r a owl:ObjectProperty ; owl:propertyDisjointWith ess:q .
ess:f a owl:ObjectProperty , owl:FunctionalProperty . ess:k a owl:DatatypeProperty , owl:FunctionalProperty .
ess:t a owl:ObjectProperty . [] a owl:AllDisjointProperties ; owl:members ( ess:t ess:f ) .
ess:E a owl:Class ; rdfs:subClassOf [ a owl:Class ; owl:complementOf ess:C ] .
ess:F a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ess:r ; owl:maxCardinality 0 ] .
ess:G a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ess:r ; owl:onClass ess:A ;
                                      owl:maxQualifiedCardinality 0 ] .
ess:H a owl:Class ; rdfs:subClassOf owl:Nothing .
ess:I a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ess:r ;
    owl:allValuesFrom owl:Nothing ] .
"""


def ontology(folder: Path, text: str) -> Path:
    (folder / "esskg.ttl").write_text(HEAD + text, "utf-8")
    return folder


def reasoned(folder: Path, data: str) -> Store:
    store = memory_store("urn:base")
    store.load(Quad(*quad.triple) for quad in parse(HEAD + data, RdfFormat.TURTLE))
    reason.entail(store, "urn:base", ontology_folder=folder)
    return store


def told(store: Store) -> set[tuple[str, ...]]:
    found = store.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?s), 'urn:data:')) }")
    return kept((row[0].value, row[1].value, row[2].value) for row in found)


def closure(text: str) -> set[tuple[str, ...]]:
    graph = Graph().parse(data=HEAD + text, format="turtle")
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    found = ((str(s), str(p), str(o)) for s, p, o in graph if isinstance(o, URIRef) or str(p).startswith(ESS))
    return kept(triple for triple in found if triple[0].startswith("urn:data:"))


def kept(triples: object) -> set[tuple[str, ...]]:
    """Types, properties of the ontology and identity with others, as is asked of the two to agree on."""
    found = set()
    for s, p, o in triples:  # type: ignore[attr-defined]
        told = (p == str(RDF.type) and o.startswith(ESS)) or p.startswith(ESS)
        if told or (p == str(OWL.sameAs) and s != o):
            found.add((s, p, o))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ontology(tmp_path_factory.mktemp("ontology"), TERMS)


@pytest.mark.parametrize(
    ("data", "follows"),
    [
        (":a ess:q :x . :x ess:r :y . :z ess:f :y .", ("a", "h", "z")),
        (":c ess:t :d . :d ess:s :e .", ("c", "h", "e")),
        (":c a ess:D ; ess:k '1' ; ess:g :x . :d a ess:D ; ess:k '1' ; ess:g :x .", ("c", OWL.sameAs, "d")),
        (":x ess:f :c , :d . :c ess:p :e .", ("d", "p", "e")),
        (":c a ess:Q ; ess:q :d , :e .", ("d", OWL.sameAs, "e")),
        (":c a ess:R ; ess:p :d , :e . :d a ess:C . :e a ess:C .", ("e", OWL.sameAs, "d")),
        (":c a ess:A , ess:C .", ("c", RDF.type, "M")),
        (":c a ess:V .", ("c", "q", "a")),
        (":c a ess:N ; ess:p :d .", ("d", RDF.type, "U")),
        (":a ess:p :b .", ("b", RDF.type, "O")),
    ],
)
def test_it_follows_and_owlrl_says_the_same(folder: Path, data: str, follows: tuple[str, str, str]) -> None:
    subject, predicate, object_ = follows
    with reasoned(folder, data) as store:
        found = told(store)
    expected = (
        f"urn:data:{subject}",
        str(predicate) if ":" in predicate else ESS + predicate,
        (ESS if predicate == RDF.type else "urn:data:") + object_,
    )
    assert expected in found
    assert found == closure(TERMS + data)


ABOUT = st.one_of(
    st.tuples(st.sampled_from(NAMES), st.just("a"), st.sampled_from([f"ess:{name}" for name in CLASSES])),
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from([f"ess:{name}" for name in PROPERTIES]),
        st.sampled_from([f":{name}" for name in NAMES]),
    ),
    st.tuples(st.sampled_from(NAMES), st.just("ess:k"), st.sampled_from(["'1'", "'2'"])),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(ABOUT, min_size=1, max_size=6))
def test_whatever_is_said_the_two_agree(folder: Path, said: list[tuple[str, str, str]]) -> None:
    data = "\n".join(f":{subject} {predicate} {object_} ." for subject, predicate, object_ in said)
    with reasoned(folder, data) as store:
        assert told(store) == closure(TERMS + data)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (":x a ess:A , ess:B .", "cax-dw"),
        (":x a ess:C , ess:B .", "cax-dw"),
        (":x ess:p :x .", "prp-irp"),
        (":x ess:q :y . :y ess:q :x .", "prp-asyp"),
        (":x ess:q :y ; ess:r :y .", "prp-pdw"),
        (":x ess:t :y ; ess:f :y .", "prp-pdw"),
        (":x ess:k '1' , '2' .", "prp-fp"),
        (":x a ess:E , ess:C .", "cls-com"),
        (":x a ess:F ; ess:r :y .", "cls-maxc1"),
        (":x a ess:G ; ess:r :y . :y a ess:A .", "cls-maxqc1"),
        (":x a ess:H .", "cax-sco"),
        (":x a owl:Nothing .", "cls-nothing2"),
        (":x a ess:I ; ess:r :y .", "cls-avf"),
        (":z ess:f :x , :y . :x owl:differentFrom :y .", "eq-diff1"),
        (":z ess:f :x , :y . [] a owl:AllDifferent ; owl:distinctMembers ( :x :y ) .", "eq-diff2"),
        ("[] owl:sourceIndividual :x ; owl:assertionProperty ess:r ; owl:targetIndividual :y . :x ess:r :y .",
         "prp-npa1"),
        ("[] owl:sourceIndividual :x ; owl:assertionProperty ess:k ; owl:targetValue '1' . :x ess:k '1' .",
         "prp-npa2"),
    ],
)  # fmt: skip
def test_a_contradiction_is_found_and_names_what_it_is_about(tmp_path: Path, data: str, rule: str) -> None:
    folder = ontology(tmp_path, AGAINST)
    with reasoned(folder, data) as store:
        found = list(contradictions(store, ontology_folder=folder))
    assert {each.because.rule for each in found} == {rule}
    assert "urn:data:x" in {each.subject for each in found}
    assert all(each.because.premises for each in found)


def test_what_agrees_with_itself_is_not_called_a_contradiction(tmp_path: Path) -> None:
    folder = ontology(tmp_path, AGAINST)
    data = ":x a ess:A ; ess:p :y ; ess:q :z ; ess:k '1' . :y a ess:B ; ess:r :w ."
    with reasoned(folder, data) as store:
        assert list(contradictions(store, ontology_folder=folder)) == []


@pytest.mark.parametrize(
    "axiom",
    [
        "ess:A owl:disjointUnionOf ( ess:B ess:C ) .",
        "ess:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ess:p ; owl:maxCardinality 2 ] .",
        "ess:A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( ess:B ess:C ) ] .",
        "[ a owl:Class ; owl:complementOf ess:B ] rdfs:subClassOf ess:A .",
        "ess:A owl:unionOf ( ess:B ess:C ) .",
        "ess:p rdfs:domain [ a owl:Class ; owl:unionOf ( ess:B ess:C ) ] .",
        "owl:Thing owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( ess:A ess:B ) ] .",
    ],
)
def test_what_no_rule_can_follow_is_refused(tmp_path: Path, axiom: str) -> None:
    terms = (quad.triple for quad in parse(HEAD + axiom, RdfFormat.TURTLE))
    with pytest.raises(EsskgError, match="no rule"):
        rules_of(terms, tmp_path)
