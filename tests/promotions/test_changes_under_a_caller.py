"""A promotion is changed while a partner's call, which has read it, is under way: nobody is enrolled afterwards."""

import pytest
from django.db import transaction

from promotions import services
from promotions.errors import EnrolmentLimitReached, PromotionNotOpen
from promotions.models import Participation, Promotion
from tests.builders import AT, SHOP, customer, later
from tests.bursts import burst
from tests.promotions.builders import enrol, promotion, turns
from tests.stops import Stop


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": Promotion.Status.PAUSED}, "paused"),
        ({"status": Promotion.Status.CANCELLED}, "cancelled"),
        ({"kind": Promotion.Kind.GENERIC}, "kind"),
        ({"starts_at": later(1)}, "scheduled"),
        ({"ends_at": AT}, "ended"),
    ],
)
@pytest.mark.parametrize("earlier", [0, 1])
def test_a_promotion_that_was_open_when_it_was_read_enrols_nobody(change, reason, earlier):
    read, who = promotion(enrolment_limit=2), customer()
    for _ in range(earlier):
        enrol(read, who)
    services.change_promotion(read.pk, change, **SHOP)

    with pytest.raises(PromotionNotOpen) as refused, transaction.atomic():
        enrol(read, who)

    assert refused.value.reason == reason
    assert turns(read) == [(1, "running")] * earlier
    assert Participation.objects.filter(turns=earlier).count() == Participation.objects.count() == earlier


@pytest.mark.django_db
def test_the_limit_is_the_reason_where_the_promotion_is_open_still():
    read, who = promotion(enrolment_limit=1), customer()
    enrol(read, who)
    services.change_promotion(read.pk, {"name": "Six visits"}, **SHOP)

    with pytest.raises(EnrolmentLimitReached, match="limit=1"), transaction.atomic():
        enrol(read, who)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql_only
@pytest.mark.parametrize("earlier", [0, 1])
def test_a_call_waits_for_staff_who_are_pausing_and_is_refused(earlier, monkeypatch):
    read, who, pausing = promotion(enrolment_limit=2), customer(), Stop()
    for _ in range(earlier):
        enrol(read, who)
    monkeypatch.setattr(services, "locked", pausing.after(services.locked))

    def pause():
        return services.set_status(read.pk, Promotion.Status.PAUSED, **SHOP)

    _, refusal = burst([pause, pausing.meanwhile(lambda: enrol(read, who))], refusals=PromotionNotOpen)

    assert (type(refusal), refusal.reason) == (PromotionNotOpen, "paused")
    assert turns(read) == [(1, "running")] * earlier
