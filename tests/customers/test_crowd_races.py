"""Many change who is on one level and in one segment at once: no bit is lost."""

import threading

import pytest
from django.db import transaction

from customers import services
from customers.crowds.models import LevelCrowd
from customers.crowds.rebuilding import rebuild
from customers.models import Customer, Segment
from customers.verify import findings
from tests.builders import SHOP, customer, level
from tests.bursts import burst
from tests.customers.crowd import crowd
from tests.stops import Stop

pytestmark = pytest.mark.django_db(transaction=True)


def register_naively(both_have_read: threading.Barrier) -> Customer:
    """What the services must not do: read the bits, change them in Python, write them back."""
    who = customer(level=level("elsewhere"))
    chunk = LevelCrowd.objects.get(level__name="bronze")
    both_have_read.wait(60)
    bits = list(chunk.bits)
    bits[who.place.pk % len(bits)] = "1"
    LevelCrowd.objects.filter(pk=chunk.pk).update(bits="".join(bits), members=bits.count("1"))
    return who


def test_bits_that_are_read_before_they_are_written_are_lost():
    bronze, first = level("bronze"), customer(level=level("bronze"))
    level("elsewhere")
    barrier = threading.Barrier(2)

    registered = burst([lambda: register_naively(barrier)] * 2)

    assert len(crowd(bronze) & {who.pk for who in registered}) == 1
    assert first.pk in crowd(bronze)


def test_everybody_who_registers_at_once_is_in_the_crowd():
    bronze = level("bronze")
    registered = burst([lambda: services.register(level=bronze, **SHOP)] * 8)
    assert crowd(bronze) == {who.pk for who in registered}
    assert len(registered) == 8


def test_levels_and_segments_that_change_at_once_are_true():
    bronze, gold = level("bronze"), level("gold")
    vip, new = (Segment.objects.create(name=name) for name in ("VIP", "new"))
    people = [customer(level=bronze) for _ in range(6)]
    keys = [who.pk for who in people]
    services.put_into_segment(vip, keys[:3], **SHOP)

    burst(
        [
            lambda: services.put_into_segment(vip, keys, **SHOP),
            lambda: services.put_into_segment(new, keys[::-1], **SHOP),
            lambda: services.put_into_segment(vip, keys[::-1], **SHOP),
            *(lambda key=key: services.choose_segments(key, [new], **SHOP) for key in keys[:2]),
            *(lambda key=key: services.change(key, {"level": gold}, **SHOP) for key in keys[:4]),
            lambda: services.change_status(keys[0], "blocked", **SHOP),
            lambda: services.change_status(keys[5], "erased", **SHOP),
            lambda: services.register(level=bronze, **SHOP),
            rebuild,
        ]
    )

    assert list(findings()) == []
    assert crowd(gold) == set(keys[:4])
    assert crowd(new) == set(keys[:5])
    assert keys[4] in crowd(bronze)
    assert keys[5] not in crowd(bronze) | crowd(vip)


@pytest.mark.postgresql_only
def test_a_segment_is_not_joined_by_who_is_erased_meanwhile():
    vip, who, stop = Segment.objects.create(name="VIP"), customer(), Stop()

    @transaction.atomic
    def erase() -> None:
        stop.after(services.change_status)(who.pk, "erased", **SHOP)

    burst([erase, stop.meanwhile(lambda: services.put_into_segment(vip, [who.pk], **SHOP))])

    assert crowd(vip) == set()
    assert list(findings()) == []


@pytest.mark.postgresql_only
def test_a_rebuilding_waits_for_changes_and_they_for_it():
    bronze, stop = level("bronze"), Stop()

    @transaction.atomic
    def register() -> Customer:
        return stop.after(services.register)(level=bronze, **SHOP)

    who, _ = burst([register, stop.meanwhile(rebuild)])

    assert crowd(bronze) == {who.pk}
