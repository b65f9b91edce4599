from __future__ import annotations

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from esskg.documents import copies
from esskg.model import Document, Metadata, Slug


def document(slug: str, text: str, date: str | None = None) -> Document:
    return Document(Slug(slug), text, (), Metadata(date=date), f"{slug}.txt", "text/plain", "0" * 64)


def prose(seed: int, words: int = 150) -> str:
    rng = random.Random(seed)
    return " ".join("".join(rng.choices("abcdefghij", k=5)) for _ in range(words))


RELEASE = prose(1)
EDITED = "Repris de notre site. " + RELEASE.replace(RELEASE[200:211], "autrement", 1) + " Partager"


def test_a_copied_release_counts_as_the_earliest() -> None:
    found = copies(
        [document("b", EDITED, "2024-05-03"), document("a", RELEASE, "2024-05-04"), document("c", prose(2))]
    )
    assert found == {"a": "b"}


def test_on_the_same_day_the_first_slug_counts_and_undated_ones_come_last() -> None:
    documents = [document("a", RELEASE), document("c", RELEASE, "2024"), document("b", RELEASE, "2024")]
    assert copies(documents) == {"a": "b", "c": "b"}


def test_texts_on_one_subject_are_no_copies() -> None:
    shared = RELEASE[:200]
    assert copies([document("a", shared + prose(3)), document("b", shared + prose(4))]) == {}


def test_a_release_inside_a_long_report_is_no_copy_of_it() -> None:
    assert copies([document("a", RELEASE), document("b", RELEASE + prose(5, 600))]) == {}


def test_short_and_empty_texts_are_compared_too() -> None:
    assert copies([document("a", "Oui."), document("b", "oui"), document("c", "Non.")]) == {"b": "a"}


NINE = [document(f"d{n}", (RELEASE, EDITED, prose(6))[n % 3], f"20{20 - n}") for n in range(9)]


@settings(max_examples=20)
@given(st.permutations(NINE))
def test_the_order_of_documents_doesn_t_matter(documents: list[Document]) -> None:
    found = copies(documents)
    assert set(found.values()) == {"d8", "d7"}
    assert len(found) == 7


def test_two_thousand_documents_with_a_common_paragraph_take_seconds() -> None:
    about = prose(7, 60)
    documents = [document(f"d{n:04}", f"{prose(100 + n, 190)} {about}") for n in range(1990)]
    documents += [document(f"x{n}", documents[n].text + " fin") for n in range(10)]
    begun = time.process_time()
    assert copies(documents) == {f"x{n}": f"d{n:04}" for n in range(10)}
    assert time.process_time() - begun < 8
