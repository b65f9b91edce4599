"""The shipped reference, and what the annotated documents of the corpus say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from esskg import shipped
from esskg.documents import read_folder
from esskg.extract.jsonl import from_gold
from esskg.model import Document, Extraction
from esskg.reference import Reference, load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load(shipped.folder("reference"))


@pytest.fixture(scope="session")
def corpus() -> tuple[list[Document], list[Extraction]]:
    """The shipped documents that are annotated, and what their annotations say."""
    found = [item for item in read_folder(ROOT / "data" / "documents") if isinstance(item, Document)]
    gold = {document.slug: ROOT / "data" / "gold" / f"{document.slug}.json" for document in found}
    documents = [document for document in found if gold[document.slug].exists()]
    return documents, [
        from_gold(json.loads(gold[document.slug].read_text("utf-8"))) for document in documents
    ]
