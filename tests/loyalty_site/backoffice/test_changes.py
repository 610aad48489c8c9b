"""What an audit entry tells its reader."""

import pytest
from django.contrib import admin

from loyalty_site.backoffice import changes, names, words
from loyalty_site.backoffice.words import Words

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
        (None, {"labels": [], "text": "", "limit": None, "active": False}, [("Active", "–", "no")]),
        ({"labels": []}, {"labels": ["a:b", "c"]}, [("Labels", "–", "a:b, c")]),
        ({"labels": ["a", "b"]}, {"labels": ["b", "c"]}, [("Labels", "removed: a", "added: c")]),
        ({"labels": ["a", "b"]}, {"labels": ["a"]}, [("Labels", "removed: b", "–")]),
        ({"labels": ["a", "b"]}, {"labels": ["b", "a"]}, [("Labels", "a, b", "b, a")]),
        ({}, {"active_to": "2026-07-31T21:59:59Z"}, [("Active to", "–", "31 Jul 2026, 23:59")]),
        ({}, {"name": "2026-13-31T99:99 is no time"}, [("Name", "–", "2026-13-31T99:99 is no time")]),
        ({}, {"store": {"name": "Praga", "open": True}}, [("Store", "–", "Name: Praga; Open: yes")]),
        ({}, {"level": LONG_ID}, [("Level", "–", "Gold")]),
    ],
)
def test_changes_are_told_line_by_line(before, after, lines):
    assert changes.between(before, after, Words(ids={LONG_ID: "Gold"})) == lines


def test_changes_are_told_as_the_admin_calls_things():
    known = words.of_kind(admin.site, "campaign")
    before = {"active_from": None, "reward": "discount_code", "limit_per_customer": 1, "gone": 1}
    after = {
        "active_from": "2026-07-31T21:59:59Z",
        "reward": "gift_code",
        "limit_per_customer": 2,
        "gone": 2,
    }

    assert changes.between(before, after, known) == [
        ("Can be bought from", "–", "31 Jul 2026, 23:59"),
        ("Kind of reward", "discount code", "gift"),
        ("Limit per customer", "1", "2"),
        ("Gone", "1", "2"),
    ]


def test_a_kind_that_nobody_knows_is_told_in_plain_words():
    assert words.of_kind(admin.site, "unheardof", {LONG_ID: "Gold"}) == Words(ids={LONG_ID: "Gold"})


def test_ids_are_shortened_to_what_people_recognise():
    assert names.shortened(f"Level: {LONG_ID}, and more") == "Level: 00000000…, and more"
