"""Filters of the lists of campaigns, coupons and purchases."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from campaigns.coming import ending, starting
from campaigns.models import LevelTarget
from campaigns.states import State, in_state
from campaigns.stock_risk import at_risk
from campaigns.stock_watch import LOW, PAUSED
from customers.models import Level
from loyalty_site.backoffice.filters import KnownChoiceFilter


class StateFilter(KnownChoiceFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return State.choices

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(in_state(State(value), timezone.now()))


class StockFilter(KnownChoiceFilter):
    title = gettext_lazy("stock")
    parameter_name = "stock"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("low", gettext_lazy("low")),
            ("paused", gettext_lazy("paused by itself")),
            ("risk", gettext_lazy("at risk")),
        ]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        if value == "risk":
            return rows.filter(pk__in=[risk.campaign.pk for risk in at_risk(timezone.now())])
        return rows.filter(PAUSED if value == "paused" else LOW & in_state(State.LIVE, timezone.now()))


class ComingFilter(KnownChoiceFilter):
    title = gettext_lazy("next 14 days")
    parameter_name = "coming"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("starting", gettext_lazy("starts")), ("ending", gettext_lazy("ends"))]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter((starting if value == "starting" else ending)(timezone.now()))


class TargetLevelFilter(KnownChoiceFilter):
    title = gettext_lazy("level it is aimed at")
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(level_id), name) for level_id, name in Level.objects.values_list("pk", "name")]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(Exists(LevelTarget.objects.filter(campaign=OuterRef("pk"), level_id=UUID(value))))


class CouponStateFilter(KnownChoiceFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("free", gettext_lazy("free")),
            ("sold", gettext_lazy("sold")),
            ("used", gettext_lazy("used")),
            ("refunded", gettext_lazy("refunded")),
            ("withdrawn", gettext_lazy("withdrawn")),
        ]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return {
            "free": lambda: rows.filter(sold=None, voided_at=None),
            "sold": lambda: rows.handed_out(used=False, refunded_at=None),
            "used": lambda: rows.handed_out(used=True, refunded_at=None),
            "refunded": lambda: rows.handed_out(refunded_at__isnull=False),
            "withdrawn": lambda: rows.exclude(voided_at=None),
        }[value]()


class RefundedFilter(KnownChoiceFilter):
    title = gettext_lazy("refund")
    parameter_name = "refunded"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", gettext_lazy("refunded")), ("no", gettext_lazy("not refunded"))]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(refunded_at__isnull=value == "no")
