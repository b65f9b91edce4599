from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from esskg.documents import read
from esskg.errors import DocumentError
from esskg.model import Document


def word(folder: Path, fill: Callable[[Word], None]) -> Document:
    made = docx.Document()
    fill(made)
    made.save(str(folder / "a.docx"))
    return read(folder / "a.docx", folder)


def found(document: Document) -> list[tuple[str, int, str]]:
    return [(str(b.kind), b.level, document.text[b.start : b.end]) for b in document.blocks]


def report(made: Word) -> None:
    made.add_heading("Le rapport", 0)
    made.add_heading("Les prêts", 1)
    made.add_paragraph("La coopérative prête.")
    made.add_paragraph("une école", style="List Bullet")
    made.add_paragraph("rue Haute", style="List Bullet 2")
    grid = made.add_table(2, 3)
    for number, cell in enumerate(cell for row in grid.rows for cell in row.cells):
        cell.text = f"c{number}"
    grid.cell(1, 0).merge(grid.cell(1, 1))
    made.add_paragraph("Prêts par année", style="Caption")
    made.add_paragraph("Fin.")


def test_paragraphs_lists_and_tables_are_read_in_their_order(tmp_path: Path) -> None:
    assert found(word(tmp_path, report)) == [
        ("heading", 1, "Le rapport"),
        ("heading", 1, "Les prêts"),
        ("paragraph", 0, "La coopérative prête."),
        ("list_item", 1, "une école"),
        ("list_item", 2, "rue Haute"),
        ("table", 0, "c0 | c1 | c2\nc3 c4 | c5"),
        ("caption", 0, "Prêts par année"),
        ("paragraph", 0, "Fin."),
    ]


def test_title_and_author_are_taken_but_not_the_file_s_date(tmp_path: Path) -> None:
    def fill(made: Word) -> None:
        report(made)
        made.core_properties.title, made.core_properties.author = "Le grand rapport", "Ana Ruiz"

    metadata = word(tmp_path, fill).metadata
    assert (metadata.title, metadata.author, metadata.date) == ("Le grand rapport", "Ana Ruiz", None)


BOXES = f"""<w:p {nsdecls("w")}>
  <w:del><w:r><w:delText>effacé</w:delText></w:r></w:del><w:ins><w:r><w:t>ajouté</w:t></w:r></w:ins>
  <w:r><w:tab/><w:t>et suite</w:t></w:r>
  <w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Encadré</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>
</w:p>"""
CONTROL = f"""<w:sdt {nsdecls("w")}>
  <w:sdtContent><w:p><w:r><w:t>Dans un contrôle</w:t></w:r></w:p></w:sdtContent>
</w:sdt>"""


def test_insertions_boxes_and_controls_are_read_and_deletions_are_not(tmp_path: Path) -> None:
    def fill(made: Word) -> None:
        made.element.body.insert(0, parse_xml(BOXES))
        made.element.body.insert(1, parse_xml(CONTROL))

    texts = [text for _, _, text in found(word(tmp_path, fill))]
    assert texts == ["ajouté et suite", "Encadré", "Dans un contrôle"]


def test_a_table_of_one_cell_is_only_a_frame(tmp_path: Path) -> None:
    def fill(made: Word) -> None:
        made.add_table(1, 1).cell(0, 0).text = "Un encadré."

    assert found(word(tmp_path, fill)) == [("paragraph", 0, "Un encadré.")]


def packed(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "password or is an older .doc"),
        (b"PK\x03\x04 cut short", "damaged"),
        (packed("other.xml", b"<a/>"), "damaged"),
    ],
    ids=["locked", "cut", "no Word"],
)
def test_what_is_no_word_document_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        read(tmp_path / "a.docx", tmp_path)
    assert reason in caught.value.reason


def test_what_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("esskg.documents.docx.MAX_UNPACKED", 1_000_000)
    (tmp_path / "a.docx").write_bytes(packed("word/document.xml", b"\0" * 2_000_000))
    with pytest.raises(DocumentError, match="unpacks to 2 MB"):
        read(tmp_path / "a.docx", tmp_path)
