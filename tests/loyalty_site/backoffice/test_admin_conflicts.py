"""Staff whose transaction the database gave up for somebody else's do not hear of it: theirs begins anew."""

from collections.abc import Callable

import pytest
from django.db import OperationalError

from customers import services
from customers.models import Customer, Level
from loyalty_site import outages
from tests.backoffice import chief, trail
from tests.builders import customer

FILLED = {"name": "Gold", "active": "on", "from_amount": "100", "reward_value": "0.05"}
pytestmark = pytest.mark.django_db(transaction=True)


class Deadlock(Exception):
    sqlstate = "40P01"


def in_the_way(service: Callable, times: int) -> tuple[Callable, list[int]]:
    """The service, which is given up that many times when it has done its work; and how often it was called."""
    calls = []

    def called(*args, **facts):
        done = service(*args, **facts)
        calls.append(len(calls))
        if len(calls) <= times:
            raise OperationalError("deadlock detected") from Deadlock()
        return done

    return called, calls


@pytest.fixture(autouse=True)
def swift(monkeypatch):
    monkeypatch.setattr(outages, "PAUSE", 0)


def test_a_decision_begins_anew_and_has_one_effect(monkeypatch):
    who = customer()
    change, calls = in_the_way(services.change_status, 2)
    monkeypatch.setattr(services, "change_status", change)

    chief().post(f"/admin/customers/customer/{who.pk}/block/", {"reason": "as asked", "key": "k1"})

    assert len(calls) == 3
    assert Customer.objects.get(pk=who.pk).status == "blocked"
    assert trail().count("chief: customer status changed") == 1


def test_a_form_begins_anew_and_is_saved_once(monkeypatch):
    save, calls = in_the_way(Level.save, 1)
    monkeypatch.setattr(Level, "save", save)

    chief().post("/admin/customers/level/add/", FILLED)

    assert len(calls) == 2
    assert [level.name for level in Level.objects.all()] == ["Gold"]
    assert trail() == ["chief: level added"]


def test_a_form_that_never_gets_through_is_not_tried_for_ever(monkeypatch):
    save, calls = in_the_way(Level.save, 99)
    monkeypatch.setattr(Level, "save", save)

    with pytest.raises(OperationalError):
        chief().post("/admin/customers/level/add/", FILLED)

    assert len(calls) == outages.RETRIES + 1
    assert not Level.objects.exists()
    assert trail() == []
