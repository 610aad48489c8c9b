"""Texts that no place of the code has as a whole: what Django makes of names, and what is put together of parts."""

from collections.abc import Iterator

from django.contrib import admin

from campaigns.models import CouponBatch
from loyalty_site.backoffice.implied_names import names_of
from loyalty_site.backoffice.records import AuditedAdmin
from loyalty_site.source_texts import as_written
from offers.bulk.giving import Fate
from offers.models import CustomerOffer
from points.models import Transfer

ACTS = ("added", "changed", "deleted")
# what the audit trail calls a step: the first word, and how it is called
STEPS = {"points": Transfer.Kind, "offer": CustomerOffer.State, "coupons": CouponBatch.Source}


def texts() -> Iterator[tuple[str, None, str]]:
    for model, shown in admin.site._registry.items():
        where = model._meta.label
        yield from ((name, None, where) for name in names_of(model))
        for inline in shown.inlines:
            yield from ((name, None, inline.model._meta.label) for name in names_of(inline.model))
        if isinstance(shown, AuditedAdmin):
            yield from ((f"{model._meta.verbose_name_raw} {act}", None, where) for act in ACTS)
    yield from ((fate.value, None, "offers.bulk") for fate in Fate)
    for word, steps in STEPS.items():
        yield from ((f"{word} {as_written(step.label)}", None, "audit-trail") for step in steps)
