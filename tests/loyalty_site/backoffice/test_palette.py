"""Whatever colour a company has, what is written in it can be read."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_site.backoffice.palette import contrast, palette

WHITE, BLACK = "#ffffff", "#101828"  # behind the theme's pages
ENOUGH = 4.5
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_buttons_and_links_can_be_read_in_any_colour(colour):
    shades = palette(colour)
    assert min(contrast(shades[name], WHITE) for name in ("600", "700", "800", "900", "950")) >= ENOUGH
    assert min(contrast(shades[name], BLACK) for name in ("50", "100", "200", "300", "400", "500")) >= ENOUGH


@given(COLOURS)
def test_shades_go_from_light_to_dark(colour):
    on_black = [contrast(shade, BLACK) for shade in palette(colour).values()]
    assert all(lighter >= darker - 0.35 for lighter, darker in pairwise(on_black))


@pytest.mark.parametrize("colour", ["#9810fa", "#0055aa", "#000000"])
def test_a_colour_that_can_be_read_stays_as_it_is(colour):
    assert palette(colour)["600"] == colour


def test_a_light_colour_is_darkened_in_its_hue():
    assert palette("#ffcc00")["600"] == "#8b6e02"


def test_contrast_is_counted_as_the_guidelines_do():
    assert contrast(WHITE, "#000000") == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)
