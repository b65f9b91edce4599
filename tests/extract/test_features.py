"""What is told of an entity: by its letters, and by those that stand beside it in a list."""

from __future__ import annotations

from entity_reading import context, reader

from esskg.extract.features import EntityFeatures
from esskg.extract.linear import Features


def told(text: str, name: str) -> Features:
    draft = reader().draft(context(text))
    (cluster,) = (found for found in draft.clusters if found.name == name)
    return EntityFeatures(draft.clusters, draft.sentences).of(cluster)


def test_members_of_a_list_tell_of_one_another() -> None:
    listed = told("Ont signé : la Caisse populaire Vimont, Tarvolis et Ostrane.", "Tarvolis")
    assert {"sibling=FinancialInstitution", "sibling~bank"} <= listed.keys()


def test_names_that_a_verb_parts_are_no_list() -> None:
    apart = told("La Caisse populaire Vimont soutient Tarvolis.", "Tarvolis")
    assert not any(name.startswith("sibling") for name in apart)


def test_beginnings_and_endings_of_words_tell_what_a_name_is_like() -> None:
    assert {"begins=bio", "ends=coop"} <= told("Hier, le réseau a salué Biorancoop.", "Biorancoop").keys()
