"""What is old goes by night."""

import pytest

from loyalty_site.access.actors import SYSTEM
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import enqueue
from loyalty_site.outbox import upkeep
from loyalty_site.outbox.models import Delivery, Event
from tests.builders import AT, later
from tests.jobs import work_off
from tests.loyalty_site.outbox.receivers import due, happened, subscription

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("chunk", [2, 1_000])
def test_what_is_past_its_days_goes_with_its_deliveries(noon, monkeypatch, chunk):
    monkeypatch.setattr(upkeep, "CHUNK", chunk)
    crm = subscription()
    for days in (-31, -40, -50):
        due(crm, event=happened(at=later(days), passed_on=True))
    kept = [happened(at=later(-29), passed_on=True), happened(at=later(-31))]  # the second was passed on to nobody yet
    line = due(crm, event=kept[0])
    enqueue(upkeep.PURGE, {}, title="Purge", actor=SYSTEM, at=AT)
    work_off()
    assert set(Event.objects.all()) == set(kept)
    assert list(Delivery.objects.all()) == [line]
    assert Job.objects.get().outcome == {"Events deleted": 3}
