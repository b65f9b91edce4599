from __future__ import annotations

from pathlib import Path

from esskg.documents import read
from esskg.model import Document

PAGE = """# Le *titre* de la [page](https://a.b)

Une phrase sur la **Caisse
d'économie** solidaire &amp; ses prêts.<br> ![photo](a.png)

## Les `prêts`

- un point
  - un sous-point
- deux

1. premier

| Année | Prêts |
| ----- | ----- |
| 2021  | *12*  |

> Une citation.

<div>du HTML</div>

Siège : Lyon\\
Membres : 300
"""


def markdown(folder: Path, text: str) -> Document:
    (folder / "a.md").write_text(text, "utf-8")
    return read(folder / "a.md", folder)


def test_blocks_are_what_a_reader_sees(tmp_path: Path) -> None:
    document = markdown(tmp_path, PAGE)
    found = [(str(b.kind), b.level, document.text[b.start : b.end]) for b in document.blocks]
    assert found == [
        ("heading", 1, "Le titre de la page"),
        ("paragraph", 0, "Une phrase sur la Caisse d'économie solidaire & ses prêts."),
        ("heading", 2, "Les prêts"),
        ("list_item", 1, "un point"),
        ("list_item", 2, "un sous-point"),
        ("list_item", 1, "deux"),
        ("list_item", 1, "premier"),
        ("table", 0, "Année | Prêts\n2021 | 12"),
        ("paragraph", 0, "Une citation."),
        ("list_item", 1, "Siège : Lyon"),
        ("list_item", 1, "Membres : 300"),
    ]


def test_the_first_of_the_highest_headings_is_the_title(tmp_path: Path) -> None:
    assert markdown(tmp_path, "## Rubrique\n\nTexte.\n\n# Titre\n\nTexte.").metadata.title == "Titre"


def test_without_a_heading_the_file_names_the_document(tmp_path: Path) -> None:
    assert markdown(tmp_path, "Un texte tout simple.").metadata.title == "a"
