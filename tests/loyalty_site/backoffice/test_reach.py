"""Links are shown to those who may follow them; everybody else reads the text alone."""

import pytest

from tests.backoffice import desk
from tests.builders import buy, campaign, customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

PURCHASES = "/admin/campaigns/purchase/"
SEE = "campaigns.view_purchase"


@pytest.fixture
def purchase():
    who = customer(100, first_name="Anna")
    buy(campaign(["SUMMER-1"]), who)
    return who.purchases.get()


def test_another_record_is_named_without_a_link_to_it(purchase):
    text = desk(SEE).get(f"{PURCHASES}{purchase.pk}/change/").content.decode()
    assert "Anna" in text
    assert "/admin/customers/customer/" not in text


def test_and_with_one_for_those_who_may_open_it(purchase):
    text = desk(SEE, "customers.view_customer").get(f"{PURCHASES}{purchase.pk}/change/").content.decode()
    assert f'href="/admin/customers/customer/{purchase.customer_id}/change/"' in text


def test_a_column_of_a_list_links_likewise(purchase):
    path, linked = "/admin/points/transfer/", "/admin/customers/customer/"
    assert linked not in desk("points.view_transfer").get(path).content.decode()
    may = desk("points.view_transfer", "customers.view_customer", username="ann")
    assert linked in may.get(path).content.decode()


def test_codes_that_were_bought_are_a_right_of_their_own(purchase):
    pages = [PURCHASES, f"{PURCHASES}{purchase.pk}/change/"]
    unseeing, seeing = desk(SEE), desk(SEE, "campaigns.view_sold_codes", username="ann")

    assert ["SUMMER-1" in unseeing.get(page).content.decode() for page in pages] == [False, False]
    assert ["SUMMER-1" in seeing.get(page).content.decode() for page in pages] == [True, True]


def test_what_somebody_may_not_look_up_is_neither_a_filter_nor_a_choice(purchase):
    filters = desk(SEE, "campaigns.view_campaign").get(PURCHASES).context["cl"].list_filter
    assert [one[0] for one in filters if isinstance(one, tuple)][:2] == ["campaign", "used"]

    changes = ["customers.view_customer", "customers.change_customer"]
    path = f"/admin/customers/customer/{purchase.customer_id}/change/"
    blind, seeing = desk(*changes, username="ann"), desk(*changes, "access.view_store", username="eve")
    assert ["store" in client.get(path).context["adminform"].form.fields for client in (blind, seeing)] == [False, True]
