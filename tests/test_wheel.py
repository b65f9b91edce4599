"""An installed wheel works by itself: reference, ontology, queries and browser code travel with it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's content and nothing of the repository."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "-w", folder, ROOT], check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def esskg(installed: Path, *arguments: str, cwd: Path) -> str:
    environment = os.environ | {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "esskg", *arguments]
    return subprocess.check_output(command, cwd=cwd, env=environment, text=True, stderr=subprocess.STDOUT)


def test_a_new_project_is_made_built_and_asked_with_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    esskg(installed, "init", "mine", cwd=tmp_path)
    project = tmp_path / "mine"
    assert "Version" in esskg(installed, "build", cwd=project)
    assert "entity" in esskg(installed, "query", "counts-by-class", "--format", "csv", cwd=project).lower()
    where = [sys.executable, "-c", "import esskg; print(esskg.__file__)"]
    environment = os.environ | {"PYTHONPATH": str(installed)}
    assert str(installed) in subprocess.check_output(where, env=environment, cwd=project, text=True)


@pytest.mark.parametrize("part", ["ontology/esskg.ttl", "queries", "reference/organizations.csv", "sample"])
def test_what_the_program_reads_travels_with_it(installed: Path, part: str) -> None:
    assert (installed / "esskg" / "_shipped" / part).exists()


def test_the_browser_code_travels_with_its_licences(installed: Path) -> None:
    dist = installed / "esskg" / "server" / "static" / "dist"
    assert (dist / "manifest.json").is_file()
    assert "MIT" in (dist / "vendor-licenses.txt").read_text("utf-8")
