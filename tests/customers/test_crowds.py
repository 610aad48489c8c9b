"""Who is on a level or in a segment, as bits: every service that writes a customer keeps them true."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from customers import services
from customers.crowds import marking
from customers.crowds.bits import CHUNK, NO_BITS
from customers.crowds.models import LevelCrowd, Place, SegmentCrowd
from customers.crowds.rebuilding import rebuild
from customers.models import Customer, Segment, SegmentMembership
from customers.verify import findings
from loyalty_site.database import fetch_one
from tests.builders import AT, SHOP, customer, level
from tests.customers.crowd import crowd, seat
from tests.statements import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def bronze():
    return level("bronze")


@pytest.fixture
def gold():
    return level("gold")


@pytest.fixture
def vip():
    return Segment.objects.create(name="VIP")


def loaded(**fields) -> Customer:
    """A customer who was written past the services."""
    return Customer.objects.create(**({"level": level(), "created_at": AT, "updated_at": AT} | fields))


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("get_bit(set_bit({none}, 9, 1), 9)", 1),
        ("get_bit(set_bit({none}, 9, 1), 8)", 0),
        ("bit_count(set_bit(set_bit({none}, 0, 1), 8191, 1))", 2),
        ("bit_count(set_bit(set_bit({none}, 7, 1), 7, 0))", 0),
        ("bit_count(bitor(set_bit({none}, 7, 1), set_bit({none}, 8, 1)))", 2),
        ("get_bit(NULL, 1)", None),
        ("bit_count(NULL)", None),
        ("(SELECT bit_count(bit_or(bits)) FROM customers_levelcrowd)", None),
    ],
)
def test_bits_are_the_same_on_every_database(asked, answer):
    typed = asked.replace("NULL", "CAST(NULL AS bit(8192))")
    assert fetch_one(f"SELECT {typed.format(none=NO_BITS)}", []) == (answer,)


def test_who_registers_is_in_the_crowd_of_the_level(bronze, gold):
    first, second = services.register(level=bronze, **SHOP), services.register(level=bronze, **SHOP)
    assert (crowd(bronze), crowd(gold)) == ({first.pk, second.pk}, set())
    assert first.place.pk < second.place.pk


def test_who_changes_the_level_leaves_the_old_crowd(bronze, gold):
    who, other = customer(level=bronze), customer(level=bronze)
    services.change(who.pk, {"level": gold}, **SHOP)
    assert (crowd(bronze), crowd(gold)) == ({other.pk}, {who.pk})


def test_another_field_touches_no_crowd(bronze):
    who = customer(level=bronze)
    with statements() as said:
        services.change(who.pk, {"first_name": "Anna"}, **SHOP)
    assert not [sql for sql in said if "crowd" in sql or "customers_place" in sql]
    assert crowd(bronze) == {who.pk}


@pytest.mark.parametrize("status", ["new", "active", "blocked"])
def test_whatever_the_status_a_customer_stays_in_the_crowds(status, bronze, vip):
    who = customer(level=bronze, status="new" if status == "active" else "active")
    services.put_into_segment(vip, [who.pk], **SHOP)
    services.change_status(who.pk, status, **SHOP)
    assert (crowd(bronze), crowd(vip)) == ({who.pk}, {who.pk})


def test_who_is_erased_leaves_every_crowd(bronze, vip):
    who, other = customer(level=bronze), customer(level=bronze)
    services.put_into_segment(vip, [who.pk, other.pk], **SHOP)
    services.change_status(who.pk, "erased", **SHOP)
    assert (crowd(bronze), crowd(vip)) == ({other.pk}, {other.pk})


def test_who_was_erased_enters_no_crowd(bronze, vip):
    gone = customer(level=bronze, status="erased")
    services.put_into_segment(vip, [gone.pk], **SHOP)
    assert (crowd(bronze), crowd(vip)) == (set(), set())
    assert vip.memberships.get().customer == gone


def test_a_segment_is_joined_once(vip):
    first, second, third = customer(), customer(), customer()
    services.put_into_segment(vip, [first.pk, second.pk], **SHOP)
    services.put_into_segment(vip, [second.pk, third.pk, third.pk], **SHOP)
    assert crowd(vip) == {first.pk, second.pk, third.pk}


def test_chosen_segments_are_joined_and_the_others_left(vip):
    who, other = customer(), customer()
    kept, left = Segment.objects.create(name="kept"), Segment.objects.create(name="left")
    for segment in (kept, left):
        services.put_into_segment(segment, [who.pk, other.pk], **SHOP)
    services.choose_segments(who.pk, [kept, vip], **SHOP)
    assert (crowd(vip), crowd(kept), crowd(left)) == ({who.pk}, {who.pk, other.pk}, {other.pk})


def test_what_is_undone_leaves_the_crowds_as_they_were(bronze, gold):
    who = customer(level=bronze)
    with transaction.atomic():
        services.change(who.pk, {"level": gold}, **SHOP)
        assert crowd(gold) == {who.pk}
        transaction.set_rollback(True)
    assert (crowd(bronze), crowd(gold)) == ({who.pk}, set())


def test_a_crowd_goes_with_its_segment(vip):
    services.put_into_segment(vip, [customer().pk], **SHOP)
    vip.delete()
    assert not SegmentCrowd.objects.exists()


def test_places_far_apart_are_in_chunks_of_their_own(vip):
    people = [customer() for _ in range(4)]
    seat(dict(zip(people, [CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK], strict=True)))
    services.put_into_segment(vip, [who.pk for who in people], **SHOP)
    assert crowd(vip) == {who.pk for who in people}
    assert list(vip.crowds.order_by("chunk").values_list("chunk", "members")) == [(0, 1), (1, 2), (3, 1)]


def test_many_join_with_as_many_statements_as_few(vip):
    counts = []
    for size in (2, 40):
        joining = [customer().pk for _ in range(size)]
        with statements() as said:
            services.put_into_segment(vip, joining, **SHOP)
        counts.append(len(said))
    assert counts[0] == counts[1]


def test_many_segments_are_chosen_with_as_many_statements_as_few():
    who, counts = customer(), []
    for size in (2, 40):
        chosen = Segment.objects.bulk_create(Segment(name=f"{size}/{n}") for n in range(size))
        with statements() as said:
            services.choose_segments(who.pk, chosen, **SHOP)
        counts.append(len(said))
    assert counts[1] <= counts[0] + 1  # of the segments left there were none the first time


class TestRebuilding:
    def test_everything_is_drawn_from_the_tables(self, bronze, gold, vip):
        people = [customer(level=bronze), loaded(level=gold), loaded(level=gold, status="erased")]
        SegmentMembership.objects.bulk_create(SegmentMembership(segment=vip, customer=who) for who in people)
        SegmentCrowd.objects.create(segment=vip, chunk=7, bits="1" * CHUNK, members=3)

        assert rebuild() == 2

        assert (crowd(bronze), crowd(gold)) == ({people[0].pk}, {people[1].pk})
        assert crowd(vip) == {people[0].pk, people[1].pk}
        assert list(findings()) == []

    def test_places_are_kept(self):
        who = customer()
        seat({who: CHUNK + 5})
        assert rebuild() == 0
        assert Place.objects.get() == Place(pk=CHUNK + 5, customer=who)

    def test_new_places_follow_the_order_of_registration(self):
        late, early = loaded(created_at=AT), loaded(created_at=AT.replace(year=2020))
        rebuild()
        assert list(Place.objects.order_by("pk").values_list("customer", flat=True)) == [early.pk, late.pk]

    def test_the_command_says_how_many_were_not_counted(self, bronze, capsys):
        who = loaded(level=bronze)
        call_command("rebuild_crowds")
        assert capsys.readouterr().out == "1 customers were not counted before\n"
        assert crowd(bronze) == {who.pk}

    def test_the_migration_draws_the_same(self, bronze, gold, vip):
        people = [loaded(level=bronze), loaded(level=gold), loaded(level=gold, status="erased")]
        SegmentMembership.objects.bulk_create(SegmentMembership(segment=vip, customer=who) for who in people)
        migration = import_module("customers.migrations.0003_crowds_of_levels_and_segments")

        migration.draw(None, SimpleNamespace(connection=connection))

        assert (crowd(bronze), crowd(gold)) == ({people[0].pk}, {people[1].pk})
        assert crowd(vip) == {people[0].pk, people[1].pk}
        assert list(findings()) == []


class TestLoadedPastTheServices:
    def test_a_customer_gets_a_place_with_the_first_change(self, gold):
        who = loaded()
        services.change(who.pk, {"level": gold}, **SHOP)
        assert crowd(gold) == {who.pk}

    def test_and_with_the_first_segment(self, vip):
        people = [loaded(), customer(), loaded()]
        services.put_into_segment(vip, [who.pk for who in people], **SHOP)
        assert crowd(vip) == {who.pk for who in people}


def test_marking_again_changes_nothing(bronze, vip):
    who = customer(level=bronze)
    services.put_into_segment(vip, [who.pk], **SHOP)
    before = [list(model.objects.values()) for model in (LevelCrowd, SegmentCrowd)]
    marking.mark(who.pk, levels={bronze.pk: True}, segments={vip.pk: True})
    marking.join(vip.pk, [who.pk])
    assert [list(model.objects.values()) for model in (LevelCrowd, SegmentCrowd)] == before
