"""Builds as a person meets them: only what changed is read, and nothing that stood is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

import esskg
from esskg.errors import BusyError, StoreError, TablesError
from esskg.graph.history import History
from esskg.graph.versions import Versions
from esskg.project import Project

COUNT = "PREFIX ess: <https://w3id.org/esskg/ontology#> SELECT (COUNT(*) AS ?n) { ?s a ess:Statement }"
CITED = """
PREFIX ess: <https://w3id.org/esskg/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
ASK {
  ?body ess:foundedIn ?year .
  ?statement rdf:subject ?body ; rdf:predicate ess:foundedIn ; rdf:object ?year ; ess:evidence ?evidence .
  ?evidence oa:hasSelector/oa:exact ?words .
  FILTER CONTAINS(?words, "Saint-Maurice a été fondée en 1998")
}
"""


def exported(project: Project) -> bytes:
    path = project.folder.root / "all.nq"
    project.export("nquads", path, force=True)
    return path.read_bytes()


def dump(project: Project) -> bytes:
    return b"\n".join(sorted(exported(project).splitlines()))


def test_a_build_makes_a_graph_in_which_statements_cite_their_words(small: Project) -> None:
    report = small.build()
    assert (report.read, report.problems) == (4, ())
    assert small.query(CITED).boolean


def test_a_second_build_without_changes_does_nothing(small: Project) -> None:
    first = small.build()
    again = small.build()
    assert not again.changed
    assert (again.version.id, again.kept) == (first.version.id, 4)


def test_one_new_document_is_the_only_one_read(small: Project) -> None:
    small.build()
    (small.folder.documents / "new.md").write_text("La Coopérative du Lac a été fondée en 1999.\n", "utf-8")
    report = small.build()
    assert (report.read, report.kept) == (1, 4)


def test_removing_a_document_takes_out_what_only_it_said(small: Project) -> None:
    small.build()
    before = dump(small)
    small.remove("grant")
    small.build()
    assert b"Blue River" in before
    assert b"Blue River" not in dump(small)


def test_the_same_documents_give_the_same_bytes_whatever_the_order_jobs_and_hash_seed(
    tmp_path: Path,
) -> None:
    texts = {
        f"{number:02}.md": f"La Ville de Laval finance la Coopérative du Quai {number} en 20{number:02}. "
        f"La Coopérative du Quai {number} est membre du Réseau des rives, fondé à Laval.\n"
        for number in range(1, 20)
    }
    dumps = set()
    for seed, jobs in (("1", "1"), ("2", "2")):
        project = esskg.init(tmp_path / f"copy-{seed}")
        for name in random.Random(seed).sample(sorted(texts), len(texts)):
            (project.folder.documents / name).write_text(texts[name], "utf-8")
        command = [
            sys.executable,
            "-m",
            "esskg",
            "build",
            "--jobs",
            jobs,
            "--project",
            str(project.folder.root),
        ]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run(command, env=environment, check=True, capture_output=True)
        with esskg.open(project.folder.root) as project:
            dumps.add(exported(project))
    assert len(dumps) == 1


def test_an_unreadable_document_is_named_and_the_rest_is_built(small: Project) -> None:
    (small.folder.documents / "broken.pdf").write_bytes(b"%PDF-1.7 not really")
    report = small.build()
    assert report.read == 4
    assert "broken.pdf" in report.problems[0]
    assert small.build().problems == report.problems


def test_a_document_that_moved_is_read_at_its_new_place(small: Project) -> None:
    small.build()
    (small.folder.documents / "moved").mkdir()
    (small.folder.documents / "grant.md").rename(small.folder.documents / "moved" / "grant.md")
    assert small.build().changed


def test_a_malformed_reference_row_builds_nothing_and_keeps_the_old_graph(small: Project) -> None:
    version = small.build().version
    table = small.folder.reference / "organizations.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join([*lines, lines[1]]), "utf-8")
    with pytest.raises(TablesError, match=rf"organizations\.csv, line {len(lines) + 1}"):
        small.build()
    with esskg.open(small.folder.root) as project:
        assert project.built().id == version.id
        assert project.query(CITED).boolean


def test_a_second_build_at_the_same_time_says_so(small: Project) -> None:
    small.folder.build.mkdir(exist_ok=True)
    with FileLock(small.folder.build / "lock"), pytest.raises(BusyError, match="another build"):
        small.build()


def test_a_killed_build_leaves_the_old_graph_and_the_next_one_goes_on(small: Project) -> None:
    version = small.build().version
    (small.folder.documents / "more.md").write_text("La Coopérative du Lac est à Laval.\n" * 400, "utf-8")
    command = [sys.executable, "-m", "esskg", "build", "--full", "--project", str(small.folder.root)]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert killed.stderr is not None
    next(line for line in killed.stderr if line.startswith("extract"))
    time.sleep(0.3)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    with esskg.open(small.folder.root) as project:
        assert project.built().id == version.id
        assert project.build().changed
        assert project.query(COUNT).rows


def test_ids_survive_a_rebuild_with_other_documents(small: Project) -> None:
    small.build()
    before = small.folder.ids.read_text("utf-8")
    (small.folder.documents / "aaa.md").write_text("La Ville de Trois-Rivières a fêté.\n", "utf-8")
    small.build(full=True)
    after = small.folder.ids.read_text("utf-8")
    assert set(before.splitlines()) <= set(after.splitlines())


def test_a_build_notes_what_changed_and_two_versions_can_be_compared(small: Project) -> None:
    first = small.build().version
    text = "Le Réseau des rives de Mauricie a été fondé en 2011.\n"
    (small.folder.documents / "reseau.md").write_text(text, "utf-8")
    second = small.build().version
    newest, oldest = History(small.folder.build).entries()
    assert (oldest.since, newest.since, newest.id) == (None, first.id, second.id)
    changed = small.diff()
    assert changed == small.diff(first.id, second.id) == History(small.folder.build).changes(newest)
    added = [each for each in changed.statements if each.how == "added"]
    assert any(text.strip() in sentence.words for each in added for sentence in each.sentences)
    with small.at(first.id) as before:
        assert len(before.index.search("rives de Mauricie")) == 0 < len(small.search("rives de Mauricie"))


def test_as_many_versions_are_kept_as_the_project_says(small: Project) -> None:
    with (small.folder.root / "esskg.toml").open("a") as settings:
        settings.write("[versions]\nkeep = 1\n")
    project = esskg.open(small.folder.root)
    for _ in range(2):
        project.build(full=True)
    assert len(Versions(project.folder.build).kept()) == 1
    with pytest.raises(StoreError, match="only one version is kept"):
        project.diff()
