"""The look of kinds and relations: what the table promises about colours, and that none is forgotten."""

from __future__ import annotations

from itertools import combinations

import pytest

from esskg.model import EntityType, RelationType
from esskg.network import encodings
from esskg.network.encodings import WHITE, kinds, line, lines, radius


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("type_", EntityType)
def test_every_type_has_a_kind_of_its_own(type_: EntityType) -> None:
    assert encodings.kind(type_).types == (type_,)


def test_kinds_differ_by_letter_and_by_colour_or_shape() -> None:
    assert len({kind.code for kind in kinds()}) == len(kinds())
    for one, other in combinations(kinds(), 2):
        assert (one.fill, one.shape) != (other.fill, other.shape), (one.code, other.code)
    filled = [kind.fill for kind in kinds() if kind.fill != WHITE]
    assert len(filled) == len(set(filled)) == 7


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_outlines_stand_out_on_white_and_names_are_in_both_languages(kind: encodings.Kind) -> None:
    assert contrast(kind.border, WHITE) >= 3
    assert kind.name["fr"]
    assert kind.name["en"]


@pytest.mark.parametrize("each", lines(), ids=lambda each: each.colour)
def test_lines_stand_out_on_light_and_dark_pages(each: encodings.Line) -> None:
    assert contrast(each.colour, WHITE) >= 3
    assert contrast(each.on_dark, "#16181C") >= 3


def test_lines_are_for_relations_that_exist() -> None:
    named = {name for each in lines() for name in each.names}
    assert named <= set(RelationType)
    assert not line("partnersWith").arrow
    assert line("finances").arrow
    assert line("somethingElse") == lines()[-1]


@pytest.mark.parametrize(
    ("amount", "pixels"),
    [(None, 1.5), (0, 1.5), (50, 1.0), (10_000, 2.0), (1_000_000, 4.0), (1e12, 6.0)],
)
def test_money_is_drawn_by_its_order_of_magnitude(amount: float | None, pixels: float) -> None:
    assert line("finances").pixels(amount) == pixels
    assert line("memberOf").pixels(amount) == 1.0


def test_size_goes_with_the_root_of_the_degree() -> None:
    assert (radius(0, 9), radius(9, 9), radius(0, 0)) == (4.0, 18.0, 4.0)
    assert radius(4, 16) - 4 == pytest.approx((radius(16, 16) - 4) / 2)
