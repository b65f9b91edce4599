"""The shipped corpus and sample, as the readers find them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from esskg.documents import copies, read_folder, sentences
from esskg.model import BlockKind, Document

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def corpus() -> dict[str, Document]:
    found = list(read_folder(DATA / "documents"))
    assert not [one for one in found if not isinstance(one, Document)]
    return {one.slug: one for one in found if isinstance(one, Document)}


def gold() -> list[dict]:  # type: ignore[type-arg]
    with (DATA / "gold" / "split.csv").open(encoding="utf-8") as file:
        names = [row["document"] for row in csv.DictReader(file)]
    return [json.loads((DATA / "gold" / f"{name}.json").read_text("utf-8")) for name in names]


def test_every_annotated_document_is_there_as_annotated(corpus: dict[str, Document]) -> None:
    for one in gold():
        document = corpus[one["id"]]
        assert document.text == (DATA / "documents" / document.path).read_text("utf-8")
        assert (document.language, document.metadata.date) == (one["lang"], one["date"])
        assert document.metadata.sources == tuple(dict.fromkeys(one["sources"]))


def test_every_document_has_its_metadata(corpus: dict[str, Document]) -> None:
    for document in corpus.values():
        metadata = document.metadata
        assert metadata.title
        assert metadata.sources
        assert (metadata.author, metadata.licence) == ("The esskg team", "CC BY 4.0")


def test_blocks_and_sentences_leave_out_nothing(corpus: dict[str, Document]) -> None:
    for document in corpus.values():
        letters = "".join(document.text.split())
        assert "".join("".join(document.text[b.start : b.end].split()) for b in document.blocks) == letters
        spans = sentences(document)
        assert "".join("".join(document.text[s.start : s.end].split()) for s in spans) == letters


def test_no_annotated_mention_is_cut_by_a_sentence(corpus: dict[str, Document]) -> None:
    ends = {slug: {one.end for one in sentences(document)} for slug, document in corpus.items()}
    for one in gold():
        mentions = [span for entity in one["entities"] for span in entity["mentions"]]
        assert not [m for m in mentions if any(m[0] < end < m[1] for end in ends[one["id"]])], one["id"]


def test_what_is_annotated_is_hardly_ever_in_boilerplate(corpus: dict[str, Document]) -> None:
    inside = 0
    for one in gold():
        blocks = [b for b in corpus[one["id"]].blocks if b.kind is BlockKind.BOILERPLATE]
        mentions = [span for entity in one["entities"] for span in entity["mentions"]]
        inside += sum(b.start <= m[0] < b.end for m in mentions for b in blocks)
    assert inside <= 1


def test_no_document_of_the_corpus_copies_another(corpus: dict[str, Document]) -> None:
    assert copies(corpus.values()) == {}


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".docx"])
def test_each_format_has_headings_paragraphs_and_a_table(corpus: dict[str, Document], suffix: str) -> None:
    (document,) = (one for one in corpus.values() if one.path.endswith(suffix))
    kinds = [block.kind for block in document.blocks]
    assert {BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.CAPTION} <= set(kinds)
    assert BlockKind.BOILERPLATE not in kinds


def test_the_sample_is_read_with_its_front_matter() -> None:
    (sample,) = read_folder(DATA / "sample")
    assert isinstance(sample, Document)
    assert (sample.language, sample.metadata.country) == ("fr", "CA")
    assert {block.language for block in sample.blocks} == {"fr", "en"}
