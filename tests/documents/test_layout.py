from __future__ import annotations

import pytest

from esskg.documents.layout import parts_of


def kinds(text: str) -> list[tuple[str, str]]:
    return [(str(part.kind), text[part.start : part.end]) for part in parts_of(text)]


def test_a_press_release_is_told_apart() -> None:
    text = (
        "COMMUNIQUÉ\nPour diffusion immédiate\n\nUne coopérative ouvre\n\nLyon, le 3 mai – Elle ouvre.\n\n"
        "Ses chiffres :\n• 12 salariés;\n• 3 M€ de ventes.\n(Source : la coopérative)\n\n– 30 –\n"
    )
    assert [kind for kind, _ in kinds(text)] == [
        "heading",
        "boilerplate",
        "heading",
        "paragraph",
        "paragraph",
        "list_item",
        "list_item",
        "caption",
        "boilerplate",
    ]


@pytest.mark.parametrize(
    "line", ["Qui finance quoi ?", "1978", "3. Social lending", "« Les défis » : à vos dossiers !"]
)
def test_a_short_line_alone_is_a_heading(line: str) -> None:
    assert kinds(f"{line}\n\nUne phrase entière suit ici.")[0] == ("heading", line)


@pytest.mark.parametrize(
    "line",
    ["M. Roy préside.", "Elle est née en 1978.", "voici la suite", "Leurs noms :", "« Est-ce vrai ? »"],
)
def test_a_sentence_alone_is_a_paragraph(line: str) -> None:
    assert kinds(f"{line}\n\nUne phrase entière suit ici.")[0] == ("paragraph", line)


def test_numbered_lines_side_by_side_are_items() -> None:
    assert [kind for kind, _ in kinds("1. Créer un fonds\n2. Former les élus\n3. Mesurer")] == [
        "list_item"
    ] * 3


def test_labelled_lines_side_by_side_are_items() -> None:
    text = "Repères\nMembres : 1,5 million\nSiège : Lyon\n\nSiège : Lyon seul"
    assert [kind for kind, _ in kinds(text)] == ["heading", "list_item", "list_item", "heading"]


def test_lines_with_the_same_number_of_cells_are_a_table() -> None:
    text = "Prêts par année\nAnnée\tPrêts\tMontant\n2021\t12\t3 M$\n2022\t15\t4 M$\nVoilà tout."
    assert kinds(text)[1] == ("table", "Année\tPrêts\tMontant\n2021\t12\t3 M$\n2022\t15\t4 M$")


def test_a_hard_wrapped_paragraph_is_one_block() -> None:
    words = (
        "La coopérative de la rue des Lilas a réuni ses membres pour parler de son avenir et de ses prêts. "
        * 4
    )
    lines, line = [], ""
    for word in words.split():
        line, done = (f"{line} {word}".strip(), None) if len(line) + len(word) < 72 else (word, line)
        lines += [done] if done else []
    text = "\n".join([*lines, line]) + "\n\nUn autre paragraphe, plus court.\n"
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "paragraph"]


def test_nested_items_know_their_depth() -> None:
    assert [part.level for part in parts_of("• un\n  – un et demi\n• deux")] == [1, 2, 1]


def test_headings_above_the_first_paragraph_are_of_the_first_level() -> None:
    parts = parts_of("Le titre\n\nUn paragraphe ici.\n\nUne section\n\n3.1 Une sous-section\n\nFin.")
    assert [part.level for part in parts if part.kind == "heading"] == [1, 2, 3]
