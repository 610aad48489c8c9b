"""The demo's year, at a small scale: it is the same each time, and its books tie."""

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.module_loading import import_string

from campaigns.demo import DRAFTS
from campaigns.models import Campaign, Coupon, Purchase
from campaigns.states import State, in_state
from customers import demo as documented
from customers.models import Customer, Level, Transaction
from loyalty_site.access.models import AuditEntry
from loyalty_site.database import execute
from offers.models import CustomerOffer, Offer
from points.models import Account, Transfer
from promotions.models import Enrolment, Promotion
from tests.api_fixtures import for_the_module  # noqa: F401
from tests.builders import AT
from tests.campaigns.made_up import COUPONS, DRAWN, digest, load_all, make_small

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(for_the_module):  # noqa: F811
    with for_the_module(), pytest.MonkeyPatch.context() as patch:
        make_small(patch)
        load_all()
        execute("ANALYZE", [])  # as both databases do by themselves, when such a load is over
        yield


def test_campaigns_are_in_every_state(loaded):
    lively = Campaign.objects.with_stock().exclude(pk__in=DRAFTS)
    counts = {state.value: lively.filter(in_state(state, AT)).count() for state in State}
    assert counts == {"off": 4, "scheduled": 4, "live": 13, "sold_out": 3, "ended": 6}
    assert Coupon.objects.exclude(campaign__in=DRAFTS).count() == COUPONS


def test_two_have_their_photos(loaded):
    shown = Campaign.objects.exclude(photo="")
    assert {campaign.name for campaign in shown} == DRAWN
    assert all(default_storage.exists(campaign.photo.name) for campaign in shown)


def test_the_books_tie(loaded):
    assert [finding for name in settings.LEDGER_CHECKS for finding in import_string(name)()] == []


def test_the_documents_customers_have_had_no_part_in_it(loaded):
    fixtures = [documented.JOHN, documented.JANE, documented.TOM]
    assert Account.objects.get(pk=documented.JANE).balance == 206
    assert Account.objects.get(pk=documented.JOHN).balance == 106
    assert not Purchase.objects.filter(customer__in=documented.CUSTOMERS).exists()
    assert Transaction.objects.filter(customer__in=fixtures).count() == 2
    assert not Enrolment.objects.filter(customer__in=documented.CUSTOMERS).exists()
    assert not Customer.objects.exclude(pk__in=documented.CUSTOMERS).filter(level__in=documented.LEVELS).exists()


def test_the_documents_campaigns_come_first_and_nobody_else_sees_them(loaded):
    first = list(Campaign.objects.values_list("pk", flat=True)[:3])
    assert first == list(DRAFTS)
    lively = Level.objects.exclude(pk__in=documented.LEVELS)
    assert lively.filter(from_amount__lte=999).count() == 0  # else John's next level was another than documented


def test_every_kind_of_movement_and_answer_is_there(loaded):
    kinds = set(Transfer.objects.values_list("kind", flat=True))
    assert kinds >= {"earn", "spend", "expire"}
    assert set(Offer.objects.values_list("status", flat=True)) == {"DRAFT", "ACTIVE", "PAUSED", "CANCELLED"}
    assert set(CustomerOffer.objects.values_list("state", flat=True)) == {"NONE", "ACCEPTED", "DECLINED", "COMPLETED"}
    assert set(Promotion.objects.values_list("status", flat=True)) == {"DRAFT", "ACTIVE", "PAUSED", "CANCELLED"}


def test_nothing_lies_ahead(loaded):
    for model, moment in ((Transfer, "created_at"), (Transaction, "purchased_at"), (Purchase, "purchased_at")):
        assert not model.objects.filter(**{f"{moment}__gt": AT}).exists()
    assert not AuditEntry.objects.filter(at__gt=AT).exists()


def test_loading_again_changes_nothing(loaded):
    before = digest()
    load_all()
    assert digest() == before
