from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esskg.documents import read, sentences
from esskg.documents.layout import parts_of
from esskg.documents.sentences import split

WHOLE = [
    ("fr", "M. Cimon et Mme Zakaïb ont rencontré le Dr. Roy."),
    ("fr", "La SSQ, société d'assurance inc. et Desjardins signent."),
    ("fr", "Voir p. ex. l'art. 5 de la loi, cf. Le Devoir, p. 12."),
    ("fr", "Le fonds J. Armand Bombardier appuie J.-M. de Boni."),
    ("fr", "Le budget est de 3.5 M$ pour la 1re édition."),
    ("fr", "« Une première ! », lance-t-elle."),
    ("fr", "« On y croit… vraiment… » dit-il"),
    ("fr", "Elle cite « les gens […] Tous ensemble » sans suite"),
    ("fr", "1. L'organisateur est connu."),
    ("en", "The U.N. General Assembly met on Oct. 3 in St. Paul."),
    ("en", "Acme Inc. Montréal joined Dr. Philip J. Smith et al. in No. 10."),
    ("en", "Was it useful? asked the chair."),
    ("en", "Sales reached $1.8 billion... or so"),
    ("es", "El Sr. Pérez y la Dña. Ana visitan EE. UU. por la pág. 3."),
    ("es", "La cooperativa Clade S.Coop. Barcelona prestó 1.033.200 € en 2022."),
]

SEVERAL = [
    ("fr", ["Il est venu.", "Elle part."]),
    ("fr", ["« C'est dit. »", "La suite viendra."]),
    ("fr", ["Est-ce clair ?", "« Oui ! »", "Tant mieux…", "On continue."]),
    ("fr", ["Elle dirige Acme inc.", "Le groupe grandit."]),
    ("fr", ["Ce fut en 2023.", "15 pays y étaient."]),
    ("fr", ["Il y a des coops, des mutuelles, etc.", "Desjardins en est."]),
    ("fr", ["C'est fait[1].", "(Source : ISQ.)"]),
    ("en", ["He leads Acme Inc.", "The group grows."]),
    ("en", ["It was adopted by the U.N.", "In 2024 it came back."]),
    ("en", ["“It works,” she said.", "“Really?”", "“Yes.”"]),
    ("en", ["Nothing changed.", "iCOOP grew."]),
    ("en", ["Is it allowed?", "No.", "The law forbids it."]),
    ("es", ["¿Quién puede?", "¡Todos!", "Así es."]),
    ("es", ["Nació en EE. UU.", "La red creció."]),
]


@pytest.mark.parametrize(("language", "text"), WHOLE)
def test_one_sentence_stays_whole(language: str, text: str) -> None:
    assert [text[a:b] for a, b in split(text, language)] == [text]


@pytest.mark.parametrize(("language", "texts"), SEVERAL)
def test_sentences_are_told_apart(language: str, texts: list[str]) -> None:
    joined = " ".join(texts)
    assert [joined[a:b] for a, b in split(joined, language)] == texts


def test_sentences_keep_their_block_and_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le titre\n\nUn fait. Un autre.\n\n• un point", "utf-8")
    document = read(tmp_path / "a.txt", tmp_path)
    found = [(document.text[one.start : one.end], str(one.block.kind)) for one in sentences(document)]
    assert found == [
        ("Le titre", "heading"),
        ("Un fait.", "paragraph"),
        ("Un autre.", "paragraph"),
        ("• un point", "list_item"),
    ]


def test_each_row_of_a_table_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Année\tPrêts\n2021\t1. 5\n2022\t2", "utf-8")
    assert len(sentences(read(tmp_path / "a.txt", tmp_path))) == 3


TEXTS = st.text(st.sampled_from("aÉM 1.,!?…»«“”()[]\n-•:;"), max_size=120)


@given(TEXTS)
def test_spans_are_ordered_disjoint_and_leave_out_only_space(text: str) -> None:
    covered, last = "", 0
    for start, end in split(text):
        assert last <= start < end
        assert text[start:end] == text[start:end].strip()
        covered, last = covered + text[start:end], end
    assert "".join(covered.split()) == "".join(text.split())


@given(TEXTS)
def test_parts_are_ordered_disjoint_and_leave_out_only_space(text: str) -> None:
    covered, last = "", 0
    for part in parts_of(text):
        assert last <= part.start < part.end
        covered, last = covered + text[part.start : part.end], part.end
    assert "".join(covered.split()) == "".join(text.split())
