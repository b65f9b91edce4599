"""Whose figures are, weighed: what there is to choose from, what is chosen, and where weights come from."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from entity_reading import DATA
from rule_examples import context

from esskg.extract.annotated import read_annotated
from esskg.extract.attribution import SLOTS, Asked, Attribution, Option, attributed_by, shipped_attribution
from esskg.extract.attribution_training import Sample, samples, train
from esskg.extract.context import read_context
from esskg.extract.figures import read_figures
from esskg.extract.learned import origin
from esskg.extract.parse import Parser
from esskg.extract.training import annotations_hash, texts_hash
from esskg.model import LocalId

TEXT = (
    "[Alpha](Network) is in [Leeds](Place).\n\n"
    "With [Elm](Network), [Oak](Network) has 40 members in [York](Place)."
)


def offered(text: str) -> dict[str, list[LocalId | None]]:
    """The options of each slot of a text's only figure."""
    found: dict[str, list[LocalId | None]] = {}

    def choose(asked: Asked, slot: str, options: Sequence[Option]) -> LocalId | None:
        found[slot] = [option.entity for option in options]
        return None

    read_figures(context(text, "en"), choose=choose)
    return found


def test_nothing_and_whom_the_last_sentences_name_may_be_meant() -> None:
    given = context(TEXT, "en")
    ids = {given.entity(LocalId(e.id)).name: e.id for e in given.entities}
    options = offered(TEXT)
    assert options["place"][0] is None
    assert set(options["place"][1:]) == {ids["Leeds"], ids["York"]}
    assert {ids["Alpha"], ids["Elm"], ids["Oak"]} < set(options["about"])


@pytest.mark.parametrize(("weights", "about"), [({"none": 9}, None), ({"share 2": 5, "before 0": 9}, "Oak")])
def test_the_option_of_the_most_weight_is_taken(weights: dict[str, int], about: str | None) -> None:
    given = context(TEXT, "en")
    with attributed_by(Attribution({"about": weights, "place": {"none": 1}})):
        (figure,) = read_figures(given)
    assert (given.entity(figure.about).name if figure.about else None) == about
    assert figure.place is None


def option(entity: str | None, *features: str) -> Option:
    return Option(LocalId(entity) if entity else None, features)


def test_what_tells_the_right_option_gains_weight() -> None:
    choices = option(None, "none"), option("e1", "near"), option("e2", "far")
    learned = [Sample(f"d{n}", slot, choices, LocalId("e1")) for n in range(9) for slot in SLOTS]
    weights = train(learned).weights["about"]
    assert weights["near"] > 0 > weights["far"]


def test_samples_are_of_annotated_figures_and_have_a_right_option() -> None:
    found = read_annotated(DATA / "gold", DATA / "documents", part="tuning")[0]
    learned = samples(found.gold, read_context(found.document, Parser()))
    assert {sample.slot for sample in learned} == set(SLOTS)
    assert all(any(o.entity == sample.right for o in sample.options) for sample in learned)


def test_the_shipped_weights_belong_to_the_shipped_annotations() -> None:
    made = origin("figures")
    documents = read_annotated(DATA / "gold", DATA / "documents")
    assert made["annotations"] == annotations_hash(DATA / "gold"), f"train again: {made['by']}"
    assert made["texts"] == texts_hash(documents), f"train again: {made['by']}"
    assert set(shipped_attribution().weights) == set(SLOTS)
