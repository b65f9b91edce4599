"""A project is built and asked alike whichever store its settings name."""

from __future__ import annotations

from pathlib import Path

import pytest

import esskg
from esskg.config import StoreSettings
from esskg.project import Project


def configured(project: Project, request: pytest.FixtureRequest, kind: str) -> Project:
    """The project with the store of that kind in its project file."""
    settings = request.getfixturevalue(kind) if "endpoint" in kind else StoreSettings(kind=kind)
    path: Path = project.folder.root / "esskg.toml"
    kept = path.read_text("utf-8").partition("[store]")[0]
    lines = (f'{key} = "{value}"\n' for key, value in settings.model_dump(exclude_none=True).items())
    path.write_text(f"{kept}[store]\n{''.join(lines)}", "utf-8")
    return esskg.open(project.folder.root)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["memory", "endpoint", "union_endpoint"])
def test_a_project_answers_the_same_from_every_store(
    small: Project, kind: str, request: pytest.FixtureRequest
) -> None:
    small.build()
    questions = [question for question in small.catalogue.names if not needs_values(small, question)]
    expected = {question: small.query(question).text("json") for question in questions}
    with configured(small, request, kind) as elsewhere:
        assert elsewhere.build().changed
        assert {question: elsewhere.query(question).text("json") for question in questions} == expected
        assert elsewhere.query("neighbourhood", entity="Fédération des coopératives du Saint-Maurice").triples


def needs_values(project: Project, question: str) -> bool:
    return any(parameter.example for parameter in project.catalogue[question].parameters)
