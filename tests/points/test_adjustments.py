"""Points moved by hand: within a ceiling at once, above it when a second person agrees."""

from datetime import timedelta

import pytest

from loyalty_site.access.actors import Actor
from loyalty_site.access.models import AuditEntry
from points.adjustments import ceilings, deciding
from points.adjustments.errors import (
    AboveApproval,
    AlreadyDecided,
    AskedBefore,
    LeftChanged,
    NotTheAsker,
    OwnAccount,
    SecondPersonNeeded,
)
from points.adjustments.models import Adjustment, StaffDay
from points.errors import NotCorrectable, NotEnoughPoints, NothingLeft
from points.models import Transfer
from points.services import spend as pay
from tests.backoffice import somebody
from tests.books import refused
from tests.builders import AT, TODAY, balance, buckets, buy, campaign, customer, earn, later, note, spend
from tests.points.staff import adjust, approve, bounded, person, take_back
from tests.walls import refused_by_the_database

pytestmark = pytest.mark.django_db
FORTNIGHT = timedelta(days=14)


def shown(adjustment: Adjustment) -> tuple:
    adjustment.refresh_from_db()
    decided = adjustment.decided_by and adjustment.decided_by.username
    return adjustment.state, decided, adjustment.transfer and adjustment.transfer.points


def counted() -> list[tuple]:
    return sorted(StaffDay.objects.values_list("user__username", "day", "points"))


class TestWithinTheCeiling:
    def test_points_move_at_once(self):
        who, maria = customer(50), person()
        added, taken = adjust(who, 100, maria), adjust(who, -30, maria)
        assert [shown(added), shown(taken)] == [("done", None, 100), ("done", None, -30)]
        assert (balance(who), counted()) == (120, [("maria", TODAY, 130)])

    def test_the_ledger_says_why_and_who(self):
        moved = adjust(customer(), 5, person()).transfer
        assert (moved.channel, moved.comment, moved.reference) == ("admin", "Sorry for the wait", "Goodwill")
        assert moved.actor_label == "maria"

    def test_more_than_there_is_cannot_be_taken(self):
        who, maria = customer(10), person()
        with refused(NotEnoughPoints, balance=10, needed=11):
            adjust(who, -11, maria)
        assert counted() == []


class TestAboveTheCeiling:
    def test_nothing_moves_until_somebody_agrees(self):
        who = customer(50)
        asked = adjust(who, 101, person())
        assert shown(asked) == ("waiting", None, None)
        assert (balance(who), Transfer.objects.count(), counted()) == (50, 1, [])
        assert AuditEntry.objects.latest("id").action == "points adjustment asked for"

    def test_splitting_does_not_get_around_it(self):
        who, maria = customer(), person(each=100, day=250)
        states = [adjust(who, 100, maria).state for _ in range(3)]
        assert states == ["done", "done", "waiting"]
        assert (adjust(who, 50, maria).state, balance(who), counted()) == ("done", 250, [("maria", TODAY, 250)])

    def test_what_is_taken_gives_no_room_back(self):
        who, maria = customer(), person(each=100, day=200)
        for points in (100, -100):
            adjust(who, points, maria)
        assert (adjust(who, 1, maria).state, balance(who)) == ("waiting", 0)

    def test_the_next_day_of_the_programme_is_empty_again(self):
        who, maria = customer(), person(each=100, day=100)
        adjust(who, 100, maria, at=AT.replace(hour=22, minute=59))
        assert adjust(who, 100, maria, at=AT.replace(hour=23)).state == "done"  # midnight in Warsaw

    def test_nobody_without_a_ceiling_moves_anything_alone(self):
        bob = somebody(username="bob")
        asked = adjust(customer(), 1, Actor("user", str(bob.pk), "bob"))
        assert asked.state == "waiting"

    def test_a_superuser_has_the_settings_ceiling(self, settings):
        settings.SUPERUSER_ADJUSTMENT_POINTS = 40
        who, chief = customer(), somebody(username="chief", is_superuser=True)
        by = Actor("user", str(chief.pk), "chief")
        assert [adjust(who, points, by).state for points in (40, 41)] == ["done", "waiting"]

    def test_more_than_there_is_is_not_even_asked_for(self):
        who, maria = customer(150), person()
        with refused(NotEnoughPoints, balance=150, needed=151):
            adjust(who, -151, maria)
        assert not Adjustment.objects.exists()


def test_of_several_groups_the_highest_figures_count():
    user = bounded(somebody(), each=10, day=500, approval=7)
    first = ceilings.of(Actor("user", str(user.pk), "maria"))
    user.username = "the other"
    bounded(user, each=20, day=100, approval=None)
    both = ceilings.of(Actor("user", str(user.pk), "maria"))
    assert (first, both) == (ceilings.Ceiling(10, 500, 7), ceilings.Ceiling(20, 500, None))


def test_nobody_adjusts_the_own_account():
    user = bounded(somebody())
    who = customer(pk=user.pk)
    with refused(OwnAccount):
        adjust(who, 1, Actor("user", str(user.pk), "maria"))


class TestApproval:
    def test_moves_the_points_and_names_both(self):
        who, maria, chief = customer(50), person(), person("chief")
        asked = adjust(who, 500, maria)
        approve(asked, chief, at=later(1))
        assert shown(asked) == ("approved", "chief", 500)
        moved = asked.transfer
        assert (balance(who), moved.comment, moved.actor_label) == (550, "Sorry for the wait", "chief")
        assert moved.reference == "Goodwill"
        assert counted() == []

    def test_is_on_record_with_the_word(self):
        asked = adjust(customer(), 500, person())
        approve(asked, person("chief"))
        entry = AuditEntry.objects.latest("id")
        assert (entry.actor_label, entry.action, entry.reason) == ("chief", "points adjustment approved", "Fine")
        assert (entry.before, entry.after) == ({"state": "waiting"}, {"state": "approved"})

    def test_is_nothing_for_whoever_asked(self):
        maria = person()
        asked = adjust(customer(), 500, maria)
        with refused(SecondPersonNeeded):
            approve(asked, maria)
        with refused(SecondPersonNeeded):
            deciding.refuse(asked.pk, actor=maria, at=AT, word="No")
        assert shown(asked) == ("waiting", None, None)

    def test_has_a_ceiling_too(self):
        asked, chief = adjust(customer(), 500, person()), person("chief", approval=499)
        with refused(AboveApproval, ceiling=499, points=500):
            approve(asked, chief)
        approve(asked, person("boss", approval=500))
        assert shown(asked) == ("approved", "boss", 500)

    def test_happens_once(self):
        who, asked, chief = (who := customer()), adjust(who, 500, person()), person("chief")
        approve(asked, chief)
        with refused(AlreadyDecided, state="approved"):
            approve(asked, chief)
        assert balance(who) == 500

    def test_stays_possible_when_the_points_are_spent_meanwhile(self):
        who, maria, chief = customer(500), person(), person("chief")
        asked = adjust(who, -500, maria)
        spend(who, 1)
        with refused(NotEnoughPoints, balance=499, needed=500):
            approve(asked, chief)
        assert shown(asked) == ("waiting", None, None)
        earn(who, 1)
        approve(asked, chief)
        assert (shown(asked), balance(who)) == (("approved", "chief", -500), 0)

    def test_is_nothing_for_the_customer_in_person(self):
        chief = bounded(somebody(username="chief"))
        asked = adjust(customer(pk=chief.pk), 500, person())
        with refused(OwnAccount):
            approve(asked, Actor("user", str(chief.pk), "chief"))


def test_a_refused_request_moves_nothing():
    who, asked, chief = (who := customer(50)), adjust(who, 500, person()), person("chief")
    deciding.refuse(asked.pk, actor=chief, at=AT, word="Too much")
    assert (shown(asked), asked.word, balance(who)) == (("refused", "chief", None), "Too much", 50)
    with refused(AlreadyDecided, state="refused"):
        approve(asked, chief)


def test_only_whoever_asked_withdraws_a_request():
    maria, chief = person(), person("chief")
    asked = adjust(customer(), 500, maria)
    with refused(NotTheAsker):
        deciding.withdraw(asked.pk, actor=chief, at=AT)
    deciding.withdraw(asked.pk, actor=maria, at=AT, word="My mistake")
    assert shown(asked) == ("withdrawn", "maria", None)
    with refused(AlreadyDecided, state="withdrawn"):
        approve(asked, chief)


def test_a_request_lapses_after_its_days():
    maria, chief = person(), person("chief")
    old, young = adjust(customer(), 500, maria), adjust(customer(), 500, maria, at=later(seconds=1))
    with refused(AlreadyDecided, state="lapsed"):
        approve(old, chief, at=AT + FORTNIGHT)
    assert deciding.lapse(at=AT + FORTNIGHT) == 1
    assert [shown(old), shown(young)] == [("lapsed", None, None), ("waiting", None, None)]
    assert AuditEntry.objects.latest("id").action == "points adjustment lapsed"


def test_days_gone_by_are_forgotten():
    who, maria = customer(), person()
    for at in (later(-1), AT):
        adjust(who, 10, maria, at=at)
    assert ceilings.purge(before=TODAY) == 1
    assert counted() == [("maria", TODAY, 10)]


class TestTakingBack:
    def test_an_addition_goes_as_far_as_it_is_left(self):
        who = customer()
        addition = earn(who, 80)
        spend(who, 30)
        done = take_back(addition, person())
        assert (shown(done), done.transfer.corrects_id, balance(who)) == (("done", None, -50), addition.pk, 0)
        assert counted() == [("maria", TODAY, 50)]

    def test_a_deduction_comes_back_to_its_buckets(self):
        who, maria = customer(100), person()
        taken = adjust(who, -40, maria).transfer
        done = take_back(taken, maria)
        assert (shown(done), buckets(who), counted()) == (("done", None, 40), {10: 100}, [("maria", TODAY, 80)])

    def test_more_than_the_ceiling_waits_and_is_linked_when_approved(self):
        who = customer()
        addition = earn(who, 500)
        asked = take_back(addition, person())
        assert (shown(asked), balance(who)) == (("waiting", None, None), 500)
        approve(asked, person("chief"))
        assert (shown(asked), asked.transfer.corrects_id, balance(who)) == (
            ("approved", "chief", -500),
            addition.pk,
            0,
        )

    @pytest.mark.parametrize("change", [-1, 1])
    def test_what_was_asked_is_moved_or_nothing(self, change):
        who = customer()
        addition, spending = earn(who, 500), spend(who, 100)
        asked, chief = take_back(addition, person()), person("chief")
        if change < 0:
            spend(who, 100)
        else:
            take_back(spending, person("third", each=500))
        with refused(LeftChanged, asked=400, left=400 + change * 100):
            approve(asked, chief)
        assert shown(asked) == ("waiting", None, None)

    def test_the_same_movement_is_asked_for_once_at_a_time(self):
        addition, maria, chief = earn(customer(), 500), person(), person("chief")
        asked = take_back(addition, maria)
        with refused(AskedBefore):
            take_back(addition, maria)
        deciding.refuse(asked.pk, actor=chief, at=AT, word="No")
        assert take_back(addition, maria).state == "waiting"

    def test_nothing_is_taken_back_twice(self):
        addition, maria = earn(customer(), 50), person()
        take_back(addition, maria)
        with refused(NotCorrectable, kind="earn", corrected=True):
            take_back(addition, maria)

    def test_a_rewards_payment_stays_with_the_reward(self):
        who, maria = customer(50), person()
        buy(campaign(), who)
        payment = Transfer.objects.get(kind="spend")
        with refused(NotCorrectable, kind="spend", corrected=False):
            take_back(payment, maria)

    def test_an_addition_that_is_spent_has_nothing_left(self):
        who, maria = customer(), person()
        addition = earn(who, 10)
        pay(who.pk, 10, at=AT, note=note())
        with refused(NothingLeft, id=addition.pk):
            take_back(addition, maria)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE points_adjustment SET points = 499",
        "UPDATE points_adjustment SET text = 'other'",
        "UPDATE points_adjustment SET asked_at = '2020-01-01T00:00:00+00:00'",
        "DELETE FROM points_adjustment",
    ],
)
def test_the_database_keeps_what_was_asked(change):
    adjust(customer(), 500, person())
    refused_by_the_database("append-only|keeps what was asked", change)


def test_the_database_keeps_what_was_decided():
    asked = adjust(customer(), 500, person())
    deciding.refuse(asked.pk, actor=person("chief"), at=AT, word="No")
    refused_by_the_database(
        "append-only|keeps what was asked",
        "UPDATE points_adjustment SET state = 'waiting', decided_by_id = NULL, decided_at = NULL",
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE points_adjustment SET state = 'approved', decided_by_id = asked_by_id, decided_at = asked_at",
        "UPDATE points_adjustment SET state = 'refused', decided_by_id = asked_by_id, decided_at = asked_at",
        "UPDATE points_adjustment SET state = 'done', decided_at = asked_at",
        "UPDATE points_adjustment SET state = 'refused', decided_at = asked_at",
    ],
)
def test_the_database_wants_a_second_person_and_a_movement(change):
    adjust(customer(), 500, person())
    refused_by_the_database("adjustment_", change)
