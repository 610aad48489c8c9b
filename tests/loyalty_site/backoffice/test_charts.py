"""Charts: what is drawn, and the table that says the same."""

import re

import pytest

from loyalty_site.backoffice.charts import Chart, Place, Scale, Series, draw, scale_of

pytestmark = pytest.mark.once("sqlite")

PLACES = [Place("2 Mar", "2 March 2026", "/rows/?day=2"), Place("3 Mar", "3 March 2026")]


def chart(*series: Series) -> str:
    return draw(Chart("Points by day", PLACES, series, "Day"))


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ([[0, 0]], (1, 0, 1)),
        ([[3, 0]], (3, 0, 1)),
        ([[900, 40], [100, 0]], (1000, 0, 200)),
        ([[51, 0], [-1, -40]], (60, -40, 20)),
        ([[-7, -7]], (0, -8, 2)),
        ([[12_345_678, 0]], (15_000_000, 0, 5_000_000)),
        ([[]], (1, 0, 1)),
    ],
)
def test_the_scale_is_of_round_numbers_and_holds_every_bar(values, scale):
    assert scale_of([Series("x", "a", one) for one in values]) == Scale(*scale)


def test_a_scale_has_a_line_for_each_step():
    assert Scale(60, -40, 20).ticks == [60, 40, 20, 0, -20, -40]
    assert (Scale(60, -40, 20).y(60), Scale(60, -40, 20).y(0), Scale(60, -40, 20).y(-40)) == (0, 60, 100)


def test_parts_of_a_bar_stand_on_each_other_away_from_the_line():
    drawn = chart(Series("In", "a", [30, 0]), Series("Back", "b", [10, 0]), Series("Out", "c", [-40, 0]))

    bars = re.findall(r'y="([\d.]+)" width="8" height="([\d.]+)" class="backoffice-tone-(\w)"', drawn)
    assert bars == [("12.5", "37.5", "a"), ("0.0", "12.5", "b"), ("50.0", "50.0", "c")]


def test_the_table_says_what_the_drawing_shows():
    drawn = chart(Series("In", "a", [1234, 0]), Series("Out", "c", [-40, 0]))

    assert '<td data-label="In">1,234</td><td data-label="Out">-40</td>' in drawn
    assert '<th scope="row"><a href="/rows/?day=2" class="text-link">2 March 2026</a></th>' in drawn
    assert '<th scope="row">3 March 2026</th>' in drawn
    assert "<title>2 March 2026\nIn: 1,234\nOut: 40</title>" in drawn


def test_words_are_text_and_not_code():
    assert "<b>" not in chart(Series("<b>In", "a", [1, 2]))
