"""The extractor: a document in, everything it says out."""

from __future__ import annotations

import subprocess
import sys

import pytest
from entity_reading import DATA, document

from esskg import reference
from esskg.config import Thresholds
from esskg.extract import Extractor, from_records, to_records
from esskg.model import State

TEXT = "La Ville de Montréal finance la Coopérative du Quai. La Coopérative du Quai a été fondée en 1998."


def extractor(**changes: object) -> Extractor:
    settings = {"thresholds": Thresholds(), "models": False, **changes}
    return Extractor(reference.load(DATA / "reference"), **settings)  # type: ignore[arg-type]


def test_what_is_read_survives_being_written() -> None:
    read = extractor().read(document(TEXT))
    assert {entity.name for entity in read.entities} == {"Ville de Montréal", "Coopérative du Quai"}
    assert from_records(to_records(read)) == read


def test_thresholds_decide_what_is_asserted() -> None:
    lax = extractor(thresholds=Thresholds(asserted=0.0, review=0.0)).read(document(TEXT))
    strict = extractor(thresholds=Thresholds(asserted=1.0, review=1.0)).read(document(TEXT))
    assert lax.statements
    assert {statement.state for statement in lax.statements} == {State.ASSERTED}
    assert {statement.state for statement in strict.statements} == {State.QUARANTINED}


def test_documents_come_out_in_the_order_given() -> None:
    texts = ["La Ville de Lyon lit.", "La Ville de Nantes lit."]
    read = list(extractor().read_many(map(document, texts)))
    assert [extraction.entities[0].name for extraction in read] == ["Ville de Lyon", "Ville de Nantes"]


@pytest.mark.parametrize(
    "change",
    [{"currency": "CAD"}, {"country": "CA"}, {"models": True}, {"thresholds": Thresholds(review=0.1)}],
)
def test_whatever_changes_a_reading_changes_the_fingerprint(change: dict[str, object]) -> None:
    assert extractor().fingerprint == extractor().fingerprint
    assert extractor(**change).fingerprint != extractor().fingerprint


def test_importing_the_package_loads_no_model_library() -> None:
    code = "import sys, esskg.extract; sys.exit('spacy' in sys.modules or 'ahocorasick' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_reading_is_the_same_whatever_the_hash_seed() -> None:
    code = (
        "from entity_reading import document; import test_extractor as t;"
        "print(*__import__('esskg.extract').extract.to_records(t.extractor().read(document(t.TEXT))))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(DATA.parent / "tests" / "extract")},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
