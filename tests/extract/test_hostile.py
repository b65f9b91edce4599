"""Hostile texts: read in proportion to their length, and every offset gives back the words of the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from entity_reading import DATA
from hypothesis import given, settings
from hypothesis import strategies as st

from doubling import growth
from esskg import reference
from esskg.config import Thresholds
from esskg.documents import read, sentences
from esskg.errors import DocumentError
from esskg.extract import Extractor
from esskg.model import Document, Extraction, Span

PIECES = {
    "acronyms": "(ABC ",
    "brackets": "[(",
    "capitals": "Ville ",
    "closed quotations": "« Les rives » ",
    "dates": "12 avril 2021 ",
    "enumeration": "Ville de Laval, ",
    "exclamations": "!",
    "heads": "coopérative ",
    "headings": "# A\n",
    "initials": "A.B.",
    "invisible": "\u200b\u200f\u202eא",
    "lines": "A\n\n",
    "list": "- La Ville de Laval\n",
    "money": "2 M$ et ",
    "no stop": "La Coopérative du Nord finance le projet de la Ville de Laval pour 2 M$ en 2021 et ",
    "numbers": "1 ",
    "open quotations": "« A ",
    "pictures": "😀",
    "posts": "Marie Tremblay, directrice générale de ",
    "rows": "a | b | c\n",
    "separators": "|",
    "spaces": "a\u00a0\u00a0\u00a0\u00a0",
    "stops": ". ",
}
LENGTH = 2_000


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(reference.load(DATA / "reference"), thresholds=Thresholds(), models=False)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_extracting_takes_time_in_proportion(tmp_path: Path, extractor: Extractor, piece: str) -> None:
    def written(length: int) -> Document:
        path = tmp_path / f"{length}.txt"
        path.write_text("Texte. " + piece * (length // len(piece)), "utf-8")
        return read(path, tmp_path)

    extractor.read(written(LENGTH // 10))
    assert growth(extractor.read, written(LENGTH), written(4 * LENGTH)) < 8


WORDS = [
    *(
        "La Ville de Laval finance la Coopérative du Nord",
        "le Réseau des rives (RDR)",
        "Marie Tremblay, présidente",
    ),
    *(
        "a adopté la loi sur l'économie sociale",
        "« L’avenir est à nous », dit-elle",
        "2,3 M$ en 2021",
        "7,5 %",
    ),
    *("The City of Leeds funds the Community Fund", "El Ayuntamiento de Sevilla apoya a la Cooperativa Sur"),
    *(
        "le 12 avril 2021",
        "plus de 3 000 emplois",
        "est membre du Réseau des rives",
        "5 m, 3 g, 2 k",
        "MOİNS DE 3 MİLLİONſ",
        ".",
        ",",
        ":",
        "\n",
        "\n\n",
        "- ",
    ),
]
ODD = (
    "\u200b\u200d\u200f\u202e\u0301\ufeff\u00ad\u00a0\u202f\u2028\u0085\r\x0bﬁİß😀👩🌾אش«»“”’‑–—·"
    + "()[]{}<>&|#*_`\\$%€"
)
texts = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from(ODD), st.text(max_size=4)), min_size=1, max_size=40
).map(" ".join) | st.lists(st.sampled_from([*WORDS, *ODD]), min_size=1, max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(text=texts, suffix=st.sampled_from([".txt", ".html", ".md"]))
def test_offsets_give_back_words_of_the_text(
    tmp_path_factory: pytest.TempPathFactory, extractor: Extractor, text: str, suffix: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    path = folder / f"odd{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        document = read(path, folder)
    except DocumentError:
        return
    assert cuts_of(document) == sorted(cuts_of(document))
    for start, end in spans_of(extractor.read(document)):
        words = document.text[start:end]
        assert 0 <= start < end <= len(document.text) and words == words.strip()


def cuts_of(document: Document) -> list[int]:
    """Where sentences begin and end; in order where they stand apart."""
    return [place for sentence in sentences(document) for place in (sentence.start, sentence.end)]


def spans_of(extraction: Extraction) -> list[Span]:
    """Every stretch of the text that an extraction points at."""
    mentions = [mention.span for entity in extraction.entities for mention in entity.mentions]
    readings = (*extraction.statements, *extraction.figures, *extraction.quotations)
    return mentions + [reading.evidence for reading in readings]


def test_a_name_is_written_as_one_of_its_mentions(tmp_path: Path, extractor: Extractor) -> None:
    path = tmp_path / "odd.txt"
    path.write_text(
        "\ufeffLa Ville\u00a0de Laval\u200f finance l’Institut d’Orléans 😀. L’Institut d’Orléans lit.",
        "utf-8",
    )
    document = read(path, tmp_path)
    for entity in extractor.read(document).entities:
        written = {document.text[mention.start : mention.end] for mention in entity.mentions}
        assert entity.name.replace("\u00a0", " ") in {words.replace("\u00a0", " ") for words in written}
