import pytest
from hypothesis import given
from hypothesis import strategies as st

from esskg.resolve.names import Specificity, content, fold, has_edition, is_description, slugify, specificity

SAME = [
    ("Caisse d'économie solidaire", "CAISSE D’ÉCONOMIE SOLIDAIRE"),
    ("la Fédération des coopératives", "Fédération de coopératives"),
    ("Fondation Mirella & Lino Saputo", "Fondation Mirella et Lino Saputo"),
    ("International Co-operative Alliance", "The International Cooperative Alliance"),
    ("Pôle d'économie sociale du Bas-St-Laurent", "Pôle d’économie sociale du Bas-Saint-Laurent"),
    ("Conseil supérieur de l'ESS", "Conseil supérieur de l'économie sociale et solidaire"),
    ("Asamblea General de las Naciones Unidas", "Asamblea general de la ONU"),
    ("Œuvre Léger", "Oeuvre Leger"),
    ("Jean-François Lalonde", "Jean François Lalonde"),
]
DIFFERENT = [
    ("Ville de Montréal", "Ville de Québec"),
    ("Marc Picard", "Marc Picarde"),
    ("Macif", "Maif"),
    ("CRESS Bretagne", "CRESS Occitanie"),
    ("GSEF2018", "GSEF2023"),
    ("Mouvement Desjardins", "Caisse Desjardins"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_spellings_of_one_name_fold_to_one(first: str, second: str) -> None:
    assert fold(first) == fold(second)


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_similar_names_stay_different(first: str, second: str) -> None:
    assert fold(first) != fold(second)


@given(st.text())
def test_folding_is_stable(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    "name",
    [
        "Coopérative d'habitation",
        "la Caisse",
        "Ville",
        "Conseil d'administration",
        "Chambre régionale de l'économie sociale et solidaire",
        "General Assembly",
        "Consejo municipal",
    ],
)
def test_a_kind_of_thing_is_generic(name: str) -> None:
    assert specificity(name) is Specificity.GENERIC


@pytest.mark.parametrize(
    "name",
    [
        "Ministère de l'Économie et de l'Innovation",
        "Social Innovation Advisory Council",
        "Secretaría de Economía Social",
    ],
)
def test_what_every_country_may_have_is_national(name: str) -> None:
    assert specificity(name) is Specificity.NATIONAL


@pytest.mark.parametrize(
    "name",
    [
        "Ville de Montréal",
        "Fondaction",
        "Coopérative funéraire de l'Outaouais",
        "Alianza Cooperativa Internacional",
    ],
)
def test_a_proper_or_worldwide_name_is_distinct(name: str) -> None:
    assert specificity(name) is Specificity.DISTINCT


def test_numbers_and_function_words_carry_no_meaning() -> None:
    assert content("13e Plan de développement 2020-2025") == ("plan", "developpement")


@pytest.mark.parametrize(
    "name", ["GSEF2018", "GSEF 2018", "4e Symposium", "XVe Congrès", "Première Rencontre", "1st Forum"]
)
def test_a_year_or_ordinal_tells_the_edition(name: str) -> None:
    assert has_edition(name)


@pytest.mark.parametrize("name", ["Forum mondial de l'économie sociale", "Sommet G7", "Symposium technique"])
def test_a_series_doesn_t(name: str) -> None:
    assert not has_edition(name)


def test_without_a_capital_or_number_it_is_a_description() -> None:
    assert is_description("founding meeting") and not is_description("uniRcoop")


@given(st.text())
def test_a_slug_is_made_of_ascii_letters_digits_and_hyphens(name: str) -> None:
    slug = slugify(name)
    assert all(part.isascii() and part.isalnum() and part == part.lower() for part in slug.split("-") if slug)
    assert len(slug) <= 60
