from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from esskg.documents import same_length
from esskg.documents.characters import canonical


def test_typography_becomes_plain_in_place() -> None:
    assert same_length("l’ESS : « 11\u202f200 » – participant‧e‧s") == 'l\'ESS : " 11 200 " - participant·e·s'


def test_line_ends_stay() -> None:
    assert same_length("un\ndeux") == "un\ndeux"


def test_accents_and_symbols_stay() -> None:
    assert same_length("Élève à 47,8 % de 3 M€") == "Élève à 47,8 % de 3 M€"


@given(st.text())
def test_the_length_is_kept(text: str) -> None:
    assert len(same_length(text)) == len(text)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert same_length(same_length(text)) == same_length(text)
    assert canonical(canonical(text)) == canonical(text)


def test_the_canonical_form_is_composed_with_plain_line_ends() -> None:
    assert canonical("e\u0301le\u0300ve\r\n1\r2\f3") == "élève\n1\n2\n3"
