"""The command line as a person meets it: real processes, their output and their exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from esskg.project import Project


def esskg(*arguments: object, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "esskg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, input=stdin, check=False)


@pytest.fixture(scope="module")
def at(corpus: Path) -> tuple[str, Path]:
    return "--project", corpus


VERBS = [
    "init",
    "add",
    "remove",
    "info",
    "extract",
    "evaluate",
    "build",
    "validate",
    "diff",
    "queries",
    "query",
    "draw",
    "analyse",
    "report",
    "export",
    "serve",
    "mcp",
]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_with_an_example(verb: str) -> None:
    shown = esskg(verb, "--help")
    assert shown.returncode == 0
    assert f"Example: esskg {verb}" in shown.stdout


def test_init_makes_a_project_that_works_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert esskg("init", folder).returncode == 0
    assert esskg("build", "--project", folder).returncode == 0
    counted = esskg("query", "-", "--project", folder, "--format", "csv", stdin=COUNT)
    assert int(counted.stdout.split()[1]) > 0


COUNT = "PREFIX ess: <https://w3id.org/esskg/ontology#> SELECT (COUNT(*) AS ?n) { ?s a ess:Statement }"


def test_init_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "esskg.toml").write_text('title = "mine"\n')
    refused = esskg("init", tmp_path)
    assert refused.returncode == 2
    assert "already holds a project" in refused.stderr
    assert (tmp_path / "esskg.toml").read_text() == 'title = "mine"\n'


def test_a_folder_without_a_project_is_wrong_use_and_names_the_remedy(tmp_path: Path) -> None:
    refused = esskg("info", "--project", tmp_path)
    assert (refused.returncode, "esskg init" in refused.stderr) == (2, True)
    assert "Traceback" not in refused.stderr


def test_info_counts_what_is_there(at: tuple[str, Path]) -> None:
    about = json.loads(esskg("info", "--json", *at).stdout)
    assert about["counts"]["Document"] > 100
    assert about["version"]


def test_queries_lists_the_catalogue_in_both_languages(at: tuple[str, Path]) -> None:
    english = json.loads(esskg("queries", "--json", *at).stdout)
    assert len(english) >= 20
    assert "Qui" in esskg("queries", "--lang", "fr", *at).stdout


def test_a_catalogue_query_answers_in_csv(at: tuple[str, Path]) -> None:
    answer = esskg("query", "who-finances-whom", "--format", "csv", *at)
    assert answer.returncode == 0
    assert len(answer.stdout.splitlines()) > 10


def test_a_query_error_names_line_and_column(at: tuple[str, Path]) -> None:
    refused = esskg("query", "-", *at, stdin="SELECT ?a {\n ?a ?b }")
    assert refused.returncode == 2
    assert "line 2" in refused.stderr


def test_an_unknown_query_is_wrong_use(at: tuple[str, Path]) -> None:
    refused = esskg("query", "who-finances-who", *at)
    assert refused.returncode == 2
    assert "who-finances-whom" in refused.stderr


def test_a_parameter_without_a_value_is_wrong_use(at: tuple[str, Path]) -> None:
    assert esskg("query", "who-finances-whom", "-p", "funder", *at).returncode == 2


def test_extract_prints_the_guidelines_format(at: tuple[str, Path], tmp_path: Path) -> None:
    text = "La Ville de Montréal verse 2 millions de dollars canadiens à la Coopérative du Grand Orme.\n"
    (tmp_path / "note.txt").write_text(text, "utf-8")
    read = json.loads(esskg("extract", tmp_path / "note.txt", "--date", "2024-03", "-o", "-", *at).stdout)
    assert read["date"] == "2024-03"
    assert {entity["type"] for entity in read["entities"]} >= {"PublicBody", "SocialEconomyEnterprise"}


def test_extract_reports_an_unreadable_file_and_goes_on(at: tuple[str, Path], tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.txt").write_text("La Ville de Montréal a fêté.\n", "utf-8")
    done = esskg("extract", tmp_path / "empty.txt", tmp_path / "good.txt", "-o", tmp_path / "out", *at)
    assert done.returncode == 1
    assert "empty.txt" in done.stderr
    assert (tmp_path / "out" / "good.json").is_file()


def test_draw_export_and_analyse_write_what_they_say(at: tuple[str, Path], tmp_path: Path) -> None:
    assert esskg("draw", "--around", "Ville de Montréal", "-o", tmp_path / "m.html", *at).returncode == 0
    assert "<!doctype html>" in (tmp_path / "m.html").read_text("utf-8").lower()
    assert esskg("export", "nt", "-o", tmp_path / "all.nt", *at).returncode == 0
    assert esskg("export", "nt", "-o", tmp_path / "all.nt", *at).returncode == 2
    assert esskg("export", "nt", "--force", "-o", tmp_path / "all.nt", *at).returncode == 0
    assert [each["name"] for each in json.loads(esskg("analyse", "size", "holes", "--json", *at).stdout)] == [
        *("size", "holes")
    ]


def test_analyse_prints_one_measure_of_a_projection_as_csv(at: tuple[str, Path]) -> None:
    header, first, *_ = esskg(
        "analyse", "degree", "--projection", "funding", "--csv", *at
    ).stdout.splitlines()
    assert header.startswith("entity,label,type,degree") and first.count(",") >= 6
    assert esskg("analyse", "--csv", *at).returncode == 2
    wrong = esskg("analyse", "centre", *at)
    assert wrong.returncode == 2 and "betweenness" in wrong.stderr


def test_validate_finds_the_shipped_graph_in_order(at: tuple[str, Path]) -> None:
    report = esskg("validate", *at)
    assert report.returncode == 0, report.stdout
    assert "consistency …" in report.stderr


def test_evaluate_scores_and_tells_errors_by_cause(at: tuple[str, Path]) -> None:
    scores = esskg("evaluate", "--part", "tuning", "--language", "es", *at)
    assert "calibration, es" in scores.stdout
    assert "evaluate … " in scores.stderr
    listed = esskg("evaluate", "--part", "tuning", "--language", "es", "--errors", "--limit", "1", *at)
    assert "relation missed: " in listed.stdout
    groups = json.loads(
        esskg("evaluate", "--part", "tuning", "--language", "es", "--errors", "--json", *at).stdout
    )
    assert all(len(group["faults"]) == group["count"] for group in groups)


def test_floors_are_of_all_documents(at: tuple[str, Path]) -> None:
    refused = esskg("evaluate", "--write-floors", "--part", "tuning", *at)
    assert (refused.returncode, "leave out what chooses some" in refused.stderr) == (2, True)


def test_adding_a_good_and_a_bad_file_keeps_the_good_one_and_says_so(small: Project, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("La Coopérative du Lac a été fondée en 1999.\n", "utf-8")
    (tmp_path / "bad.bin").write_bytes(b"\x00\x01")
    done = esskg("add", tmp_path / "good.txt", tmp_path / "bad.bin", "--project", small.folder.root)
    assert done.returncode == 1
    assert "good.txt" in done.stdout
    assert "bad.bin" in done.stderr


def test_init_in_the_place_of_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    refused = esskg("init", tmp_path / "taken")
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
    assert (tmp_path / "taken").read_text() == "mine"


def test_add_and_remove_leave_other_documents_alone(small: Project, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("La Coopérative du Lac a été fondée en 1999.\n", "utf-8")
    at = ("--project", small.folder.root)
    before = sorted(small.folder.documents.iterdir())
    assert esskg("add", tmp_path / "new.txt", "--date", "2024", *at).returncode == 0
    assert esskg("remove", "new", *at).returncode == 0
    assert sorted(small.folder.documents.iterdir()) == before
    unknown = esskg("remove", "grnt", *at)
    assert (unknown.returncode, "grant" in unknown.stderr) == (2, True)


def test_diff_tells_two_versions_apart_in_words(small: Project) -> None:
    small.build()
    folder = small.folder.documents
    (folder / "reseau.md").write_text("Le Réseau des rives de Mauricie a été fondé en 2011.\n", "utf-8")
    small.build()
    done = esskg("diff", "--project", small.folder.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "statements: 1 added, 0 removed, 0 changed" in done.stdout
    assert "“Le Réseau des rives de Mauricie a été fondé en 2011.”" in done.stdout
    assert esskg("diff", "1999", "--project", small.folder.root).returncode == 2
