"""Made-up books are what the services would have written, called at the same moments."""

from datetime import timedelta
from random import Random

import pytest
from django.db import DatabaseError, transaction

from loyalty_site.made_up.dice import Dice
from points import services
from points.made_up import writing
from points.made_up.books import Book, night_after
from points.models import Account, Bucket, Transfer
from points.verify import findings
from tests.builders import AT, TODAY, customer, later, note

pytestmark = pytest.mark.django_db

Kind = Transfer.Kind
TOLD = ["sequence", "kind", "points", "balance_after", "buckets", "expires_on", "corrects__sequence", "created_at"]


def told(who):
    return list(Transfer.objects.filter(account=who.pk).order_by("sequence").values_list(*TOLD))


def account(who):
    return Account.objects.filter(pk=who.pk).values_list("balance", "earned", "spent", "expired", "sequence").get()


def buckets(who):
    return list(Bucket.objects.filter(account=who.pk).order_by("expires_on").values_list("expires_on", "points"))


def test_they_are_the_services_books():
    made_up, real = customer(), customer()
    book, dice, facts = Book(made_up.pk, Dice("books")), Random(3), note()
    for day in range(40):
        at = later(day)
        book.pass_nights_until(at)
        services.expire(at=at)
        points, valid = dice.randint(1, 40), TODAY + timedelta(days=day + dice.randint(0, 12))
        addition = book.earn(points, valid, at=at, note=facts)
        kept = services.earn(real.pk, points, at=at, note=facts, expires_on=valid)
        if day % 7 == 3:
            book.cancel(addition, at=at, note=facts)
            services.cancel(kept.pk, at=at, note=facts)
        elif day % 3 == 1:
            taken = dice.randint(1, book.balance)
            spending = book.take(taken, Kind.SPEND, at=at, note=facts)
            paid = services.spend(real.pk, taken, at=at, note=facts)
            if day % 2:
                book.give_back(spending, valid, at=at, note=facts)
                services.reverse(paid.pk, at=at, note=facts)
    assert writing.write([book]) == len(book.movements) > 60

    expired_at_night = [row[:7] for row in told(made_up)]
    assert expired_at_night == [row[:7] for row in told(real)]
    assert account(made_up) == account(real)
    assert buckets(made_up) == buckets(real)
    assert list(findings()) == []


def test_points_expire_in_the_night_after_their_last_day():
    book = Book(customer().pk, Dice("night"))
    book.earn(5, TODAY, at=AT, note=note())
    night = night_after(TODAY)

    book.pass_nights_until(night - timedelta(seconds=1))
    assert book.balance == 5
    book.pass_nights_until(night)

    assert [(move.kind, move.points, move.at) for move in book.movements] == [("earn", 5, AT), ("expire", -5, night)]
    assert (book.balance, book.held) == (0, {})


def test_an_account_without_a_movement_is_not_made():
    assert writing.write([Book(customer().pk, Dice("none"))]) == 0
    assert not Account.objects.exists()


def test_the_walls_stand_while_they_are_written():
    who = customer()
    book = Book(who.pk, Dice("wrong"))
    book.earn(5, TODAY, at=AT, note=note())
    book.movements[0].balance_after = 6

    with pytest.raises(DatabaseError), transaction.atomic():
        writing.write([book])

    assert not Transfer.objects.exists()
    assert not Account.objects.exists()
