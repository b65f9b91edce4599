"""`esskg extract` as a person meets it: what it overwrites, explains, asks and shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import prod
from pathlib import Path
from statistics import mean

import pytest
from llm_server import FakeServer, serving
from typer.testing import CliRunner

import esskg
from esskg.cli import app
from esskg.errors import EsskgError, LlmError
from esskg.extract.relations.confidence import calibrated

TEXT = (
    "La Ville de Lyon verse 2 millions d'euros à la Coopérative du Grand Orme, membre du Réseau des Quais.\n"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return esskg.init(tmp_path_factory.mktemp("reading") / "mine").folder.root


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serving() as fake:
        fake.says([])
        yield fake


def extract(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["extract", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return f"{result.exit_code} {result.output}"


def configured(project: Path, tmp_path: Path, url: str, limit: int) -> Path:
    """The project with a language model."""
    root = tmp_path / "asking"
    root.mkdir()
    for name in ("documents", "reference", "decisions"):
        (root / name).symlink_to(project / name, target_is_directory=True)
    llm = f'[llm]\nurl = "{url}"\nmodel = "tiny"\nmax_calls = {limit}\n'
    (root / "esskg.toml").write_text((project / "esskg.toml").read_text("utf-8") + llm, "utf-8")
    return root


def test_nothing_is_overwritten_unasked(project: Path, note: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "note.json").write_text("mine")
    with pytest.raises(EsskgError, match=r"note\.json exists"):
        extract(note, "-o", out, "--project", project)
    assert (out / "note.json").read_text() == "mine"
    assert extract(note, "-o", out, "--force", "--project", project).startswith("0")
    assert json.loads((out / "note.json").read_text("utf-8"))["entities"]


def test_files_of_one_name_are_refused_before_any_is_read(project: Path, note: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "note.md"
    other.parent.mkdir()
    other.write_text(TEXT, "utf-8")
    with pytest.raises(EsskgError, match="the same file"):
        extract(note, other, "-o", tmp_path / "out", "--project", project)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("date", ["2023-13", "yesterday", "2023-02-30"])
def test_a_date_that_is_none_is_refused(project: Path, note: Path, date: str) -> None:
    with pytest.raises(EsskgError, match="is no date; write 2023"):
        extract(note, "-o", "-", "--date", date, "--project", project)


def test_neither_a_folder_nor_an_explanation_is_wrong_use(project: Path, note: Path) -> None:
    assert extract(note, "--project", project).startswith("2")
    assert extract(note, "--explain", "-o", "-", "--project", project).startswith("2")


def test_several_files_show_how_far_they_are(project: Path, note: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.txt"
    second.write_text(TEXT, "utf-8")
    assert "extract … 2" in extract(note, second, "-o", tmp_path / "out", "--project", project)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["note.json", "second.json"]


def test_an_explanation_marks_mentions_and_gives_reasons(project: Path, note: Path) -> None:
    shown = extract("--explain", note, "--project", project)
    assert "[Ville de Lyon|e1] verse" in shown
    assert "finances: Ville de Lyon (e1) → Coopérative du Grand Orme (e2), 2,000,000 EUR" in shown
    assert "read by finances." in shown
    assert "subject: “Ville de Lyon”, found as" in shown


def test_the_features_give_the_confidence(project: Path, note: Path) -> None:
    explained = json.loads(extract("--explain", "--json", note, "--project", project)[2:])
    assert explained["statements"]
    for statement in explained["statements"]:
        features = {feature["name"]: feature["value"] for feature in statement["features"]}
        words = mean(features[name] for name in ("rule", "ranker") if name in features)
        ends = prod(features[name] for name in ("subject", "object") if name in features)
        assert statement["confidence"] == pytest.approx(calibrated(words * ends), abs=0.001)
        assert statement["words"] in explained["text"]


def test_a_project_without_a_model_says_how_to_name_one(project: Path, note: Path) -> None:
    with pytest.raises(EsskgError, match=r"url and model under \[llm\]"):
        extract(note, "--llm", "-o", "-", "--project", project)


def test_the_cost_is_shown_and_the_limit_held(
    project: Path, note: Path, tmp_path: Path, server: FakeServer
) -> None:
    root = configured(project, tmp_path, server.url, limit=0)
    with pytest.raises(LlmError, match=r"1 calls, about .* tokens.*--yes"):
        extract(note, "--llm", "-o", "-", "--project", root)
    assert server.asked == []
    shown = extract(note, "--llm", "--yes", "-o", tmp_path / "out", "--project", root)
    assert "takes 1 calls" in shown
    assert "tiny: 0 statements added" in shown
    assert len(server.asked) == 1


def test_a_build_asks_the_model_and_adds_what_the_text_bears_out(
    project: Path, tmp_path: Path, server: FakeServer
) -> None:
    root = configured(project, tmp_path, server.url, limit=100)
    (root / "documents").unlink()
    (root / "documents").mkdir()
    (root / "documents" / "note.txt").write_text(TEXT, "utf-8")
    quote = TEXT.strip(" .\n")
    server.says([{"type": "supports", "subject": "e1", "object": "e2", "quote": quote}])
    opened = esskg.open(root)
    built = opened.build()
    assert built.version.manifest.counts["review"] >= 1
    rules = opened.query("SELECT ?r { ?e <https://w3id.org/esskg/ontology#rule> ?r }")
    assert "llm/tiny" in rules.text("csv")
    assert len(server.asked) == 1


def test_a_build_beyond_the_limit_leaves_the_graph_alone(
    project: Path, tmp_path: Path, server: FakeServer
) -> None:
    opened = esskg.open(configured(project, tmp_path, server.url, limit=0))
    with pytest.raises(LlmError, match="max_calls"):
        opened.build()
    assert opened.version is None
    assert server.asked == []
