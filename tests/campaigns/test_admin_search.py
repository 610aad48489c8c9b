"""One search box for whatever somebody reads out; here, since campaigns stand above all that it finds."""

import re

import pytest
from django.urls import reverse

from campaigns.models import Coupon, Purchase
from customers.models import Transaction
from offers.models import Offer
from points.models import Transfer
from promotions.models import Program, Promotion
from tests.api_fixtures import for_the_module  # noqa: F401
from tests.backoffice import chief, desk, queries
from tests.builders import AT, buy, campaign, customer

pytestmark = pytest.mark.django_db

SUPPORT = ("customers.view_customer", "campaigns.view_purchase", "campaigns.view_sold_codes", "points.view_transfer")


@pytest.fixture(scope="module")
def world(for_the_module):  # noqa: F811
    """Anna, who bought the first of three codes, and what else can be found."""
    with for_the_module():
        anna = customer(
            100,
            first_name="Anna",
            last_name="Nowak",
            email="anna@example.com",
            phone="+48500100200",
            card_number="C-77001",
            external_id="crm-9",
        )
        customer(first_name="Anne", last_name="Smith", email="anne@example.com")
        reward = campaign(["COFFEE-AAA1", "COFFEE-AAA2", "COFFEE-BBB1"], name="Free coffee")
        buy(reward, anna)
        sale = {"document_number": "FV/2026/11", "customer": anna, "gross_value": 10}
        Transaction.objects.create(purchased_at=AT, created_at=AT, **sale)
        Offer.objects.create(code="spring_1", name="Spring tea", created_at=AT, updated_at=AT)
        program = Program.objects.create(name="House")
        promotion = {"program": program, "name": "Double points", "starts_at": AT}
        Promotion.objects.create(created_at=AT, updated_at=AT, **promotion)
        return {"anna": anna, "reward": reward, "purchase": Purchase.objects.get(), "boss": chief()}


def search(client, text):
    return client.get(reverse("find"), {"q": text})


def page(row, leaf="change"):
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{leaf}", args=[row.pk])


def addresses(answer):
    """Of all hits, in order; none of a page that another one was opened instead of."""
    part = answer.text.partition("backoffice-panel")[2]
    return re.findall(r'<a href="([^"]+)">\s*<span class="font-semibold text-link"', part)


def test_what_names_one_customer_opens_the_page_at_once(world):
    anna = world["anna"]
    named = ["ANNA@example.com", "+48500100200", "C-77001", "crm-9", str(anna.number), str(anna.pk), "nowak anna"]
    assert {search(world["boss"], text).url for text in named} == {page(anna)}


def test_several_customers_are_listed_with_what_tells_them_apart(world):
    answer = search(world["boss"], "ann")
    assert page(world["anna"]) in addresses(answer)
    assert len(addresses(answer)) == 2
    assert "anne@example.com" in answer.text


def test_a_sold_code_leads_to_its_purchase_and_its_buyer(world):
    assert addresses(search(world["boss"], "coffee-aaa1")) == [page(world["purchase"]), page(world["anna"])]


def test_a_free_code_leads_to_the_coupon(world):
    assert search(world["boss"], "COFFEE-BBB1").url == page(Coupon.objects.get(code="COFFEE-BBB1"))


def test_the_beginning_of_a_code_lists_coupons(world):
    found = addresses(search(world["boss"], "COFFEE-AAA"))
    assert found == [page(coupon) for coupon in Coupon.objects.filter(code__startswith="COFFEE-AAA").order_by("pk")]


def test_what_can_be_read_out_of_a_movement_or_a_sale_is_found(world):
    spent = Transfer.objects.get(kind="spend")
    assert {search(world["boss"], text).url for text in (spent.short_id.lower(), str(spent.pk))} == {page(spent)}
    assert search(world["boss"], "FV/2026/11").url == page(Transaction.objects.get())


@pytest.mark.parametrize(("text", "model"), [("COFFEE", "reward"), ("tea", Offer), ("double", Promotion)])
def test_campaigns_offers_and_promotions_are_found_by_parts_of_their_names(world, text, model):
    row = world["reward"] if model == "reward" else model.objects.get()
    assert page(row) in (
        search(world["boss"], text).headers.get("Location", ""),
        *addresses(search(world["boss"], text)),
    )


def test_an_id_finds_whatever_has_it(world):
    assert search(world["boss"], str(world["purchase"].pk)).url == page(world["purchase"])
    assert search(world["boss"], str(world["reward"].pk)).url == page(world["reward"])


def test_nothing_found_tells_what_can_be_typed(world):
    text = search(world["boss"], "<nobody>").text
    assert "Nothing was found for “&lt;nobody&gt;”" in text
    assert "A coupon code, or how it begins" in text


def test_without_a_text_nothing_is_looked_for(world):
    assert "Search for anything that somebody can read out to you" in search(world["boss"], " ").text


def test_nobody_finds_what_he_may_not_see(world):
    support = desk(*SUPPORT, username="support")
    assert search(support, "COFFEE-BBB1").status_code == 200  # a code that is not sold
    assert "COFFEE-AAA2" not in search(support, "COFFEE-AAA").text
    assert addresses(search(support, "COFFEE-AAA1")) == [page(world["purchase"]), page(world["anna"])]
    assert "Nothing was found" in search(support, "FV/2026/11").text
    assert "The document number of a sale" not in search(support, "FV/2026/11").text


def test_a_code_without_the_right_to_see_customers_tells_of_no_buyer(world):
    books = desk("campaigns.view_purchase", "campaigns.view_sold_codes", username="books")
    assert search(books, "COFFEE-AAA1").url == page(world["purchase"])


def test_only_staff_search(client, world):
    assert "login" in search(client, "anna@example.com").url


def test_a_long_list_is_cut_and_leads_to_all(world):
    for n in range(10):
        customer(first_name="Zed", last_name=f"Z{n}", email=f"zed{n}@example.com")
    answer = search(world["boss"], "zed")
    assert len(addresses(answer)) == 8
    assert f'href="{reverse("admin:customers_customer_changelist")}?q=zed"' in answer.text


def test_more_rows_take_no_more_statements(world):
    few = queries(world["boss"], f"{reverse('find')}?q=ann")
    for n in range(6):
        customer(first_name=f"Ann{n}", email=f"ann{n}@example.com")
    assert queries(world["boss"], f"{reverse('find')}?q=ann") == few


def test_the_box_stands_on_top_of_every_page(world):
    start = world["boss"].get(reverse("admin:index")).text
    assert f'action="{reverse("find")}" role="search"' in start
    assert "search-input-command" not in start  # the theme's own
