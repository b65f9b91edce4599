"""The comparison with other vocabularies is what their files say and what the pages show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "ontology_comparison.py"
FOLDER = os.environ.get("ESSKG_ONTOLOGIES")
PAGES = [
    ROOT / "docs" / "explanation" / name for name in ("ontology-comparison.md", "ontology-comparison.fr.md")
]


@pytest.mark.skipif(FOLDER is None, reason="ESSKG_ONTOLOGIES names no folder of other people's vocabularies")
def test_the_files_of_others_bear_out_every_cell_of_the_table() -> None:
    before = [page.read_text("utf-8") for page in PAGES]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(FOLDER)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert [page.read_text("utf-8") for page in PAGES] == before


def test_a_cell_that_the_files_do_not_bear_out_is_named(tmp_path: Path) -> None:
    (tmp_path / "followthemoney" / "schema").mkdir(parents=True)
    for name in ("essglobal/essglobal-vocab.ttl", "pair/pair.ttl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<urn:Grant> a <http://www.w3.org/2002/07/owl#Class> .")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert (
        "finances whom, with how much, in which currency? essglobal: not declared [], declared ['Grant']"
        in done.stderr
    )
    assert "Who is a partner of whom? pair: not declared ['cooperatesWith', 'partnerOf']" in done.stderr
