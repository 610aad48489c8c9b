"""What is asked before a checked file is imported, and before a batch is undone."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.admin.refusals import sentence
from campaigns.batches import services
from campaigns.models import CouponBatch
from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.staff import actor_of


def confirming(request: HttpRequest, batch: CouponBatch) -> Decision:
    def act(data: dict[str, Any]) -> str:
        services.confirm(batch.pk, actor=actor_of(request), at=timezone.now())
        return _("The codes are being imported. They are on sale as they come in.")

    told = ngettext(
        "%(n)s code of “%(label)s” comes into “%(campaign)s”. What has become known since the check is left out.",
        "%(n)s codes of “%(label)s” come into “%(campaign)s”. What has become known since the check is left out.",
        batch.new,
    )
    return Decision(
        title=_("Import coupons into “%(name)s”") % {"name": batch.campaign},
        explanation=told % {"n": intcomma(batch.new), "label": batch, "campaign": batch.campaign},
        button=_("Import"),
        act=act,
        refused=sentence,
        back=_page(batch),
    )


def undoing(request: HttpRequest, batch: CouponBatch) -> Decision:
    def act(data: dict[str, Any]) -> str:
        services.undo(batch.pk, actor=actor_of(request), at=timezone.now())
        return _("The codes are being taken out.")

    unsold = batch.added - batch.removed - batch.sold
    told = _("%(unsold)s codes that nobody bought go as if they had never come. %(sold)s sold codes stay.")
    return Decision(
        title=_("Undo “%(batch)s”") % {"batch": batch},
        explanation=told % {"unsold": intcomma(unsold), "sold": intcomma(batch.sold)},
        button=_("Undo"),
        act=act,
        refused=sentence,
        back=_page(batch),
        dangerous=True,
    )


def _page(batch: CouponBatch) -> str:
    return reverse("admin:campaigns_couponbatch_change", args=[batch.pk])
