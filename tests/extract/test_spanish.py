"""Spanish texts, of Spain and Latin America, read whole: rules and lexicons, no language model."""

from __future__ import annotations

from dataclasses import replace

import pytest
from entity_reading import context, document, entities, marked, plain, reader

from esskg.documents.sentences import split
from esskg.extract.context import read_context
from esskg.extract.dates import read_dates
from esskg.extract.figures import read_figures
from esskg.extract.numbers import read_numbers
from esskg.extract.parse import Parser
from esskg.extract.quotations import read_quotations
from esskg.extract.relations import read_statements
from esskg.model import Modality


def stated(text: str, relation: str) -> set[str]:
    """What a Spanish text states of a type: "A > B", or "A > date" for a dated relation."""
    bare = context(text, "es")
    read = bare.with_entities(reader().read(bare))
    return {
        f"{read.entity(s.subject).name} > {read.entity(s.object).name if s.object else s.date}"
        for s in read_statements(read)
        if s.type == relation and s.modality is Modality.HOLDS
    }


@pytest.mark.parametrize(
    "text",
    [
        "La [Red de Economía Alternativa y Solidaria|Network] visitó la [Diputación de Lugo|PublicBody].",
        "Según la [Ley 5/2011, de 29 de marzo, de Economía Social|PolicyInstrument], hay mutualidades.",
        "La [Ley 454 de 1998|PolicyInstrument] y la [Ley 18.407|PolicyInstrument] siguen vigentes.",
        "El [Real Decreto 219/2001|PolicyInstrument] lo desarrolla.",
        "La cooperativa [Forjas del Cinca S. Coop.|SocialEconomyEnterprise] creció en mayo.",
        "Dña. [Carmen Lasheras Gil|Person] y D. [Patxi Olabarria|Person] saludaron a las socias.",
        "La [Comisión Económica para América Latina y el Caribe|IntergovernmentalBody] publicó un informe.",
        "La [Asociación de Cooperativas de Chile|Network] tiene sede propia.",
        "El [Ministerio de Economía, Fomento y Turismo|PublicBody] de [Chile|Place] lo apoya.",
        "El [VII Congreso de Economía Solidaria|Event] reunió a muchas socias.",
        "El [Consejo Superior del Cooperativismo de Navarra|Network] se reunió en [Pamplona|Place].",
        "La [Cooperativa Multiactiva de Ahorro El Porvenir|SocialEconomyEnterprise] creció.",
        "Los ayuntamientos y las mutuales debaten un plan en la universidad.",
        "El consejo de administración y la junta directiva se reunieron el lunes.",
    ],
)
def test_names_go_on_as_long_as_their_nouns_have_capitals(text: str) -> None:
    assert marked(plain(text), entities(plain(text), "es")) == text


def test_a_person_goes_by_the_first_of_two_surnames() -> None:
    text = "Graciela Fernández Quintas abrió el acto. Según Fernández, habrá más."
    (person,) = entities(text, "es")
    assert [text[m.start : m.end] for m in person.mentions] == ["Graciela Fernández Quintas", "Fernández"]


def test_a_quoted_title_after_its_class_is_the_name() -> None:
    text = "Se celebró el conversatorio «Tejer lo común», con cien asistentes."
    assert "«[Tejer lo común|Event]»" in marked(text, entities(text, "es"))


def test_a_short_form_before_a_person_ends_there() -> None:
    text = "La XII Conferencia de Mutuales empezó ayer. Asistió a la Conferencia Yolanda Rivas."
    assert "[Conferencia|Event] [Yolanda Rivas|Person]" in marked(text, entities(text, "es"))


@pytest.mark.parametrize(
    ("relation", "text", "expected"),
    [
        (
            "finances",
            "La Fundación Río Verde otorgó 45.000 euros a la Cooperativa Los Tilos.",
            {"Fundación Río Verde > Cooperativa Los Tilos"},
        ),
        (
            "finances",
            "El Festival de los Huertos está financiado por la Diputación de Huesca.",
            {"Diputación de Huesca > Festival de los Huertos"},
        ),
        (
            "organizes",
            "El Instituto Nacional de Fomento y la Red Campesina convocaron el Foro de Mutuales.",
            {"Instituto Nacional de Fomento > Foro de Mutuales", "Red Campesina > Foro de Mutuales"},
        ),
        (
            "organizes",
            "El Congreso de Huertos, organizado por la Federación de Huertos, gustó.",
            {"Federación de Huertos > Congreso de Huertos"},
        ),
        (
            "participatesIn",
            "En el Foro de Mutuales intervino Luis Herrera.",
            {"Luis Herrera > Foro de Mutuales"},
        ),
        (
            "participatesIn",
            "Asistieron al Foro de Mutuales Ana Rivas, presidenta de la Red Norte, y Juan Soto.",
            {"Ana Rivas > Foro de Mutuales", "Juan Soto > Foro de Mutuales"},
        ),
        (
            "partnersWith",
            "La Mutual del Puerto colabora con la Universidad de Rosario.",
            {"Mutual del Puerto > Universidad de Rosario"},
        ),
        (
            "partnersWith",
            "La Red Campesina y el Ayuntamiento de Lugo firmaron un convenio.",
            {"Red Campesina > Ayuntamiento de Lugo"},
        ),
        (
            "memberOf",
            "La Cooperativa Los Tilos forma parte de la Federación de Huertos.",
            {"Cooperativa Los Tilos > Federación de Huertos"},
        ),
        (
            "memberOf",
            "La Red Campesina agrupa a la Cooperativa Los Tilos y a la Mutual del Puerto.",
            {"Cooperativa Los Tilos > Red Campesina", "Mutual del Puerto > Red Campesina"},
        ),
        (
            "hasRole",
            "Ana Rivas, directora general de la Caja Rural del Alba, tomó nota.",
            {"Ana Rivas > Caja Rural del Alba"},
        ),
        (
            "hasRole",
            "La Red Campesina, que preside Juan Soto, creció.",
            {"Juan Soto > Red Campesina"},
        ),
        (
            "hasRole",
            "La vicepresidenta de la Red Campesina, Dña. Ana Rivas, tomó nota.",
            {"Ana Rivas > Red Campesina"},
        ),
        (
            "hasRole",
            "Hablan la presidenta de la Red Campesina, Ana Rivas, y el gerente de la Caja Rural, Juan Soto.",
            {"Ana Rivas > Red Campesina", "Juan Soto > Caja Rural"},
        ),
        (
            "subOrganizationOf",
            "El Instituto de Huertos depende del Ministerio de Agricultura.",
            {"Instituto de Huertos > Ministerio de Agricultura"},
        ),
        (
            "subOrganizationOf",
            "La Cátedra de Mutualismo, adscrita a la Universidad de Lugo, investiga.",
            {"Cátedra de Mutualismo > Universidad de Lugo"},
        ),
        (
            "founded",
            "La Federación de Huertos fue fundada en 1987 por Juan Soto.",
            {"Juan Soto > Federación de Huertos"},
        ),
        (
            "founded",
            "La Red Campesina nació por iniciativa de la Mutual del Puerto.",
            {"Mutual del Puerto > Red Campesina"},
        ),
        ("foundedIn", "La Red Campesina se creó en 2005.", {"Red Campesina > 2005"}),
        (
            "foundedIn",
            "La Red Campesina agrupa a treinta pueblos. Nació en 1987 sin dinero.",
            {"Red Campesina > 1987"},
        ),
        ("foundedIn", "Nacida en 1996, la Red Campesina crece.", {"Red Campesina > 1996"}),
        (
            "mergedInto",
            "La Caja Rural del Alba se fusionó con la Caja Rural del Sur.",
            {"Caja Rural del Alba > Caja Rural del Sur"},
        ),
        (
            "mergedInto",
            "La Caja Rural del Sur absorbió a la Caja Rural del Alba.",
            {"Caja Rural del Alba > Caja Rural del Sur"},
        ),
        (
            "adopts",
            "El Congreso de la República aprobó la Ley de Cooperativas el 4 de mayo de 2010.",
            {"Congreso de la República > Ley de Cooperativas"},
        ),
        (
            "adopts",
            "La Ley de Cooperativas, aprobada por el Parlamento de Navarra, gustó.",
            {"Parlamento de Navarra > Ley de Cooperativas"},
        ),
        (
            "adoptedOn",
            "El Congreso de la República aprobó la Ley de Cooperativas el 4 de mayo de 2010.",
            {"Ley de Cooperativas > 2010-05-04"},
        ),
        ("adoptedOn", "En 2014 se promulgó la Ley de Mutuales.", {"Ley de Mutuales > 2014"}),
        (
            "implements",
            "La Red Campesina gestiona el Programa de Semillas.",
            {"Red Campesina > Programa de Semillas"},
        ),
        (
            "implements",
            "El Programa de Semillas lo gestiona la Red Campesina.",
            {"Red Campesina > Programa de Semillas"},
        ),
        (
            "supports",
            "La Diputación de Huesca respalda a la Cooperativa Los Tilos.",
            {"Diputación de Huesca > Cooperativa Los Tilos"},
        ),
        (
            "supports",
            "La Cooperativa Los Tilos abrió con el apoyo de la Red Campesina.",
            {"Red Campesina > Cooperativa Los Tilos"},
        ),
        ("locatedIn", "La Red Campesina tiene su sede en Sevilla.", {"Red Campesina > Sevilla"}),
        ("locatedIn", "El Foro de Mutuales se celebró en Bogotá.", {"Foro de Mutuales > Bogotá"}),
        (
            "heldOn",
            "El Foro de Mutuales tendrá lugar del 3 al 5 de mayo de 2023.",
            {"Foro de Mutuales > 2023-05-03/2023-05-05"},
        ),
        (
            "heldOn",
            "El 12 de marzo de 2023 se celebró el Foro de Mutuales.",
            {"Foro de Mutuales > 2023-03-12"},
        ),
    ],
)
def test_a_relation_is_read(relation: str, text: str, expected: set[str]) -> None:
    read = {frozenset(pair.split(" > ")) for pair in stated(text, relation)}
    assert read == {frozenset(pair.split(" > ")) for pair in expected}
    if relation != "partnersWith":
        assert stated(text, relation) == expected


@pytest.mark.parametrize(
    ("relation", "text"),
    [
        ("finances", "La Fundación Río Verde no financió la Cooperativa Los Tilos."),
        ("adopts", "El Congreso de la República podría aprobar la Ley de Cooperativas."),
        ("adopts", "El Congreso de la República todavía no ha aprobado la Ley de Cooperativas."),
        ("partnersWith", "La Mutual del Puerto quiere colaborar con la Universidad de Rosario."),
        ("memberOf", "La Cooperativa Los Tilos ya no forma parte de la Federación de Huertos."),
        ("mergedInto", "La Caja Rural del Alba negó que fuera a fusionarse con la Caja Rural del Sur."),
    ],
)
def test_what_is_denied_planned_or_possible_is_not_stated(relation: str, text: str) -> None:
    assert stated(text, relation) == set()


PROGRAMME = """Congreso de Huertos Urbanos

Fecha: 12 y 13 de mayo de 2022
Lugar: Valencia

Ponentes del Congreso de Huertos Urbanos:
- Ana Rivas
- Juan Soto"""


def test_the_programme_of_an_event_tells_when_where_and_who() -> None:
    assert stated(PROGRAMME, "heldOn") == {"Congreso de Huertos Urbanos > 2022-05-12/2022-05-13"}
    assert stated(PROGRAMME, "locatedIn") == {"Congreso de Huertos Urbanos > Valencia"}
    assert {pair.split(" > ")[0] for pair in stated(PROGRAMME, "participatesIn")} == {
        "Ana Rivas",
        "Juan Soto",
    }


PAGE = """Cooperativa Los Tilos

Presidenta: Ana Rivas
Sede: Sevilla
Fundada: en 1987"""


def test_a_page_of_labels_tells_post_seat_and_founding() -> None:
    assert stated(PAGE, "hasRole") == {"Ana Rivas > Cooperativa Los Tilos"}
    assert stated(PAGE, "locatedIn") == {"Cooperativa Los Tilos > Sevilla"}
    assert stated(PAGE, "foundedIn") == {"Cooperativa Los Tilos > 1987"}


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("1.200 millones de euros", 1.2e9, "exact"),
        ("1,200 socios", 1200, "exact"),
        ("1,234.56 pesos", 1234.56, "exact"),
        ("3,5 millones", 3.5e6, "exact"),
        ("3 mil 200 millones de pesos", 3.2e9, "exact"),
        ("casi medio millón de personas", 5e5, "about"),
        ("una treintena de cooperativas", 30, "about"),
        ("más de 12 mil socios", 12_000, "more_than"),
        ("doscientas cincuenta familias", 250, "exact"),
        ("hasta mil millones", 1e9, "less_than"),
        ("superan las 300 entidades", 300, "more_than"),
        ("rondan los 40.000 empleos", 40_000, "about"),
        ("0,125 %", 0.125, "exact"),
    ],
)
def test_numbers_of_both_sides_of_the_ocean(text: str, value: float, qualifier: str) -> None:
    (number,) = read_numbers(text, "es")
    assert (number.value, number.qualifier) == (value, qualifier)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("el 12 de marzo de 2023", ["2023-03-12"]),
        ("en abril de 2019", ["2019-04"]),
        ("los días 20 y 21 de octubre de 2023", ["2023-10-20/2023-10-21"]),
        ("del 30 de septiembre al 2 de octubre de 2023", ["2023-09-30/2023-10-02"]),
        ("desde 2005", ["2005"]),
        ("a finales de 2018 contaba", ["2018"]),
        ("el curso 2023-2024", ["2023/2024"]),
        ("el 1.º de mayo de 2020", ["2020-05-01"]),
        ("el pasado mes de marzo", ["2023-03"]),
        ("el año pasado", ["2022"]),
        ("el pasado 12 de marzo", ["2023-03-12"]),
        ("el próximo 12 de marzo", ["2024-03-12"]),
        ("el día 11 habrá acto", ["2023-10-11"]),
        ("ayer", ["2023-10-01"]),
        ("hace dos años", ["2021"]),
    ],
)
def test_dates(text: str, expected: list[str]) -> None:
    assert [found.iso for found in read_dates(text, "es", "2023-10-02")] == expected


@pytest.mark.parametrize(
    ("country", "currency"), [("MX", "MXN"), ("CO", "COP"), ("AR", "ARS"), ("CL", "CLP"), ("ES", "XXX")]
)
def test_pesos_are_those_of_the_country(country: str, currency: str) -> None:
    given = document("La cooperativa facturó 12 millones de pesos.", "es")
    given = replace(given, metadata=replace(given.metadata, country=country))
    (figure,) = read_figures(read_context(given, Parser(models=False)))
    assert figure.unit == currency


def test_pesos_without_a_country_are_those_of_the_people_named() -> None:
    text = "El movimiento cooperativo argentino facturó 12 millones de pesos."
    (figure,) = read_figures(context(text, "es"))
    assert figure.unit == "ARS"


def test_dollars_where_there_are_none_are_those_of_the_united_states() -> None:
    given = document("La mutual recibió 5 millones de dólares.", "es")
    given = replace(given, metadata=replace(given.metadata, country="UY"))
    (figure,) = read_figures(read_context(given, Parser(models=False)))
    assert figure.unit == "USD"


@pytest.mark.parametrize(
    "text",
    [
        "«Somos de la tierra», subrayó Ana Rivas, y se marchó.",
        "Ana Rivas señaló: «Somos de la tierra y del mar».",
        "Según Ana Rivas, «somos de la tierra y del mar».",
        "“Somos de la tierra y del mar”, sostuvo Ana Rivas.",
        "Ana Rivas ha explicado que «somos de la tierra y del mar».",
    ],
)
def test_quotations_have_their_speaker(text: str) -> None:
    bare = context(text, "es")
    read = bare.with_entities(reader().read(bare))
    assert [read.entity(q.speaker).name for q in read_quotations(read)] == ["Ana Rivas"]


@pytest.mark.parametrize(
    "text",
    [
        "El Sr. Gil y la Sra. Rivas saludaron a D. Juan Soto y a Dña. Ana Gil.",
        "Según el art. 5 y la pág. 12 del informe núm. 34, es así.",
        "Se reunió con Ud. en EE. UU. para hablar.",
        "Forjas del Cinca S. Coop. gestiona la línea y Textil Norte S.A. la apoya.",
    ],
)
def test_abbreviations_end_no_sentence(text: str) -> None:
    assert len(list(split(text, "es"))) == 1


def test_inverted_marks_begin_sentences() -> None:
    text = "Hay dinero. ¿De dónde sale? ¡De las socias! No de la banca."
    assert [text[slice(*span)] for span in split(text, "es")] == [
        *("Hay dinero.", "¿De dónde sale?", "¡De las socias!", "No de la banca."),
    ]
