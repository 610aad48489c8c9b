"""The rewards that a customer holds and bought, on the customer's page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.admin.panels import may_see_codes, purchase_badge
from campaigns.models import Purchase
from customers.models import Customer
from loyalty_site.backoffice.panels import Link, Panel
from loyalty_site.backoffice.theme import link, moment

SHOWN = 5
PURCHASES = "admin:campaigns_purchase_changelist"
AND_BACK = "?back=customer"  # a decision that is opened from here leads back here


def held(request: HttpRequest, customer: Customer, at: datetime) -> Panel | None:
    """The coupons that the customer can still use."""
    if not request.user.has_perm("campaigns.view_purchase"):
        return None
    standing = _of(customer).filter(used=False, refunded_at=None)
    everything = f"{_list_of(customer)}&used__exact=0&refunded=no"
    return Panel(
        _("Coupons held"),
        **_table(request, list(standing[:SHOWN]), ["reward", "code", "bought", "act"]),
        empty=_("No coupon that can still be used."),
        links=[Link(_("All coupons held"), everything)],
        anchor="coupons",
    )


def bought(request: HttpRequest, customer: Customer, at: datetime) -> Panel | None:
    """The rewards that the customer bought last."""
    if not request.user.has_perm("campaigns.view_purchase"):
        return None
    return Panel(
        _("Rewards bought"),
        **_table(request, list(_of(customer)[:SHOWN]), ["bought", "reward", "points", "state", "code", "act"]),
        empty=_("No reward bought yet."),
        links=[Link(_("All rewards"), _list_of(customer))],
        anchor="rewards",
        is_across=True,
    )


def _of(customer: Customer) -> QuerySet:
    return customer.purchases.select_related("campaign", "coupon")


def _list_of(customer: Customer) -> str:
    return f"{reverse(PURCHASES)}?customer__id__exact={customer.pk}"


def _table(request: HttpRequest, purchases: list[Purchase], names: list[str]) -> dict[str, Any]:
    """These columns, without the codes or the acts that the reader has no right to."""
    closed = set() if may_see_codes(request) else {"code"}
    closed |= set() if request.user.has_perm("campaigns.refund_purchase") else {"act"}
    columns = [COLUMNS[name] for name in names if name not in closed]
    return {
        "headers": [str(title) for title, _cell in columns],
        "rows": [[cell(purchase) for _title, cell in columns] for purchase in purchases],
    }


def _when(purchase: Purchase) -> str:
    return link(moment(purchase.purchased_at), reverse("admin:campaigns_purchase_change", args=[purchase.pk]))


def _refund(purchase: Purchase) -> str:
    if purchase.refunded_at:
        return ""
    return link(_("Refund"), reverse("admin:campaigns_purchase_refund", args=[purchase.pk]) + AND_BACK)


COLUMNS: dict[str, tuple[Promise, Callable[[Purchase], object]]] = {
    "reward": (gettext_lazy("Reward"), lambda purchase: purchase.campaign.name),
    "code": (gettext_lazy("Code"), lambda purchase: purchase.coupon.code),
    "bought": (gettext_lazy("Bought"), _when),
    "points": (gettext_lazy("Points"), lambda purchase: purchase.cost_in_points),
    "state": (gettext_lazy("State"), purchase_badge),
    "act": (gettext_lazy("Act"), _refund),
}
