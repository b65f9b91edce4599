"""What figures are about, where, when and from whom."""

from __future__ import annotations

from dataclasses import replace
from itertools import starmap

import pytest
from rule_examples import context

from esskg.extract.context import Context
from esskg.extract.figures import read_figures
from esskg.extract.relations import read_statements
from esskg.model import BlockKind, FigureReading


def slots(marked: str, language: str) -> list[tuple[str | None, ...]]:
    """The names in the slots of each figure, in the order of the text: about, place, source."""
    given = context(marked, language)
    figures = sorted(read_figures(given), key=lambda figure: figure.evidence)
    return list(starmap(_named, ((given, figure) for figure in figures)))


def _named(given: Context, figure: FigureReading) -> tuple[str | None, ...]:
    ends = (figure.about, figure.place, figure.source)
    return tuple(given.entity(end).name if end else None for end in ends)


@pytest.mark.parametrize(
    ("text", "language", "about"),
    [
        ("[Alpha](Network) cite les 1 750 membres d'[Orme](SocialEconomyEnterprise).", "fr", "Orme"),
        ("[Alpha](Network) praised the 1,750 members of [Elm](SocialEconomyEnterprise).", "en", "Elm"),
        ("[Alpha](Network) celebró la [Asamblea](Event) ante 300 asistentes.", "es", "Asamblea"),
        ("Le [Forum](Event) de l'[Orme](Network) a réuni 300 participants.", "fr", "Forum"),
        ("[Alpha](Network) created [Elm](Network), a network of 22 universities.", "en", "Elm"),
        ("Avec l'appui de la [Ville](PublicBody), [Orme](Network) compte 40 membres.", "fr", "Orme"),
    ],
)
def test_a_figure_is_its_owners(text: str, language: str, about: str) -> None:
    ((found, _, _),) = slots(text, language)
    assert found == about


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Les coopératives du [Pérou](Place), dit l'étude, emploient 900 personnes.", "fr"),
        ("Social enterprises in [Wales](Place) employ 900 people.", "en"),
        ("Las cooperativas de [Perú](Place) emplean a 900 personas.", "es"),
    ],
)
def test_the_sector_of_a_place_has_no_owner(text: str, language: str) -> None:
    ((about, place, _),) = slots(f"[Alpha](Network) est née.\n\n{text}", language)
    assert (about, place) == (None, text[text.index("[") + 1 : text.index("]")])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("L'économie sociale, précise [Ana Lima](Person), crée 900 emplois.", "fr"),
        ("The social economy, says [Ana Lima](Person), has 900 jobs.", "en"),
        ("La economía social, recordó [Ana Lima](Person), suma 900 empleos.", "es"),
        ("[Ana Lima](Person), ministre au [Ministère](PublicBody), avance un chiffre : 900 emplois.", "fr"),
        ("D'après une enquête de [Ana Lima](Person), le secteur compte 900 emplois.", "fr"),
    ],
)
def test_who_gives_a_figure_is_its_source(text: str, language: str) -> None:
    ((_, _, source),) = slots(text, language)
    assert source == "Ana Lima"


def test_a_source_below_a_list_gives_all_of_it() -> None:
    text = "En bref :\n• 900 emplois\n• 40 coopératives\n(Source : [Institut](ResearchBody))\n• 30 projets"
    assert [source for _, _, source in slots(text, "fr")] == ["Institut", "Institut", None]


def test_one_who_is_merely_named_gives_nothing() -> None:
    ((about, _, source),) = slots("[Alpha](Network) compte 900 emplois.", "fr")
    assert (about, source) == ("Alpha", None)


def test_a_figure_takes_the_date_nearest_to_it() -> None:
    figures = read_figures(context("[Alpha](Network) : 40 membres en 1990, puis 900 membres en 2020.", "fr"))
    assert sorted((figure.value, figure.date) for figure in figures) == [(40, "1990"), (900, "2020")]


def test_a_figure_of_the_title_is_read_once() -> None:
    given = context("Alpha a 900 membres\n\n[Alpha](Network) compte 900 membres.", "fr")
    heading = replace(given.document.blocks[0], kind=BlockKind.HEADING)
    sentences = (replace(given.sentences[0], block=heading), *given.sentences[1:])
    (figure,) = read_figures(replace(given, sentences=sentences))
    assert figure.evidence[0] > heading.end


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("[Alpha](Network) lent £48.5m to 686 firms.", ["GBP", "count"]),
        ("3.2 Growth of [Alpha](Network)", []),
    ],
)
def test_ranges_are_of_one_unit_and_sections_no_figures(text: str, units: list[str]) -> None:
    figures = sorted(read_figures(context(text, "en")), key=lambda figure: figure.evidence)
    assert [figure.unit for figure in figures] == units


@pytest.mark.parametrize(
    ("text", "language", "value", "qualifier"),
    [
        ("Chez [Alpha](Network), les trois quarts des membres votent.", "fr", 75, "exact"),
        ("Près de la moitié des membres de [Alpha](Network) votent.", "fr", 50, "about"),
        ("Chez [Alpha](Network), un emploi sur dix est associatif.", "fr", 10, "exact"),
        ("Half of the members of [Alpha](Network) vote.", "en", 50, "exact"),
        ("At [Alpha](Network) one job in ten is new.", "en", 10, "exact"),
        ("En [Alpha](Network) vota más de la mitad de los socios.", "es", 50, "more_than"),
        ("En [Alpha](Network) uno de cada cinco empleos es nuevo.", "es", 20, "exact"),
    ],
)
def test_shares_are_read_in_words(text: str, language: str, value: float, qualifier: str) -> None:
    (figure,) = read_figures(context(text, language))
    assert (figure.value, figure.unit, figure.qualifier) == (value, "percent", qualifier)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("[Alpha](Network) fête un quart de siècle.", "fr"),
        ("[Alpha](Network) a trois partenaires.", "fr"),
        ("[Alpha](Network) has three partners.", "en"),
        ("[Alpha](Network) occupe la moitié du site.", "fr"),
        ("[Alpha](Network) works in half of the country.", "en"),
        ("[Alpha](Network) mène un projet sur trois ans.", "fr"),
        ("[Alpha](Network) waited half a year, one in many.", "en"),
        ("[Alpha](Network) esperó media hora a cada una de las partes.", "es"),
    ],
)
def test_other_words_are_no_figures(text: str, language: str) -> None:
    assert read_figures(context(text, language)) == ()


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "L'enveloppe est de 2,4 M€, dont 1,5 million apportés par elle.",
            "fr",
            {(2.4e6, "EUR"), (1.5e6, "EUR")},
        ),
        (
            "Son 2,4 millones de euros, de los que 1,5 millones vienen de fuera.",
            "es",
            {(2.4e6, "EUR"), (1.5e6, "EUR")},
        ),
        (
            "Le budget est de 2 M€ pour 1,5 million d'habitants.",
            "fr",
            {(2e6, "EUR"), (1.5e6, "count")},
        ),
    ],
)
def test_large_numbers_that_count_nothing_go_on_from_the_money_before(
    text: str, language: str, expected: set[tuple[float, str]]
) -> None:
    assert {(figure.value, figure.unit) for figure in read_figures(context(text, language))} == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("[Alpha](SocialEconomyEnterprise), fondée en 2011, compte 86 membres.", "fr"),
        ("[Alpha](SocialEconomyEnterprise), founded in 2011, has 86 members.", "en"),
        ("[Alfa](SocialEconomyEnterprise), fundada en 2011, cuenta con 86 socios.", "es"),
    ],
)
def test_the_year_of_a_founding_is_no_period_of_figures(text: str, language: str) -> None:
    given = context(text, language)
    (figure,) = read_figures(given, read_statements(given))
    assert (figure.value, figure.date) == (86, None)


@pytest.mark.parametrize(
    ("text", "language", "value", "qualifier"),
    [
        ("[Alpha](Network) raised over $53 million.", "en", 53e6, "more_than"),
        ("[Alpha](Network) spent $53 million over two years.", "en", 53e6, "exact"),
        ("Members: close to two million\nStaff: 40", "en", 2e6, "about"),
        ("Points de service : une centaine\n", "fr", 100, "about"),
        ("Members: over one million\nSales: £3 million", "en", 1e6, "more_than"),
    ],
)
def test_a_figure_is_meant_as_its_words_say(text: str, language: str, value: float, qualifier: str) -> None:
    figures = sorted(read_figures(context(text, language)), key=lambda figure: figure.evidence)
    assert (figures[0].value, figures[0].qualifier) == (value, qualifier)
