"""The W3C's SPARQL 1.1 tests against our server of RDF files; known.toml lists what fails, with reasons."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from endpoint import Endpoint, serving
from exchanges import Exchanges
from rdflib import Graph, Namespace, URIRef
from rdflib.compare import isomorphic
from results import by_value, expected, parsed
from w3c import MF, QT, UT, Case, cases, file_of, groups

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
KNOWN = tomllib.loads((Path(__file__).parent / "known.toml").read_text("utf-8"))
RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>\s]*>")
SUFFIXES = {"json": ".srj", "xml": ".srx", "csv": ".csv", "tab": ".tsv"}

pytestmark = pytest.mark.skipif(
    not groups(), reason="ESSKG_W3C_TESTS names no folder with the W3C test suite"
)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    empty = tmp_path_factory.mktemp("empty") / "empty.nt"
    empty.touch()
    with serving("--dataset", str(empty), "--writable") as address:
        yield Endpoint(address)


def text_of(iri: object) -> str:
    """A query or update, with its base where it needs one."""
    text = file_of(str(iri)).read_text("utf-8")
    return f"BASE <{iri}>\n{text}" if RELATIVE.search(re.sub(r"(?m)#[^\n<>]*$", "", text)) else text


def evaluates(case: Case, endpoint: Endpoint) -> bool:
    query = case.value(MF.action, QT.query)
    outcome, accept = expected(file_of(str(case.value(MF.result))))
    endpoint.hold(case.dataset(case.value(MF.action), QT.data, QT.graphData))
    answer = endpoint.query(text_of(query), accept)
    kind = answer.headers["content-type"].split(";")[0]
    suffix = next((suffix for part, suffix in SUFFIXES.items() if part in kind), ".nt")
    return answer.status_code == 200 and kind == accept and parsed(answer.content, suffix).equals(outcome)


def updates(case: Case, endpoint: Endpoint) -> bool:
    endpoint.hold(case.dataset(case.value(MF.action), UT.data, UT.graphData))
    done = endpoint.update(text_of(case.value(MF.action, UT.request))).is_success
    there = endpoint.graphs()
    endpoint.hold(case.dataset(case.value(MF.result), UT.data, UT.graphData))
    wanted = endpoint.graphs()
    return done and there.keys() == wanted.keys() and all(same(there[name], wanted[name]) for name in wanted)


def same(first: str, second: str) -> bool:
    graphs = (Graph(bind_namespaces="none").parse(data=text, format="nt") for text in (first, second))
    return isomorphic(*map(by_value, graphs))


def is_judged_rightly(case: Case, endpoint: Endpoint) -> bool:
    text = text_of(case.value(MF.action))
    if "Update" in case.kind:
        answer = endpoint.update(text)
    else:
        answer = endpoint.query(text, "application/sparql-results+json, application/n-triples;q=0.9")
    if "Negative" in case.kind:
        return answer.is_client_error
    return answer.is_success or is_refused_in_working_order(answer.json())


def is_refused_in_working_order(problem: dict[str, object]) -> bool:
    """Whether the syntax isn't what is wrong, but a call, a graph that isn't there or an unknown function."""
    return "calls to other servers" in str(problem["detail"]) or problem.get("line") is None


def describes(case: Case, endpoint: Endpoint) -> bool:
    answer = endpoint.client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=answer.text, format="turtle")
    address = URIRef(f"{endpoint.address}/sparql")
    return (address, SD.endpoint, address) in graph and (address, SD.supportedLanguage, None) in graph


def passes(case: Case, endpoint: Endpoint) -> bool:
    match case.kind:
        case "QueryEvaluationTest" | "CSVResultFormatTest":
            return evaluates(case, endpoint)
        case "UpdateEvaluationTest":
            return updates(case, endpoint)
        case "ProtocolTest" | "GraphStoreProtocolTest":
            endpoint.hold(case.dataset(case.node, UT.data, UT.graphData))
            return Exchanges(case, endpoint).passed()
        case "ServiceDescriptionTest":
            return describes(case, endpoint)
        case _:
            return is_judged_rightly(case, endpoint)


def is_meant(case: Case) -> bool:
    """Whether it is about this server alone: no other endpoint has to be there."""
    action = case.value(MF.action)
    return action is None or (action, QT.serviceData, None) not in case.manifest


@pytest.mark.parametrize("manifest", groups(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_group_passes_but_for_what_is_known(manifest: Path, endpoint: Endpoint) -> None:
    tried = [case for case in cases(manifest) if is_meant(case)]
    assert tried
    failed = {case.name for case in tried if not passes(case, endpoint)}
    assert failed == KNOWN["store"].get(manifest.parent.name, {}).keys()
