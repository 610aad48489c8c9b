"""Which campaigns start or end within two weeks."""

from datetime import timedelta

import pytest

from campaigns.coming import ending, starting
from campaigns.models import Campaign
from tests.builders import AT, campaign, later

pytestmark = pytest.mark.django_db

# window of buying, window of being seen, in days from now → whether it starts and whether it ends within two weeks
WINDOWS = [
    ((1, 40), None, True, False),
    ((14, 40), None, True, False),
    ((15, 40), None, False, False),
    ((1, 40), (20, 40), False, False),
    ((1, 40), (3, 10), True, True),
    ((-5, 14), None, False, True),
    ((-5, 15), None, False, False),
    ((-5, -1), None, False, False),
    ((-5, -1), (3, 20), False, False),
    (None, (-5, 2), False, True),
    (None, None, False, False),
]


def window(name: str, days) -> dict:
    if days is None:
        return {f"all_time_{name}": True}
    first, last = days
    shown = {"active": "active", "visible": "visible"}[name]
    return {f"all_time_{name}": False, f"{shown}_from": later(first), f"{shown}_to": later(last)}


@pytest.mark.parametrize(("active", "visible", "starts", "ends"), WINDOWS)
def test_starting_and_ending(active, visible, starts, ends):
    campaign(**window("active", active), **window("visible", visible))
    found = Campaign.objects.filter(starting(AT)), Campaign.objects.filter(ending(AT))

    assert tuple(rows.exists() for rows in found) == (starts, ends)


def test_what_is_off_neither_starts_nor_ends():
    campaign(active=False, **window("active", (1, 2)), all_time_visible=True)

    assert not Campaign.objects.filter(starting(AT) | ending(AT)).exists()
    assert Campaign.objects.filter(active_from=AT + timedelta(days=1)).exists()
