"""Asking questions of the sample sector."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from esskg.errors import QueryError
from esskg.graph.store import Store
from esskg.query.catalogue import Catalogue
from esskg.query.results import Result
from esskg.query.run import ask, run
from esskg.query.search import Index
from sample import BASE

Ask = Callable[..., Result]


@pytest.fixture
def answer(sector: Store, index: Index, shipped_catalogue: Catalogue) -> Ask:
    def answer_(question: str, **parameters: object) -> Result:
        return ask(sector, shipped_catalogue, index, question, parameters)

    return answer_


def column(result: Result, name: str) -> list[object]:
    position = result.variables.index(name)
    return [row[position] for row in result.rows]


def test_a_question_by_name_with_an_entity_by_name(answer: Ask) -> None:
    found = answer("who-finances-whom", funder="Fleuve Fund", lang="en")
    assert set(column(found, "recipientLabel")) == {"Rives Forum", "Trois-Ponts Cooperative"}
    assert set(column(found, "amount")) == {300_000.0, 45_000.0}
    assert "Le Fonds du Fleuve finance le Forum des Rives" in "".join(map(str, column(found, "sentence")))


def test_a_name_without_the_language_falls_back_to_another(answer: Ask) -> None:
    found = answer("network-members", lang="en")
    assert set(column(found, "memberLabel")) == {"Trois-Ponts Cooperative", "Mutuelle Amarrage"}


def test_any_sparql_with_the_projects_prefixes(answer: Ask) -> None:
    assert answer("ASK { ?funder ess:finances ?recipient }").boolean


def test_a_file_with_a_header_takes_its_parameters(answer: Ask) -> None:
    header = "#+ parameters:\n#+   - {name: x, type: entity, title: {fr: x, en: x}}\n"
    found = answer(header + "SELECT ?x ?y { VALUES ?x { UNDEF } ?x ess:memberOf ?y }", x="Mutuelle Amarrage")
    assert column(found, "y") == [f"{BASE}/id/confluence"]


def test_without_names_entities_are_given_by_iri(sector: Store, shipped_catalogue: Catalogue) -> None:
    found = run(sector, shipped_catalogue["network-members"], {"member": f"{BASE}/id/amarrage"})
    assert len(found) == 1


def test_a_name_that_is_no_question_says_so(answer: Ask) -> None:
    with pytest.raises(QueryError, match="Did you mean who-finances-whom"):
        answer("who-finances-who")


def test_a_syntax_error_has_the_place_in_the_file(answer: Ask) -> None:
    with pytest.raises(QueryError) as refused:
        answer("#+ tags: []\nSELECT ?a {\n  ?a ?b }")
    assert refused.value.line == 3
