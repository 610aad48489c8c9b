"""What `make crash` finds when the database holds something else than the clients were told."""

from dataclasses import replace

import pytest

from tests.tools.crash_world import ANNA, BEN, CAMPAIGN, numbers_of, sound
from tools.crash.books import Books, compare, plain

A, B, C = plain(ANNA), plain(BEN), plain(CAMPAIGN)
SOUND = Books(
    transfers=[("e", A, 50), ("s", A, -20)],
    accounts=[(A, 20)],
    lowest=20,
    purchases=[(A, C, "A1")],
    offers=[("g", A, "ACCEPTED", 2)],
    enrolments=[],
    keys=[("e", 200), ("s", 200), ("b", 200), ("r", 400), ("g", 200), ("a", 200)],
)


def found(**changed):
    history = sound()
    return list(compare(replace(SOUND, **changed), history, numbers_of(history)))


def test_books_as_they_were_told_have_none():
    assert found() == []


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"transfers": SOUND.transfers[:1]}, "movement of points that was acknowledged is not there: ('s', "),
        ({"transfers": [*SOUND.transfers, ("e", A, 50)]}, "movement of points that nobody was told of: ('e', "),
        ({"transfers": [*SOUND.transfers, ("r", B, -5)]}, "movement of points that nobody was told of: ('r', "),
        ({"purchases": []}, "purchase that was acknowledged is not there: "),
        ({"purchases": [*SOUND.purchases, (A, C, "A2")]}, "purchase that nobody was told of: "),
        ({"offers": [("g", A, "NONE", 1)]}, "offer that was acknowledged is not there: ('g', "),
        ({"enrolments": [(A, 1, 1)]}, "enrolment that nobody was told of: "),
        ({"keys": SOUND.keys[1:]}, "key that was acknowledged is not there: ('e', 200)"),
        ({"keys": [*SOUND.keys[1:], ("e", None)]}, "key that nobody was told of: ('e', None)"),
        ({"accounts": [(A, 21)]}, f"balance of {A} is 21, not 20"),
        ({"accounts": [(A, 20), (B, -5)]}, f"balance of {B} is -5, not 0"),
        ({"lowest": -1}, "a balance was below 0"),
        ({"purchases": [(A, C, "A1"), (B, C, "A1")]}, f"coupon A1 of {C} was sold 2 times"),
    ],
)
def test_a_difference(changed, finding):
    assert [one for one in found(**changed) if one.startswith(finding)]


def test_what_is_sold_beyond_the_stock():
    history = sound()
    numbers = numbers_of(history)
    numbers.first = {**numbers.first, ("left", CAMPAIGN): 0}
    assert f"passed its bound: ('left', '{CAMPAIGN}') is -1" in list(compare(SOUND, history, numbers))
