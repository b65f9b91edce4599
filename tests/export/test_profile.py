"""What the public profile keeps back, and what it doesn't."""

from __future__ import annotations

import csv
import io
import re
import tomllib
import zipfile
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
import rdflib

import sample
from esskg.errors import EsskgError
from esskg.export import export
from esskg.export.profile import is_open
from esskg.graph.store import Store
from esskg.model import Knowledge, Quotation, Slug, State

RULES = tomllib.loads(resources.files("esskg.export").joinpath("profile.toml").read_text("utf-8"))
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
LONG = "Nos rives appartiennent à tous. " * 10


@pytest.mark.parametrize(
    "rule", [*RULES["licence"], *RULES["contact"]], ids=lambda rule: rule["pattern"][:30]
)
def test_patterns_hold_on_their_examples(rule: dict[str, list[str]]) -> None:
    pattern = re.compile(str(rule["pattern"]), re.IGNORECASE if rule in RULES["licence"] else 0)
    assert [each for each in rule["yes"] if not pattern.search(each)] == []
    assert [each for each in rule["no"] if pattern.search(each)] == []


@pytest.mark.parametrize(
    ("licence", "open_"), [("CC BY 4.0", True), ("CC BY-NC 4.0", False), ("", False), ("© Exemple", False)]
)
def test_an_open_licence_is_known(licence: str, open_: bool) -> None:
    assert is_open(licence) is open_


def knowledge(licence: str) -> Knowledge:
    """The sample, its documents under a licence, with a long quotation, and one that says how to call."""
    known = sample.knowledge()
    documents = tuple(
        replace(each, metadata=replace(each.metadata, licence=licence)) for each in known.documents
    )
    proof = sample.words(sample.FRENCH, "« Nos rives")
    said = (
        Quotation(Slug("anne-lavigne"), LONG, "fr", (replace(proof, exact=LONG),), 0.9, State.ASSERTED),
        Quotation(Slug("anne-lavigne"), "Appelez le 514 555-0199.", "fr", (proof,), 0.9, State.ASSERTED),
    )
    return replace(known, documents=documents, quotations=(*known.quotations, *said))


def exported(store: Store, profile: str, format: str = "nt") -> bytes:
    output = io.BytesIO()
    export(format, store, output, profile=profile)  # type: ignore[arg-type]
    return output.getvalue()


def graph(store: Store, profile: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=exported(store, profile), format="nt")


def test_of_closed_documents_only_short_quotations_are_passed_on(tmp_path: Path) -> None:
    store = sample.store_of(knowledge("All rights reserved"), tmp_path)
    full, public = graph(store, "full"), graph(store, "public")
    kept, all_ = set(public.objects(None, OA.exact)), set(full.objects(None, OA.exact))
    assert {str(each) for each in all_ - kept} == {LONG}
    assert not list(public.objects(None, OA.prefix)) and list(full.objects(None, OA.prefix))
    assert len(list(public.objects(None, OA.start))) == len(list(full.objects(None, OA.start)))
    assert LONG.encode() not in exported(store, "public")


def test_of_open_documents_all_words_are_passed_on(tmp_path: Path) -> None:
    store = sample.store_of(knowledge("CC BY 4.0"), tmp_path)
    public = graph(store, "public")
    assert LONG in {str(each) for each in public.objects(None, OA.exact)}
    assert list(public.objects(None, OA.prefix))


@pytest.mark.parametrize("format", ["nquads", "turtle", "jsonld", "csv", "gexf"])
def test_how_people_are_reached_and_who_decided_is_never_passed_on(tmp_path: Path, format: str) -> None:
    store = sample.store_of(knowledge("CC BY 4.0"), tmp_path)
    content = exported(store, "public", format)
    if format == "csv":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(map(archive.read, archive.namelist()))
    assert b"555-0199" not in content
    assert b"Une curatrice" not in content
    assert b"fonds-du-fleuve" in content


def test_tables_leave_out_the_same_words(tmp_path: Path) -> None:
    store = sample.store_of(knowledge(""), tmp_path)
    with zipfile.ZipFile(io.BytesIO(exported(store, "public", "csv"))) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("quotations.csv").decode())))
        licences = list(csv.DictReader(io.StringIO(archive.read("documents.csv").decode())))
    assert sorted(row["text"] for row in rows) == ["", "", "Nos rives appartiennent à tous"]
    assert {row["licence"] for row in licences} == {""}


def test_a_profile_that_is_none_is_refused(sample_store: Store) -> None:
    with pytest.raises(EsskgError, match="choose one of public, full"):
        exported(sample_store, "secret")
