"""Who may not see codes that were bought learns of none: by no page, list, search, filter or file."""

import pytest

from campaigns.models import Purchase
from points import services
from tests.backoffice import desk, rows
from tests.builders import AT, buy, campaign, customer, note

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

PURCHASES, LEDGER, TRAIL = "/admin/campaigns/purchase/", "/admin/points/transfer/", "/admin/access/auditentry/"
READS = ["campaigns.view_purchase", "customers.view_customer", "points.view_transfer", "access.view_auditentry"]
CODES = "campaigns.view_sold_codes"


@pytest.fixture
def bought() -> Purchase:
    buyer = customer(100, email="anna@example.com")
    buy(campaign(["SECRET-1"], name="Tea"), buyer)
    return Purchase.objects.get()


def test_a_code_finds_its_purchase_for_those_who_may_see_codes(bought):
    reader, seer = desk(*READS), desk(*READS, CODES, username="seer")

    assert reader.get(f"{PURCHASES}?q=SECRET-1").context["cl"].result_count == 0
    assert reader.get(f"{PURCHASES}?q=anna@example.com").context["cl"].result_count == 1
    assert seer.get(f"{PURCHASES}?q=SECRET-1").context["cl"].result_count == 1


def test_the_audit_trail_finds_a_purchase_by_its_code_for_those_only(bought):
    reader, seer = desk(*READS), desk(*READS, CODES, username="seer")
    asked = f"{TRAIL}?object_type=purchase&object=SECRET-1"

    assert rows(reader.get(asked)) == []
    assert len(rows(seer.get(asked))) == 1


def test_what_was_paid_names_the_coupon_to_those_only(bought):
    reader, seer = desk(*READS), desk(*READS, CODES, username="seer")
    pages = [LEDGER, f"{LEDGER}{bought.transfer_id}/change/"]

    assert [reader.get(page).text.count("SECRET-1") for page in pages] == [0, 0]
    assert [seer.get(page).text.count("Tea, coupon: SECRET-1") for page in pages] == [1, 1]


def test_other_comments_are_read_by_all(bought):
    services.spend(bought.customer_id, 3, at=AT, note=note(comment="by hand"))

    assert desk(*READS).get(LEDGER).text.count("by hand") == 1


@pytest.mark.parametrize(("rights", "status"), [([], 400), ([CODES], 200)])
def test_a_code_is_not_guessed_letter_by_letter(bought, rights, status):
    assert desk(*READS, *rights).get(f"{LEDGER}?comment__contains=SEC").status_code == status


def test_no_code_is_in_the_ledger_that_leaves_the_house(bought):
    file = desk(*READS, CODES, "points.export_transfers").get(f"{LEDGER}export/").getvalue().decode()

    assert "SECRET-1" not in file
    assert ",spend,-10,90,reward,," in file
