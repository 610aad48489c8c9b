"""What an audit entry tells its reader."""

import pytest

from loyalty_site.backoffice import changes, names

LONG_ID = "00000000-0000-474c-b092-b0dd880c07e1"


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (None, None, []),
        (None, {"points": 5}, [("Points", "–", "5")]),
        ({"limit": 1, "name": "A"}, {"limit": 2, "name": "A"}, [("Limit", "1", "2")]),
        ({"active": True}, {"active": False}, [("Active", "yes", "no")]),
        ({"limit": None}, {"limit": 0}, [("Limit", "–", "0")]),
        ({"labels": ["a:b", "c"]}, {"labels": []}, [("Labels", "a:b, c", "–")]),
        ({}, {"active_to": "2026-07-31T21:59:59Z"}, [("Active to", "–", "31 Jul 2026, 23:59")]),
        ({}, {"name": "2026-13-31T99:99 is no time"}, [("Name", "–", "2026-13-31T99:99 is no time")]),
        ({}, {"store": {"name": "Praga", "open": True}}, [("Store", "–", "Name: Praga; Open: yes")]),
        ({}, {"level": LONG_ID}, [("Level", "–", "Gold")]),
    ],
)
def test_changes_are_told_line_by_line(before, after, lines):
    assert changes.between(before, after, {LONG_ID: "Gold"}) == lines


def test_ids_are_shortened_to_what_people_recognise():
    assert names.shortened(f"Level: {LONG_ID}, and more") == "Level: 00000000…, and more"
