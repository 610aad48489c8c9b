"""Regions and their time."""

import pytest

from loyalty_site.regions import is_region, zone_of


@pytest.mark.parametrize(
    ("region", "zone"),
    [("GB", "Europe/London"), ("gb", "Europe/London"), ("XX", "Europe/Warsaw"), ("", "Europe/Warsaw")],
)
def test_a_region_keeps_its_time_and_any_other_the_programmes(settings, region, zone):
    settings.REGION_ZONES = {"GB": "Europe/London"}
    assert zone_of(region).key == zone


def test_a_region_is_two_letters():
    texts = ["DE", "gb", "", "D", "DEU", "D1", "ßß", "DE\n", " DE", "Dé"]
    assert [text for text in texts if is_region(text)] == ["DE", "gb"]
