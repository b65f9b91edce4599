from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from pdf_maker import Put, pdf_bytes

from esskg.documents import read
from esskg.errors import DocumentError
from esskg.model import Document

Write = Callable[..., Path]
FILES = Path(__file__).parent / "files"


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[..., Path]:
    """Writes a PDF from pages of lines."""

    def write(*pages: list[Put], info: str = "") -> Path:
        path = tmp_path / "made.pdf"
        path.write_bytes(pdf_bytes(list(pages), info))
        return path

    return write


def body(*lines: str, top: float = 500, x: float = 50) -> list[Put]:
    return [Put(x, top - 13 * number, line) for number, line in enumerate(lines)]


def blocks(path: Path) -> list[tuple[str, str]]:
    document = read(path, path.parent)
    return [(str(block.kind), document.text[block.start : block.end]) for block in document.blocks]


def text(path: Path) -> str:
    return read(path, path.parent).text


def test_lines_are_joined_into_paragraphs_under_their_headings(pdf: Write) -> None:
    path = pdf(
        [
            Put(50, 540, "Le rapport annuel", 18, bold=True),
            *body("La coopérative prête à des associations de", "la ville depuis sa fondation."),
            Put(50, 460, "Ses prêts", 12, bold=True),
            *body("Ils vont à des écoles, à des jardins et", "à des ateliers.", top=440),
        ]
    )
    assert blocks(path) == [
        ("heading", "Le rapport annuel"),
        ("paragraph", "La coopérative prête à des associations de la ville depuis sa fondation."),
        ("heading", "Ses prêts"),
        ("paragraph", "Ils vont à des écoles, à des jardins et à des ateliers."),
    ]
    assert [block.level for block in read(path, path.parent).blocks] == [1, 0, 2, 0]


def test_a_hyphen_at_the_end_of_a_line_goes_unless_the_word_has_it(pdf: Write) -> None:
    path = pdf(
        body(
            "Le porte-parole a dit que les membres de la coopé-",
            "rative, selon le porte-",
            "parole, votent en Nouvelle-",
            "Aquitaine pour le plan 2020-",
            "2025 de la ville.",
        )
    )
    assert "coopérative" in text(path)
    assert text(path).count("porte-parole") == 2
    assert "Nouvelle-Aquitaine pour le plan 2020-2025" in text(path)


def test_running_heads_and_page_numbers_are_dropped(pdf: Write) -> None:
    pages = [
        [
            Put(50, 570, f"Rapport annuel 2021 - {number}"),
            *body(
                f"Page {'abc'[number]} : les prêts.",
                "1978",
                f"La suite {'xyz'[number]} parle de tout ce que font les membres.",
            ),
            Put(200, 20, str(number + 1)),
        ]
        for number in range(3)
    ]
    assert "Rapport annuel" not in text(pdf(*pages))
    assert [line for line in text(pdf(*pages)).split("\n") if line.isdigit()] == ["1978"] * 3


def test_a_paragraph_goes_on_over_a_page_break(pdf: Write) -> None:
    first = body("La coopérative a réuni ses membres pour leur", top=60)
    assert blocks(pdf(first, body("parler de ses prêts."))) == [
        ("paragraph", "La coopérative a réuni ses membres pour leur parler de ses prêts.")
    ]


def test_columns_are_read_one_after_the_other(pdf: Write) -> None:
    left = body("La première colonne parle", "des prêts aux écoles.")
    right = body("La seconde colonne parle", "des membres et des votes.", x=230)
    assert [words for _, words in blocks(pdf(left + right))] == [
        "La première colonne parle des prêts aux écoles.",
        "La seconde colonne parle des membres et des votes.",
    ]


def test_cells_on_wide_gaps_are_a_table_with_wrapped_cells_whole(pdf: Write) -> None:
    rows = [
        *body("Le fonds sert à bâtir des logements que", "les familles peuvent payer.", top=553),
        Put(50, 500, "Bailleur"), Put(250, 500, "Somme"),
        Put(50, 480, "Fondation Lucie et"), Put(250, 480, "31 M$"), Put(50, 467, "André Chagnon"),
        Put(50, 447, "Ville de Lyon"), Put(250, 447, "12 M$"),
    ]  # fmt: skip
    assert blocks(pdf(rows))[1] == (
        "table",
        "Bailleur | Somme\nFondation Lucie et André Chagnon | 31 M$\nVille de Lyon | 12 M$",
    )


def test_a_narrow_gap_between_digits_is_a_space(pdf: Write) -> None:
    path = pdf(body("Il y a 11) -90 (200 entreprises ici, et rien de plus."))
    assert "11\u202f200 entreprises" in text(path)


@pytest.mark.parametrize(
    ("info", "title"),
    [
        ("/Title (Le grand rapport)", "Le grand rapport"),
        ("/Title (Microsoft Word - a.docx)", "made"),
        ("", "made"),
    ],
)
def test_only_a_title_that_a_person_gave_is_taken(pdf: Write, info: str, title: str) -> None:
    metadata = read_metadata(
        pdf(body("Un texte tout simple, sans titre."), info=f"{info} /CreationDate (D:2021)")
    )
    assert (metadata.metadata.title, metadata.metadata.date) == (title, None)


def read_metadata(path: Path) -> Document:
    return read(path, path.parent)


def test_an_encrypted_pdf_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        read(FILES / "encrypted.pdf", FILES)
    assert (caught.value.reason, caught.value.remedy) == (
        "the PDF is encrypted",
        "Save it without its password.",
    )


def test_a_scanned_pdf_is_refused(tmp_path: Path) -> None:
    made = pypdfium2.PdfDocument.new()
    image = pypdfium2.PdfImage.new(made)
    image.set_bitmap(pypdfium2.PdfBitmap.new_native(20, 20, pypdfium2.raw.FPDFBitmap_BGR))
    page = made.new_page(200, 200)
    page.insert_obj(image)
    page.gen_content()
    made.save(tmp_path / "scan.pdf")
    with pytest.raises(DocumentError, match=r"scanned.*ocrmypdf"):
        read(tmp_path / "scan.pdf", tmp_path)


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\nnothing more")
    with pytest.raises(DocumentError, match="damaged"):
        read(tmp_path / "a.pdf", tmp_path)


def test_a_pdf_without_pages_of_text_is_refused(pdf: Write) -> None:
    with pytest.raises(DocumentError, match="without text"):
        read(pdf([]), pdf([]).parent)
