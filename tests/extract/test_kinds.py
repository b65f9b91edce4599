"""Words that tell of a kind, whatever their ending and language."""

from __future__ import annotations

import pytest

from esskg.extract.kinds import _LONGEST, _tables, kinds_of


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("coopérative coopératives cooperativas co-operative coop", "cooperative"),
        ("fédération federation federaciones réseau networks", "umbrella"),
        ("directrice directeurs director presidenta chairwoman", "post"),
        ("loi laws decreto ordonnances", "law"),
        ("université universidades university chercheuse", "research"),
    ],
)
def test_words_of_a_kind_tell_of_it_in_every_form(words: str, kind: str) -> None:
    assert all(kind in kinds_of(word) for word in words.split())


@pytest.mark.parametrize("word", ["le", "the", "una", "et", "bancal", "actuel", ""])
def test_other_words_tell_of_none(word: str) -> None:
    assert kinds_of(word) == ()


def test_no_beginning_is_longer_than_those_looked_up() -> None:
    assert max(map(len, _tables()[1])) <= _LONGEST
