"""The public API is small and pinned: what is listed here may be relied on."""

from __future__ import annotations

import subprocess
import sys

import esskg
from esskg.project import Project

NAMES = ["EsskgError", "Project", "__version__", "init", "open"]
METHODS = {
    "about",
    "add",
    "analyse",
    "at",
    "build",
    "built",
    "catalogue",
    "close",
    "consistent",
    "draw",
    "cross_validate",
    "diff",
    "evaluate",
    "export",
    "extract",
    "extractor",
    "folder",
    "index",
    "llm",
    "network",
    "positions",
    "query",
    "read",
    "refresh",
    "remove",
    "report",
    "review",
    "search",
    "settings",
    "store",
    "validate",
    "version",
}


def test_the_package_exports_these_names_and_no_others() -> None:
    assert sorted(esskg.__all__) == sorted(NAMES)
    assert all(hasattr(esskg, name) for name in NAMES)


def test_a_project_offers_these_methods_and_no_others() -> None:
    assert {name for name in dir(Project) if not name.startswith("_")} | {"folder"} == METHODS


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "{'rdflib', 'spacy', 'networkx', 'pyoxigraph', 'typer', 'starlette', 'pandas'}"
    program = f"import sys, esskg; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "[]\n"
