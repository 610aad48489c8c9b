"""All that money depends on, to compare before and after."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import models, transaction

from campaigns.models import Campaign, Coupon, Purchase, Slice
from loyalty_site.access.models import AuditEntry
from loyalty_site.errors import DomainError
from points.adjustments.models import Adjustment, StaffDay
from points.models import Account, Bucket, PartnerDay, Transfer

MOVED_BY_HAND: list[type[models.Model]] = [Adjustment, StaffDay]
BOOKS: list[type[models.Model]] = [Account, Bucket, PartnerDay, Transfer, AuditEntry, Campaign, Coupon, Slice, Purchase]
BOOKS += MOVED_BY_HAND


def books() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in BOOKS}


@contextmanager
def refused(kind: type[DomainError], /, **facts: object) -> Iterator[None]:
    """What is done inside is refused, for these facts, and leaves the books as they were."""
    before = books()
    with pytest.raises(DomainError) as caught, transaction.atomic():
        yield
    assert (type(caught.value), caught.value.facts) == (kind, facts)
    assert books() == before
