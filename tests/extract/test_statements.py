"""What whole texts state: the families of rules together."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_examples import context, pairs

from esskg.extract.figures import read_figures
from esskg.extract.quotations import read_quotations
from esskg.extract.relations import read_statements
from esskg.model import Modality, State

RELEASE = """Co-organisation et co-financement de la rencontre d'une agence de l'ONU sur les coopératives

C'est en collaboration avec le [ministère du Travail](PublicBody), la [Ville de Lyon](PublicBody) et \
la [Banque Verte](FinancialInstitution) qu'a eu lieu à [Lyon](Place) la [troisième \
conférence](Event) de l'[Agence des coopératives](IntergovernmentalBody).

C'était sa première réunion depuis que les [Nations Unies](IntergovernmentalBody) ont reconnu \
officiellement les coopératives en mai dernier. La [résolution](PolicyInstrument) invite les États à \
agir.

Pour la directrice générale de la [Banque Verte](FinancialInstitution), [Ana Lima](Person) :

cette conférence est une reconnaissance de tout un mouvement, et des femmes et des hommes qui le \
font vivre chaque jour.

La [Banque Verte](FinancialInstitution) a été créée en 1982. Le [ministère du Travail](PublicBody) a \
mis en place un [plan national 2021-2026](PolicyInstrument).

En [France](Place), on compte plus de 22 500 coopératives d'économie sociale. Selon l'[Institut des \
comptes](ResearchBody), ce secteur génère plus de 3,5 milliards d'euros de revenus."""


def stated(text: str, relation: str, date: str | None = "2023-09") -> set[str]:
    given_ = context(text, date=date)
    return pairs(
        given_, tuple(s for s in read_statements(given_) if s.type == relation and s.modality == "holds")
    )


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (
            "organizes",
            {
                f"{p} > troisième conférence"
                for p in ("ministère du Travail", "Ville de Lyon", "Banque Verte")
            },
        ),
        (
            "finances",
            {
                f"{p} > troisième conférence"
                for p in ("ministère du Travail", "Ville de Lyon", "Banque Verte")
            },
        ),
        ("locatedIn", {"troisième conférence > Lyon"}),
        ("adopts", {"Nations Unies > résolution", "ministère du Travail > plan national 2021-2026"}),
        ("adoptedOn", {"résolution > 2023-05"}),
        ("hasRole", {"Ana Lima > Banque Verte"}),
        ("foundedIn", {"Banque Verte > 1982"}),
    ],
)
def test_a_press_release_states_who_did_what(relation: str, expected: set[str]) -> None:
    assert expected <= stated(RELEASE, relation)


def test_an_agency_is_the_partner_of_those_it_worked_with() -> None:
    found = {frozenset(pair.split(" > ")) for pair in stated(RELEASE, "partnersWith")}
    assert found == {
        frozenset({"Agence des coopératives", p})
        for p in ("ministère du Travail", "Ville de Lyon", "Banque Verte")
    }


def test_figures_have_their_qualifier_unit_place_and_source() -> None:
    given_ = context(RELEASE)
    count, money = read_figures(given_)[-2:]
    assert (count.value, count.unit, count.qualifier) == (22500, "count", "more_than")
    assert (money.value, money.unit, money.indicator) == (3.5e9, "EUR", "revenus")
    assert given_.entity(money.source).name == "Institut des comptes"  # type: ignore[arg-type]
    assert {given_.entity(f.place).name for f in (count, money)} == {"France"}  # type: ignore[arg-type]


def test_a_paragraph_after_a_speaker_and_a_colon_is_a_quotation() -> None:
    given_ = context(RELEASE)
    (quotation,) = read_quotations(given_)
    assert given_.entity(quotation.speaker).name == "Ana Lima"
    assert given_.text[slice(*quotation.evidence)].startswith("cette conférence")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("La [Ville](PublicBody) n'a pas financé le [Forum](Event).", Modality.NEGATED),
        ("La [Ville](PublicBody) souhaite financer le [Forum](Event).", Modality.PLANNED),
        ("La [Ville](PublicBody) pourrait financer le [Forum](Event).", Modality.HYPOTHETICAL),
    ],
)
def test_what_does_not_hold_is_kept_apart_with_its_reason(text: str, modality: Modality) -> None:
    (statement,) = read_statements(context(text))
    assert (statement.modality, statement.state) == (modality, State.QUARANTINED)
    assert statement.reason


def test_money_of_a_funding_is_no_figure() -> None:
    given_ = context("La [Région](PublicBody) a versé 200 000 euros à la [Scop](SocialEconomyEnterprise).")
    statements = read_statements(given_)
    assert statements[0].amount.value == 200000  # type: ignore[union-attr]
    assert read_figures(given_, statements) == ()


def test_an_amount_of_unknown_currency_is_set_aside() -> None:
    (figure,) = read_figures(context("La [Coop](SocialEconomyEnterprise) a un actif de 10 M$."))
    assert (figure.unit, figure.state) == ("XXX", State.QUARANTINED)


@pytest.mark.parametrize(
    "text",
    [
        "« Nous avons tenu bon toutes ces années », explique [Ana Lima](Person).",
        "[Ana Lima](Person) explique : « Nous avons tenu bon toutes ces années ».",
        "Selon [Ana Lima](Person), « nous avons tenu bon toutes ces années ».",
        "“We held on through all these years,” said [Ana Lima](Person).",
    ],
)
def test_quotations_find_their_speaker_in_either_order(text: str) -> None:
    (quotation,) = read_quotations(context(text, "en" if "said" in text else "fr"))
    assert quotation.speaker == "e1"


def test_scare_quotes_and_names_are_no_quotations() -> None:
    assert read_quotations(context("Un prix dit « solidaire » pour la [Caisse](FinancialInstitution).")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "La [A](Network)" + ", et la [B](Network)" * 400 + " organise.",
        "président " * 3000 + "[P](Person)",
        "[A](Network) " + "de la très " * 4000 + "[B](Network)",
        "1 000 " * 4000 + "$",
        "« " * 4000,
        "le 1 " * 4000 + "mai",
    ],
    ids=["list", "posts", "gap", "numbers", "marks", "days"],
)
def test_no_text_makes_reading_slow(text: str) -> None:
    given_ = context(text)
    began = time.perf_counter()
    read_statements(given_), read_figures(given_), read_quotations(given_)
    assert time.perf_counter() - began < 4


WORDS = st.sampled_from(
    ["[A](Network)", "[B](Person)", "[C](Event)", "[D](Place)", "[E](PolicyInstrument)", "finance", "la",
     "président",
     "de", ",", "et", "que", "2,5 M$", "le 3 mai 2020", "a", "organisé", "par", ":", "«", "»", "n'", "dit"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=14))
def test_evidence_lies_in_the_text_and_ends_differ(words: list[str]) -> None:
    given_ = context(" ".join(words))
    for statement in read_statements(given_):
        assert 0 <= statement.evidence[0] < statement.evidence[1] <= len(given_.text)
        assert statement.subject != statement.object
        assert 0 < statement.confidence <= 1
    assert read_statements(given_) == read_statements(given_)
