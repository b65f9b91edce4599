"""Reading question files, and saying what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from esskg.errors import QueryError
from esskg.query.catalogue import parse, read

GOOD = """\
#+ title: {fr: Qui, en: Who}
#+ question: {fr: "Qui donne ?", en: "Who gives?"}
#+ tags: [funding]
#+ parameters:
#+   - name: funder
#+     type: entity
#+     of: [Network]
#+     default: caisse
#+     title: {fr: Financeur, en: Funder}
#+ columns:
#+   funder: {fr: Financeur, en: Funder}

SELECT ?funder WHERE { VALUES ?funder { UNDEF } ?funder ess:finances ?recipient }
"""


def written(folder: Path, text: str) -> Path:
    (folder / "who.rq").write_text(text, "utf-8")
    return folder


def test_a_question_is_read_with_all_that_its_header_says(tmp_path: Path) -> None:
    query = read(written(tmp_path, GOOD))["who"]
    assert (query.name, query.title["fr"], query.question["en"]) == ("who", "Qui", "Who gives?")
    (funder,) = query.parameters
    assert (funder.name, funder.type, funder.of, funder.default) == (
        "funder",
        "entity",
        ("Network",),
        "caisse",
    )
    assert query.columns["funder"]["en"] == "Funder"
    assert query.to_json()["tags"] == ("funding",)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("fr: Qui, en", "fr: [Qui, en", 1, "not valid YAML"),
        ('fr: "Qui donne ?", ', "", 2, "words in both fr and en"),
        ("tags", "tag", 3, "unknown key 'tag'"),
        ("type: entity", "type: thing", 5, "'funder' needs a type"),
        ("VALUES ?funder", "VALUES ?other", 5, "no VALUES ?funder"),
        ("- name: funder", "- nom: funder", 4, "needs a name"),
        ("funder: {fr: Financeur, en: Funder}", "funder: Funder", 11, "words in both"),
        ("[funding]", "funding", 3, "'tags' must be a list"),
    ],
)
def test_a_malformed_header_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    with pytest.raises(QueryError, match=rf"who\.rq, line {line}: .*{reason.replace('?', '.')}"):
        list(read(written(tmp_path, GOOD.replace(old, new))))


def test_a_file_without_a_header_is_no_question_of_a_catalogue(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"who\.rq, line 1: 'title' needs words"):
        read(written(tmp_path, "ASK {}"))["who"]


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "who.rq").write_bytes(b"\xff\xfe")
    with pytest.raises(QueryError, match=r"who\.rq can't be read"):
        read(tmp_path)["who"]


def test_a_query_outside_of_a_catalogue_needs_no_header() -> None:
    assert parse("ASK {}").parameters == ()


def test_an_unknown_name_is_answered_with_near_ones(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="Did you mean who"):
        read(written(tmp_path, GOOD))["whom"]


def test_a_project_may_put_its_own_question_in_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    catalogue = read(written(tmp_path, GOOD), written(tmp_path / "own", GOOD.replace("Qui,", "Lesquels,")))
    assert (len(catalogue), catalogue["who"].title["fr"]) == (1, "Lesquels")
    assert catalogue.sparql("who").endswith("}\n")
