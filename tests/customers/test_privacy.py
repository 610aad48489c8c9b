"""All that is held on a customer: handed out, and erased while the books keep their sums."""

import json

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from campaigns import verify as campaigns_verify
from campaigns.models import Coupon, Purchase
from campaigns.services import refund
from customers import verify as customers_verify
from customers.errors import CustomerNotFound
from customers.models import Customer
from customers.privacy.emptying import EMPTY, KEPT
from customers.privacy.erasing import erase, foretold
from customers.privacy.handing_out import begin, sections
from loyalty_site.access.errors import LogInOfStaff
from loyalty_site.access.models import AuditEntry, IdempotencyKey, RefreshToken, User
from loyalty_site.cold.models import ColdCall
from loyalty_site.jobs.models import JobFile
from loyalty_site.outbox.models import Delivery
from offers.batch_models import GiftBatch
from offers.models import CustomerOffer, MemberSession
from points import verify as points_verify
from points.adjustments.models import Adjustment
from points.models import Account, Transfer
from points.services import earn as add
from points.services import reverse
from tests.books import refused
from tests.builders import AT, SHOP, STAFF, balance, buy, campaign, customer, later, note, spend
from tests.customers.lives import CARD, EMAIL, FIRST, MARKS, lively, tables_naming
from tests.jobs import work_off, written
from tests.points.staff import adjust, approve, person, take_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "life")]
# What points at customers and tells nothing of one: a place among all, in the order of registration.
IMPERSONAL = {"customers.Place"}


@pytest.fixture(scope="module")
def life(for_the_module):
    """Hers, lived once; each test undoes what it does to it."""
    with for_the_module(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: AT)
        connection.atomic_blocks[-1]._from_testcase = True  # as a test's own: durable blocks may begin in it
        lively()


@pytest.fixture
def who(life):
    return Customer.objects.get(email=EMAIL)


def gone(who, **facts) -> Customer:
    return erase(who.pk, actor=STAFF, at=AT, reason="Asked for by letter", **facts)


def give_back_by_hand(who):
    reverse(Transfer.objects.get(account=who.pk, kind="spend", channel="admin").pk, at=AT, note=note())


def take_back_the_erasure(who):
    take_back(Transfer.objects.get(account=who.pk, reference="erased"), person())


def refund_the_reward(who):
    refund(Purchase.objects.get(customer=who).pk, **SHOP)


class TestHandingOut:
    def test_the_file_tells_of_every_part_of_a_life(self, who):
        told = json.loads(written(JobFile.objects.get().job, f"customer-{who.pk}.json"))
        assert list(told) == [section.name for section in sections()]
        empty = {name for name, rows in told.items() if not rows}
        assert empty == {"points by partner and day"}
        person = told["customer"][0]
        assert (person["first_name"], person["email"], person["card_number"]) == (FIRST, EMAIL, CARD)
        assert (person["birth_date"], person["level_name"]) == ("1987-06-05T00:00:00+02:00", "bronze")
        assert [row["points"] for row in told["movements of points"]].count(700) == 1
        assert told["purchases"][0]["code"] == "A"

    def test_it_holds_no_secret_and_nobody_else(self, who):
        text = written(JobFile.objects.get().job, f"customer-{who.pk}.json")
        assert "pbkdf2" not in text
        assert "argon2" not in text
        for name in ("Maria Staff", "bob"):
            assert name not in text

    def test_it_names_nobody_of_the_staff_who_adjusted_points(self):
        who = customer(points=5)
        approve(adjust(who, 500, person("walter")), person("wilma"))
        job = begin(who, **SHOP)
        work_off()
        text = written(job, f"customer-{who.pk}.json")
        assert '"points": 500' in text
        assert not [name for name in ("walter", "wilma") if name in text]

    def test_of_somebody_who_was_erased_before_its_turn_nothing_is_written(self):
        who = customer(points=5)
        job = begin(who, **SHOP)
        gone(who)
        work_off()
        job.refresh_from_db()
        assert (job.state, job.problem) == ("failed", "This customer does not exist any more.")
        assert not job.files.exists()

    def test_of_somebody_else_it_tells_nothing(self):
        other = customer(points=5, first_name="Bob")
        job = begin(other, **SHOP)
        work_off()
        text = written(job, f"customer-{other.pk}.json")
        assert '"first_name": "Bob"' in text
        assert not [mark for mark in MARKS if mark in text]

    def test_every_table_that_points_at_customers_is_told_of(self):
        pointing = {
            model._meta.label
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if field.related_model is Customer or field.name == "customer_id"
        }
        assert pointing - {section.model for section in sections()} == IMPERSONAL


class TestErasing:
    def test_nothing_in_the_database_tells_of_the_person_any_more(self, who):
        before = tables_naming(MARKS)
        assert set(before) >= {
            "access_idempotencykey",
            "access_user",
            "bulk_bulkchange",
            "cold_coldcall",
            "customers_customer",
            "jobs_filepart",
            "jobs_job",
            "offers_customeroffer",
            "offers_giftbatch",
            "offers_membersession",
            "outbox_delivery",
            "outbox_event",
        }
        assert set().union(*before.values()) == set(MARKS)
        gone(who)
        assert tables_naming(MARKS) == {}

    def test_the_books_keep_their_sums(self, who):
        movements, coupons = Transfer.objects.count(), Coupon.objects.count()
        assert balance(who) > 0
        gone(who)
        account, last = Account.objects.get(pk=who.pk), Transfer.objects.latest("sequence")
        assert (account.balance, account.earned - account.spent - account.expired) == (0, 0)
        assert (last.kind, last.points, last.reference, last.actor_label) == ("deduct", -690, "erased", STAFF.label)
        assert Transfer.objects.count() == movements + 1
        assert (Purchase.objects.get().customer_id, Coupon.objects.count()) == (who.pk, coupons)
        assert [*points_verify.findings(), *customers_verify.findings(), *campaigns_verify.findings()] == []

    def test_the_shell_is_erased_and_out_of_every_crowd(self, who):
        level, segment = who.level, who.memberships.get().segment
        gone(who)
        who.refresh_from_db()
        assert who.status == "erased"
        assert {name: getattr(who, name) for name in EMPTY} == EMPTY
        assert not who.memberships.exists()
        groups = [model.objects.with_customer_counts().get(pk=one.pk) for model, one in _groups(level, segment)]
        assert [group.customers_count for group in groups] == [0, 0]

    def test_the_log_in_is_closed_and_empty(self, who):
        gone(who)
        account = User.objects.get(pk=who.pk)
        assert (account.username, account.email, account.is_active) == (f"erased:{who.pk}", None, False)
        assert not account.has_usable_password()
        assert not RefreshToken.objects.filter(user=account).exists()

    def test_what_waits_is_not_done_any_more(self, who):
        gone(who)
        assert not ColdCall.objects.exists()
        assert not MemberSession.objects.exists()
        assert Delivery.objects.get(subscription=None).state == "skipped"
        assert Adjustment.objects.get().state == "lapsed"
        assert GiftBatch.objects.get().preview["unknown_samples"] == ["nobody"]
        assert (CustomerOffer.objects.get().reference, JobFile.objects.count()) == ("", 0)

    def test_a_request_that_is_repeated_does_nothing(self, who):
        gone(who)
        key = IdempotencyKey.objects.get(key="registered-once")
        assert (key.status, key.body) == (200, "null")
        assert Customer.objects.count() == 1

    def test_it_is_on_record_without_the_person(self, who):
        gone(who)
        entry = AuditEntry.objects.latest("id")
        assert (entry.action, entry.after) == ("customer status changed", {"status": "erased"})
        assert (entry.actor_label, entry.reason) == (STAFF.label, "Asked for by letter")
        assert entry.object_label == str(who.number)

    def test_nobody_is_erased_twice_or_earns_afterwards(self):
        who = customer(points=5)
        gone(who)
        with refused(CustomerNotFound, id=who.pk):
            gone(who)
        with refused(CustomerNotFound, id=who.pk):
            add(who.pk, 5, at=later(), note=note())

    @pytest.mark.parametrize("give_back", [give_back_by_hand, take_back_the_erasure, refund_the_reward])
    def test_nothing_comes_back_to_somebody_who_was_erased(self, give_back):
        who = customer(points=50)
        spend(who, 5)
        buy(campaign(), who)
        gone(who)
        with refused(CustomerNotFound, id=who.pk), transaction.atomic():
            give_back(who)
        assert (balance(who), Purchase.objects.get(customer=who).refunded_at) == (0, None)

    def test_everybody_else_stays(self):
        other = customer(points=5, first_name="Bob", email="bob@example.com")
        before = Customer.objects.values().get(pk=other.pk)
        gone(Customer.objects.get(email=EMAIL))
        assert Customer.objects.values().get(pk=other.pk) == before
        assert balance(other) == 5

    def test_identities_are_free_for_somebody_new(self):
        gone(customer(email="bob@example.com", phone="+48500500500"))
        assert customer(email="bob@example.com", phone="+48500500500").status == "active"

    def test_somebody_who_works_here_is_not_shut_out_of_the_back_office(self):
        who = customer(points=5)
        User.objects.create_user("maria", is_staff=True, pk=who.pk)
        with refused(LogInOfStaff):
            gone(who)
        assert User.objects.get(pk=who.pk).username == "maria"

    def test_what_will_happen_is_told_in_sentences(self, who):
        sentences = foretold(who.pk, at=AT)
        assert "690 points are taken; the ledger says so." in sentences
        assert "1 coupon was not used. It stays sold, and nobody gets it back." in sentences
        assert "1 adjustment that waits for approval is closed." in sentences
        assert Customer.objects.get(pk=who.pk).status != "erased"


def test_each_field_of_a_customer_is_emptied_or_kept_on_purpose():
    fields = {field.name for field in Customer._meta.concrete_fields}
    assert fields == EMPTY.keys() | KEPT
    assert not EMPTY.keys() & KEPT


def _groups(level, segment):
    return [(type(level), level), (type(segment), segment)]
