"""Adding, withdrawing and replacing codes: sold ones stay, whatever is sent.

Rule: Open Loyalty, "Reward Campaigns API", "Update a campaign": the whole data is sent.
"""

import pytest

from campaigns import stock
from campaigns.errors import NoCodes
from campaigns.models import Campaign, Coupon
from campaigns.services import add_codes, replace
from campaigns.stock import pool
from tests.books import refused
from tests.builders import AT, SHOP, buy, campaign, customer, draft
from tests.campaigns.pools import asked, drained, left, shown

pytestmark = pytest.mark.django_db
FREE = {"unlimited": True, "cost_in_points": 0}


def put(reward: Campaign, codes: list[str], **settings) -> None:
    replace(reward.pk, draft(codes, **(FREE | settings)), **SHOP)


def withdrawn(reward: Campaign) -> set[str]:
    return set(reward.coupons.exclude(voided_at=None).values_list("code", flat=True))


def test_codes_left_out_are_withdrawn_and_new_ones_appended():
    reward = campaign(["A", "B", "C"], **FREE)

    put(reward, ["A", "C", "D"])

    assert (shown(reward), withdrawn(reward)) == (["A", "C", "D"], {"B"})
    assert reward.coupons.get(code="B").voided_at == AT
    assert left(reward) == 3
    assert drained(reward, customer()) == ["A", "C", "D"]


def test_a_sold_code_stays_when_it_is_left_out():
    reward = campaign(["A", "B"], **FREE)
    buy(reward, customer())

    put(reward, ["C"])

    assert (shown(reward), withdrawn(reward)) == (["A", "C"], {"B"})
    assert drained(reward, customer()) == ["C"]


def test_a_sold_code_that_is_sent_again_is_not_sold_again():
    reward = campaign(["A", "B"], **FREE)
    buy(reward, customer())

    put(reward, ["A", "B"])

    assert shown(reward) == ["A", "B"]
    assert drained(reward, customer()) == ["B"]


def test_codes_are_given_in_the_order_that_was_sent_last():
    reward = campaign(["A", "B", "C", "D"], **FREE)

    put(reward, ["D", "A", "C", "B"])

    assert shown(reward) == ["D", "A", "C", "B"]
    assert drained(reward, customer()) == ["D", "A", "C", "B"]


def test_sending_the_codes_as_they_stand_moves_none():
    reward = campaign(["A", "B", "C"], **FREE)
    before = list(reward.coupons.values())

    put(reward, ["A", "B", "C"])

    assert list(reward.coupons.values()) == before


def test_later_copies_of_a_code_and_blank_codes_are_dropped():
    reward = campaign([" A ", "", "B", "A", "  "], **FREE)
    assert shown(reward) == ["A", "B"]

    put(reward, ["B", "B", " ", "A", "B "])

    assert shown(reward) == ["B", "A"]
    assert left(reward) == 2


@pytest.mark.parametrize("codes", [[], [""], [" ", "\t"]])
def test_a_campaign_without_codes_is_refused(codes):
    reward = campaign(["A"], **FREE)

    with refused(NoCodes):
        put(reward, codes)
    with refused(NoCodes):
        campaign(codes)


def test_a_withdrawn_code_that_is_sent_again_comes_back_where_it_stands_now():
    reward = campaign(["A", "B"], **FREE)
    put(reward, ["B"])

    put(reward, ["B", "A"])

    assert (shown(reward), withdrawn(reward)) == (["B", "A"], set())
    assert Coupon.objects.count() == 2
    assert drained(reward, customer()) == ["B", "A"]


def test_replacing_is_about_one_campaign_alone():
    reward, other = campaign(["A", "B"], **FREE), campaign(["A", "B"], **FREE)

    put(reward, ["B", "C"])

    assert (shown(other), left(other)) == (["A", "B"], 2)


class TestCappedList:
    """Lists show the first codes of a campaign only."""

    @pytest.fixture(autouse=True)
    def three_are_shown(self, monkeypatch):
        monkeypatch.setattr(pool, "SHOWN", 3)

    def test_codes_beyond_those_shown_are_kept(self):
        reward = campaign(["A", "B", "C", "D", "E"], **FREE)

        put(reward, ["A", "C", "X"])

        assert (shown(reward), withdrawn(reward)) == (["A", "C", "D", "E", "X"], {"B"})

    def test_a_request_that_names_one_of_them_replaces_them_all(self):
        reward = campaign(["A", "B", "C", "D", "E"], **FREE)

        put(reward, ["A", "D"])

        assert (shown(reward), withdrawn(reward)) == (["A", "D"], {"B", "C", "E"})

    def test_sold_codes_count_among_those_shown(self):
        reward = campaign(["A", "B", "C", "D"], **FREE)
        buy(reward, customer())

        put(reward, ["A", "B"])

        assert (shown(reward), withdrawn(reward)) == (["A", "B", "D"], {"C"})

    def test_withdrawn_codes_do_not(self):
        reward = campaign(["A", "B", "C", "D", "E"], **FREE)
        stock.void(reward, reward.coupons.filter(code="A"), at=AT)

        put(reward, ["B", "C"])

        assert (shown(reward), withdrawn(reward)) == (["B", "C", "E"], {"A", "D"})

    @pytest.mark.parametrize("codes", ["A", "AB", "ABC"])
    def test_those_withdrawn_since_the_sender_looked_were_shown(self, codes):
        """What was not shown then has moved up among the first three, and is no less unseen for it."""
        reward = campaign(["A", "B", "C", "D", "E"], **FREE)
        stock.void(reward, reward.coupons.filter(code__in=codes), at=AT)

        put(reward, ["A", "B", "C"])

        assert (sorted(shown(reward)), withdrawn(reward)) == (["A", "B", "C", "D", "E"], set())

    def test_as_many_as_are_shown_are_all_there_are(self):
        reward = campaign(["A", "B", "C"], **FREE)

        put(reward, ["X"])

        assert (shown(reward), withdrawn(reward)) == (["X"], {"A", "B", "C"})


def test_added_codes_stand_behind_the_others():
    reward = campaign(["A", "B"], **FREE)

    assert add_codes(reward.pk, ["D", "A", "C", "D", ""], **SHOP) == 2

    assert shown(reward) == ["A", "B", "D", "C"]
    assert drained(reward, customer()) == ["A", "B", "D", "C"]


def test_an_added_code_that_was_withdrawn_comes_back():
    reward = campaign(["A", "B"], **FREE)
    put(reward, ["A"])

    assert add_codes(reward.pk, ["B"], **SHOP) == 1

    assert (shown(reward), withdrawn(reward), left(reward)) == (["A", "B"], set(), 2)


def test_an_added_code_that_was_sold_stays_sold():
    reward = campaign(["A", "B"], **FREE)
    buy(reward, customer())

    assert add_codes(reward.pk, ["A"], **SHOP) == 0

    assert drained(reward, customer()) == ["B"]


def test_codes_can_be_added_to_a_campaign_that_is_sold_out():
    reward, who = campaign(["A"], **FREE), customer()
    assert drained(reward, who) == ["A"]

    add_codes(reward.pk, ["B"], **SHOP)

    assert drained(reward, who) == ["B"]


def test_withdrawing_takes_free_codes_and_leaves_sold_ones():
    reward = campaign(["A", "B", "C"], **FREE)
    buy(reward, customer())

    assert stock.void(reward, reward.coupons.filter(code__in=["A", "B"]), at=AT) == 1

    assert (shown(reward), withdrawn(reward), left(reward)) == (["A", "C"], {"B"}, 1)


def test_withdrawing_twice_counts_once():
    reward = campaign(["A", "B"], **FREE)
    coupons = reward.coupons.filter(code="A")

    assert [stock.void(reward, coupons, at=AT), stock.void(reward, coupons, at=AT)] == [1, 0]


def test_coupons_of_another_campaign_are_not_withdrawn():
    reward, other = campaign(["A"], **FREE), campaign(["A", "B"], **FREE)

    assert stock.void(reward, other.coupons.all(), at=AT) == 0

    assert (shown(other), left(other)) == (["A", "B"], 2)


def test_withdrawing_all_makes_the_campaign_sold_out():
    reward = campaign(["A", "B"], **FREE)

    stock.void(reward, reward.coupons.all(), at=AT)

    assert (asked(reward).left, drained(reward, customer())) == (0, [])
