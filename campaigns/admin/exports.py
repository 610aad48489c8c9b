"""Purchases and codes as tables."""

from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.utils import timezone

from loyalty_site.csv_rows import Row
from loyalty_site.exporting.jobs import writing
from loyalty_site.exporting.tables import Table

BOUGHT = (
    *("pk", "purchased_at", "used_at", "refunded_at", "campaign__name", "cost_in_points", "customer_id"),
    *("customer__first_name", "customer__last_name", "customer__email", "customer__phone", "coupon__code"),
)
BOUGHT_HEADER = (
    *("Purchase id", "Bought at", "Used at", "Refunded at", "Campaign", "Cost in points", "Customer id"),
    *("First name", "Last name", "E-mail", "Phone"),
)
COUPONS_HEADER = ("Campaign", "Campaign id", "Place", "Code", "State")
BY_MOMENT = ("-purchased_at", "-pk")


def _purchases(rows: QuerySet) -> QuerySet:
    return rows.values_list(*BOUGHT, named=True)


def _purchase(line: Any, site: AdminSite, *, with_code: bool) -> Row:
    moments = (line.purchased_at, line.used_at, line.refunded_at)
    facts = [line.campaign__name, line.cost_in_points, str(line.customer_id)]
    person = [line.customer__first_name, line.customer__last_name, line.customer__email, line.customer__phone]
    code = [line.coupon__code] if with_code else []
    return [str(line.pk), *(at and _written(at) for at in moments), *facts, *person, *code]


def _coupons(rows: QuerySet) -> QuerySet:
    return rows.values_list("campaign_id", "position", "campaign__name", "code", "voided_at", "sold", named=True)


def _coupon(line: Any, site: AdminSite) -> Row:
    state = "withdrawn" if line.voided_at else "sold" if line.sold else "free"
    return [line.campaign__name, str(line.campaign_id), line.position, line.code, state]


def _written(at: Any) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


PURCHASES = Table(
    "purchases",
    "campaigns.Purchase",
    "campaigns.export_purchases",
    BOUGHT_HEADER,
    _purchases,
    partial(_purchase, with_code=False),
    BY_MOMENT,
)
PURCHASES_WITH_CODES = Table(
    "purchases with codes",
    "campaigns.Purchase",
    "campaigns.export_purchases",
    (*BOUGHT_HEADER, "Code"),
    _purchases,
    partial(_purchase, with_code=True),
    BY_MOMENT,
    file_permission="campaigns.view_sold_codes",
)
COUPONS = Table(
    "coupons",
    "campaigns.Coupon",
    "campaigns.export_coupons",
    COUPONS_HEADER,
    _coupons,
    _coupon,
    ("campaign_id", "position"),
)
EXPORT_PURCHASES, EXPORT_PURCHASES_WITH_CODES = writing(PURCHASES), writing(PURCHASES_WITH_CODES)
EXPORT_COUPONS = writing(COUPONS)
