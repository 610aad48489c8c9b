"""A movement is corrected by another one that points at it; the old row stays as it was."""

from uuid import UUID

import pytest

from loyalty_site.access.models import AuditEntry
from points import services
from points.errors import NotCorrectable, NothingLeft, TransferNotFound
from points.models import Account, Transfer
from tests.books import refused
from tests.builders import STAFF, balance, buckets, customer, earn, later, note, spend

pytestmark = pytest.mark.django_db


def cancel(transfer: Transfer, days: int = 0) -> Transfer:
    return services.cancel(transfer.pk, at=later(days), note=note(comment="by mistake"))


def reverse(transfer: Transfer, days: int = 0) -> Transfer:
    return services.reverse(transfer.pk, at=later(days), note=note(comment="sorry"))


def totals(who) -> tuple[int, int, int, int]:
    account = Account.objects.get(pk=who.pk)
    return account.balance, account.earned, account.spent, account.expired


class TestCancel:
    def test_an_untouched_addition_is_taken_back_whole(self):
        who = customer(points=5, valid=3)
        mistake = earn(who, 100, valid=7)

        movement = cancel(mistake)

        assert (movement.kind, movement.points, movement.balance_after, movement.sequence) == ("cancel", -100, 5, 3)
        assert (movement.corrects, movement.comment) == (mistake, "by mistake")
        assert movement.buckets == [{"expires_on": "2026-03-09", "points": -100}]
        assert buckets(who) == {3: 5}
        assert totals(who) == (5, 5, 0, 0)

    def test_the_old_row_stays(self):
        mistake = earn(customer(), 100)
        before = Transfer.objects.values().get(pk=mistake.pk)
        cancel(mistake)
        assert Transfer.objects.values().get(pk=mistake.pk) == before

    def test_it_is_told_in_the_audit_trail(self):
        mistake = earn(customer(), 100)
        movement = cancel(mistake)
        entry = AuditEntry.objects.get(action="points addition cancelled")
        assert (entry.actor, entry.object_id, entry.reason) == (STAFF.key, str(movement.pk), "by mistake")
        assert entry.after == {"points": -100, "balance": 0}

    def test_of_a_partly_spent_one_the_rest_is_taken_back(self):
        who = customer()
        mistake = earn(who, 100)
        spend(who, 30)

        assert cancel(mistake).points == -70
        assert totals(who) == (0, 30, 30, 0)

    def test_of_one_bucket_the_older_points_went_first(self):
        who = customer()
        older, newer = earn(who, 100), earn(who, 50)
        spend(who, 120)

        with refused(NothingLeft, id=older.pk):
            cancel(older)
        assert cancel(newer).points == -30
        assert balance(who) == 0

    def test_an_older_one_may_be_cancelled_after_a_newer_one(self):
        who = customer()
        older, newer = earn(who, 100), earn(who, 50)
        spend(who, 70)

        assert cancel(newer).points == -50
        assert cancel(older).points == -30

    def test_other_buckets_are_not_touched(self):
        who = customer(points=40, valid=9)
        mistake = earn(who, 100, valid=2)
        spend(who, 90)

        cancel(mistake)

        assert buckets(who) == {9: 40}

    def test_spent_points_are_not_taken_back(self):
        who = customer()
        mistake = earn(who, 100)
        spend(who, 100)
        with refused(NothingLeft, id=mistake.pk):
            cancel(mistake)

    def test_expired_points_are_not_taken_back(self):
        mistake = earn(customer(), 100, valid=1)
        with refused(NothingLeft, id=mistake.pk):
            cancel(mistake, days=2)

    def test_points_that_were_given_back_can_be_taken_back(self):
        who = customer()
        mistake = earn(who, 100)
        reverse(spend(who, 100))
        assert cancel(mistake).points == -100

    def test_twice_is_refused(self):
        who = customer(points=500)
        mistake = earn(who, 100)
        cancel(mistake)
        with refused(NotCorrectable, kind="earn", corrected=True):
            cancel(mistake)

    @pytest.mark.parametrize("points", [10, 30])
    def test_a_spending_is_refused(self, points):
        spending = spend(customer(points=30), points)
        with refused(NotCorrectable, kind="spend", corrected=False):
            cancel(spending)

    def test_due_points_expire_first(self):
        who = customer(points=5, valid=1)
        mistake = earn(who, 100, valid=9)

        assert cancel(mistake, days=2).balance_after == 0

        kinds = Transfer.objects.order_by("sequence").values_list("kind", "points")
        assert list(kinds) == [("earn", 5), ("earn", 100), ("expire", -5), ("cancel", -100)]

    @pytest.mark.parametrize("status", ["blocked", "erased"])
    def test_whatever_the_customers_status(self, status):
        who = customer()
        mistake = earn(who, 100)
        type(who).objects.update(status=status)
        assert cancel(mistake).points == -100


class TestReverse:
    def test_the_points_go_back_to_their_buckets(self):
        who = customer(points=10, valid=2)
        earn(who, 30, valid=9)
        spending = spend(who, 25)

        movement = reverse(spending)

        assert (movement.kind, movement.points, movement.balance_after, movement.sequence) == ("reverse", 25, 40, 4)
        assert (movement.corrects, movement.comment) == (spending, "sorry")
        assert movement.buckets == [
            {"expires_on": "2026-03-04", "points": 10},
            {"expires_on": "2026-03-11", "points": 15},
        ]
        assert buckets(who) == {2: 10, 9: 30}
        assert totals(who) == (40, 40, 0, 0)

    def test_it_is_told_in_the_audit_trail(self):
        movement = reverse(spend(customer(points=10), 4))
        entry = AuditEntry.objects.get(action="points given back")
        assert (entry.object_id, entry.after, entry.reason) == (str(movement.pk), {"points": 4, "balance": 10}, "sorry")

    def test_a_deduction_too(self):
        who = customer(points=10)
        deduction = services.deduct(who.pk, 4, at=later(), note=note())
        assert reverse(deduction).points == 4
        assert totals(who) == (10, 10, 0, 0)

    def test_points_whose_day_has_passed_are_valid_as_new_ones_are(self, settings):
        settings.POINTS_VALID_DAYS = 7  # the same day as one of the buckets
        who = customer(points=10, valid=1)
        earn(who, 20, valid=2)
        earn(who, 30, valid=9)
        spending = spend(who, 40)

        movement = reverse(spending, days=2)

        assert movement.buckets == [
            {"expires_on": "2026-03-04", "points": 20},
            {"expires_on": "2026-03-11", "points": 20},
        ]
        assert buckets(who) == {2: 20, 9: 40}

    def test_an_expiry_in_between_is_no_loss(self, settings):
        settings.POINTS_VALID_DAYS = 30
        who = customer(points=10, valid=1)
        spending = spend(who, 4)
        services.expire(at=later(2))

        reverse(spending, days=2)

        assert buckets(who) == {32: 4}
        assert totals(who) == (4, 10, 0, 6)

    def test_twice_is_refused(self):
        spending = spend(customer(points=10), 4)
        reverse(spending)
        with refused(NotCorrectable, kind="spend", corrected=True):
            reverse(spending)

    def test_an_addition_is_refused(self):
        addition = earn(customer(), 10)
        with refused(NotCorrectable, kind="earn", corrected=False):
            reverse(addition)

    def test_an_expiry_is_refused(self):
        customer(points=10, valid=1)
        services.expire(at=later(2))
        expiry = Transfer.objects.get(kind="expire")
        with refused(NotCorrectable, kind="expire", corrected=False):
            reverse(expiry, days=2)

    @pytest.mark.parametrize("correct", [cancel, reverse])
    def test_a_correction_is_no_more_to_be_corrected(self, correct):
        who = customer()
        addition = earn(who, 10)
        spending = spend(who, 4)
        for correction in (reverse(spending), cancel(addition)):
            with refused(NotCorrectable, kind=correction.kind, corrected=False):
                correct(correction)


@pytest.mark.parametrize("correct", [services.cancel, services.reverse])
def test_an_unknown_transfer_is_refused(correct):
    with refused(TransferNotFound, id=UUID(int=1)):
        correct(UUID(int=1), at=later(), note=note())
