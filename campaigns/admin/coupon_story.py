"""What became of one code, from its coming to its use, as far as the reader may see it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaigns.models import Coupon, Purchase
from loyalty_site.backoffice.panels import Link, Panel
from loyalty_site.backoffice.theme import link, moment
from points.models import Transfer

PURCHASES = "admin:campaigns_purchase_changelist"
Line = tuple[str, SafeString | str, SafeString | str]  # when, what, where to see more


def story(request: HttpRequest, coupon: Coupon) -> Panel:
    """Oldest first. Of a code that all buyers share there is no single sale to tell of."""
    told = list(_coming(coupon))
    purchase = coupon.pooled[0] if coupon.pooled else None
    if purchase:
        told += _sale(request, purchase)
    links = []
    if coupon.sold and not purchase and request.user.has_perm("campaigns.view_purchase"):
        told.append(("", _("Every buyer of the campaign gets this code"), ""))
        links.append(Link(_("Purchases"), f"{reverse(PURCHASES)}?campaign__id__exact={coupon.campaign_id}"))
    if coupon.voided_at:
        told.append((moment(coupon.voided_at), _("Withdrawn: it is not sold"), ""))
    return Panel(_("Its story"), headers=[_("When"), _("What"), _("See")], rows=told, links=links)


def _coming(coupon: Coupon) -> Iterator[Line]:
    batch = coupon.batch
    if batch is None:
        yield "", _("Added by hand, or over the API"), ""
        return
    page = reverse("admin:campaigns_couponbatch_change", args=[batch.pk])
    what = _("Imported") if batch.source == batch.Source.IMPORT else _("Generated")
    yield moment(batch.created_at), what, link(batch, page)


def _sale(request: HttpRequest, purchase: Purchase) -> Iterator[Line]:
    may = request.user.has_perm
    if not may("campaigns.view_purchase"):
        yield moment(purchase.purchased_at), _("Sold"), ""
        return
    page = reverse("admin:campaigns_purchase_change", args=[purchase.pk])
    customer = reverse("admin:customers_customer_change", args=[purchase.customer_id])
    buyer: Any = link(purchase.customer, customer) if may("customers.view_customer") else ""
    yield moment(purchase.purchased_at), link(_("Sold"), page), buyer
    yield from _payment(request, purchase)
    if purchase.used:
        yield _known(purchase.used_at), _("Used"), ""
    if purchase.refunded_at:
        back = Transfer.objects.filter(corrects=purchase.transfer_id, kind=Transfer.Kind.REVERSE).first()
        what = _("Refunded: the code is never sold again")
        yield moment(purchase.refunded_at), what, _movement(request, back)


def _payment(request: HttpRequest, purchase: Purchase) -> Iterator[Line]:
    if purchase.transfer_id is None:
        yield moment(purchase.purchased_at), _("It cost no points"), ""
        return
    paid = _("Paid with %(points)d points") % {"points": purchase.cost_in_points}
    yield moment(purchase.purchased_at), paid, _movement(request, purchase.transfer)


def _movement(request: HttpRequest, transfer: Transfer | None) -> SafeString | str:
    if transfer is None or not request.user.has_perm("points.view_transfer"):
        return ""
    return link(_("Movement of points"), reverse("admin:points_transfer_change", args=[transfer.pk]))


def _known(at: datetime | None) -> str:
    return moment(at) if at else ""
