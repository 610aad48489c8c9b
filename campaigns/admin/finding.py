"""What the search of the back office finds of campaigns, coupons and purchases."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign, Coupon, Purchase
from loyalty_site.backoffice.finding import Finder, Hit, few, hit, uuid_in
from loyalty_site.backoffice.theme import day

FREE_CODES, SOLD_CODES = "campaigns.view_coupon", "campaigns.view_sold_codes"
SHORTEST = 4  # letters that the beginning of a code needs


def _campaigns(request: HttpRequest, text: str) -> Sequence[Hit]:
    """Campaigns are few: any part of their names will do."""
    campaign_id = uuid_in(text)
    asked = Campaign.objects.filter(pk=campaign_id) if campaign_id else Campaign.objects.filter(name__icontains=text)
    return [hit(campaign) for campaign in few(asked)]


def _codes(request: HttpRequest, text: str) -> Sequence[Hit]:
    """The code itself, with who bought it; else those that begin so."""
    found = list(few(Coupon.objects.filter(code__in={text, text.upper()}).select_related("campaign")))
    if found:
        return list(_of_coupons(request, found))
    if not request.user.has_perm(FREE_CODES) or len(text) < SHORTEST:
        return []
    return [
        _of_coupon(coupon) for coupon in few(Coupon.objects.filter(code__startswith=text).select_related("campaign"))
    ]


def _of_coupons(request: HttpRequest, coupons: Sequence[Coupon]) -> Iterator[Hit]:
    """A code may stand in several campaigns, and be shared by many buyers."""
    sold = _sold(coupons) if _may_see_purchases(request) else []
    for purchase in sold:
        yield _of_purchase(purchase)
    if len(sold) == 1 and request.user.has_perm("customers.view_customer"):
        yield _of_buyer(sold[0])
    if request.user.has_perm(FREE_CODES):
        told = {purchase.coupon_id for purchase in sold}
        yield from (_of_coupon(coupon) for coupon in coupons if coupon.pk not in told)


def _sold(coupons: Sequence[Coupon]) -> list[Purchase]:
    return list(few(Purchase.objects.filter(coupon__in=[coupon.pk for coupon in coupons]).for_lists()))


def _may_see_purchases(request: HttpRequest) -> bool:
    return request.user.has_perm("campaigns.view_purchase") and request.user.has_perm(SOLD_CODES)


def _purchases(request: HttpRequest, text: str) -> Sequence[Hit]:
    purchase_id = uuid_in(text)
    if purchase_id is None:
        return []
    return [_of_purchase(purchase) for purchase in few(Purchase.objects.filter(pk=purchase_id).for_lists())]


def _of_purchase(purchase: Purchase) -> Hit:
    page = reverse("admin:campaigns_purchase_change", args=[purchase.pk])
    named = _("Purchase of “%(campaign)s”") % {"campaign": purchase.campaign}
    return Hit(named, page, f"{purchase.customer} · {day(purchase.purchased_at)}")


def _of_coupon(coupon: Coupon) -> Hit:
    return hit(coupon, str(coupon.campaign))


def _of_buyer(purchase: Purchase) -> Hit:
    names = {"campaign": purchase.campaign, "code": purchase.coupon.code}
    return hit(purchase.customer, _("bought “%(campaign)s” with the code %(code)s") % names)


CAMPAIGNS = Finder(
    gettext_lazy("Campaigns"),
    gettext_lazy("A part of a campaign's name, or its id"),
    ("campaigns.view_campaign",),
    _campaigns,
    "admin:campaigns_campaign_changelist",
)
CODES = Finder(
    gettext_lazy("Coupons"),
    gettext_lazy("A coupon code, or how it begins"),
    (FREE_CODES, SOLD_CODES),
    _codes,
    "admin:campaigns_coupon_changelist",
)
PURCHASES = Finder(
    gettext_lazy("Purchases"), gettext_lazy("The id of a purchase"), ("campaigns.view_purchase",), _purchases
)
