"""Loaded twice into empty databases at the same moment, the demo's year is the same."""

import pytest
from django.db import transaction

from campaigns.models import Purchase
from tests.campaigns.made_up import digest, load_all, make_small


@pytest.mark.once("sqlite")
@pytest.mark.django_db
def test_it_is_the_same_each_time(monkeypatch):
    make_small(monkeypatch)
    found = set()
    for _ in range(2):
        with transaction.atomic():
            load_all()
            assert Purchase.objects.exists()
            found.add(digest())
            transaction.set_rollback(True)
    assert len(found) == 1
    assert not Purchase.objects.exists()
