"""The filters of the campaign list. Rule: Open Loyalty, "Get the collection of campaigns"."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from campaigns.models import Label
from campaigns.questions import CampaignQuerySet
from loyalty_site.api.fields import is_checked
from loyalty_site.api.parameters import parameters_of
from loyalty_site.api.texts import is_storable

MOST_CONDITIONS = 50


def filtered(campaigns: CampaignQuerySet, request: Request) -> CampaignQuerySet:
    """The campaigns that meet every label condition, and the filters `active`, `campaignType` and `name`."""
    asked = parameters_of(request)
    for condition in _label_conditions(asked.get("labels")):
        campaigns = campaigns.filter(Exists(Label.objects.filter(campaign=OuterRef("pk"), **condition)))
    if asked.get("active") not in (None, ""):
        campaigns = campaigns.filter(active=is_checked(asked["active"]))
    if kind := _text(asked.get("campaignType")):
        campaigns = campaigns.filter(reward=kind)
    if part := _text(asked.get("name")):
        campaigns = campaigns.filter(GreaterThan(StrIndex("name", Value(part)), 0))  # SQLite's LIKE ignores case
    return campaigns


def _label_conditions(raw: Any) -> list[dict[str, str]]:
    """One filter for each `labels[i]`: its key, its value, or both, exactly as written. Raises ParseError."""
    if not isinstance(raw, Mapping | list):
        return []
    conditions = []
    for item in raw.values() if isinstance(raw, Mapping) else raw:
        sent = item if isinstance(item, Mapping) else {}
        texts = {name: _text(sent.get(name)) for name in ("key", "value")}
        condition = {name: text for name, text in texts.items() if text}
        if condition and condition not in conditions:
            conditions.append(condition)
        if len(conditions) > MOST_CONDITIONS:
            raise ParseError("Too many conditions on labels.")
    return conditions


def _text(raw: Any) -> str:
    return raw if isinstance(raw, str) and is_storable(raw) else ""
