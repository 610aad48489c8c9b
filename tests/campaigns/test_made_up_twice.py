"""Loaded into empty databases at two moments of a day, the demo's year is the same."""

from datetime import timedelta

import pytest
from django.db import transaction

from campaigns.models import Purchase
from tests.builders import AT
from tests.campaigns.made_up import digest, load_all, make_small


@pytest.mark.once("sqlite")
@pytest.mark.django_db
def test_it_is_the_same_each_time(monkeypatch):
    make_small(monkeypatch)
    found = set()
    for moment in (AT, AT + timedelta(hours=6)):
        with transaction.atomic():
            load_all(moment)
            assert Purchase.objects.exists()
            found.add(digest())
            transaction.set_rollback(True)
    assert len(found) == 1
    assert not Purchase.objects.exists()
