"""The demo's year at a small scale."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

import pytest
from django.conf import settings
from django.core.files.storage import InMemoryStorage, default_storage
from django.utils.module_loading import import_string

from campaigns.made_up import life
from campaigns.made_up.catalogue import SAMPLES
from campaigns.models import Campaign, Coupon, Purchase
from customers import demo as documented
from customers.made_up import life as customers_life
from customers.models import Customer, Transaction
from loyalty_site.made_up.seasons import midnight_before
from points.models import Transfer
from tests.builders import AT

CUSTOMERS, COUPONS = 24, 2_800
DRAWN = {"The blue mug", "Every tenth tea"}
SIZES = {customers_life.load: {"customers": CUSTOMERS}, life.load: {"coupons": COUPONS}}


def make_small(patch: pytest.MonkeyPatch) -> None:
    """Pools of few codes, two photos, kept in memory."""
    patch.setattr(life, "SAMPLES", [made_small(sample) for sample in SAMPLES])
    patch.setattr(default_storage, "_wrapped", InMemoryStorage())


def made_small(sample):
    codes = min(sample.codes, 100) if isinstance(sample.codes, int) else sample.codes
    return replace(sample, codes=codes, motif=sample.motif if sample.name in DRAWN else "")


def load_all(at: datetime = AT) -> None:
    """As the command does."""
    moments = dict.fromkeys(settings.DEMO_LOADERS, at) | dict.fromkeys(settings.LIFE_LOADERS, midnight_before(at))
    for name, moment in moments.items():
        loader = import_string(name)
        loader(lambda line: None, moment, **SIZES.get(loader, {}))


def digest() -> str:
    """Of what was made up, and has ids that the database does not count up itself."""
    customers = Customer.objects.exclude(pk__in=documented.CUSTOMERS).order_by()
    facts = [
        *customers.order_by("pk").values_list("pk", "email", "phone", "level", "created_at"),
        *rows(Transaction, "pk", "document_number", "gross_value", "purchased_at", customer__in=customers.values("pk")),
        *rows(Campaign, "pk", "name", "created_at", "active_from", name__in=[sample.name for sample in SAMPLES]),
        *rows(Coupon, "campaign", "position", "code"),
        *rows(
            Transfer,
            "pk",
            "account",
            "sequence",
            "points",
            "balance_after",
            "created_at",
            account__in=customers.values("pk"),
        ),
        *rows(Purchase, "pk", "campaign", "customer", "position", "purchased_at"),
    ]
    return sha256(repr(facts).encode()).hexdigest()


def rows(model, *names: str, **which):
    return model.objects.filter(**which).order_by(*names[:2]).values_list(*names)
