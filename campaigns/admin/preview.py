"""A campaign as a customer would see it, from the data that the API serves, before anything of it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.admin.as_it_stands import CHOSEN, campaign_of
from campaigns.api.campaign_object import page_of_objects
from campaigns.eligibility import Buyer
from campaigns.models import Campaign, Label, LevelTarget, SegmentTarget
from campaigns.standing import Standing
from customers.models import Customer, Level, Segment
from loyalty_site.backoffice.theme import CheckboxWidget, SelectWidget, TextWidget

NOBODY_IN_PARTICULAR = UUID(int=0)


class Switches(forms.Form):
    """Through whose eyes, when, and what if."""

    prefix = "preview"

    level = forms.ModelChoiceField(
        Level.objects.none(),
        label=gettext_lazy("Level"),
        required=False,
        empty_label=gettext_lazy("as it is aimed"),
        widget=SelectWidget,
    )
    segment = forms.ModelChoiceField(
        Segment.objects.none(),
        label=gettext_lazy("Segment"),
        required=False,
        empty_label=gettext_lazy("as it is aimed"),
        widget=SelectWidget,
    )
    at = forms.DateTimeField(
        label=gettext_lazy("Day and time"), required=False, widget=TextWidget(attrs={"type": "datetime-local"})
    )
    sold_out = forms.BooleanField(label=gettext_lazy("Sold out"), required=False, widget=CheckboxWidget)
    too_few_points = forms.BooleanField(label=gettext_lazy("Too few points"), required=False, widget=CheckboxWidget)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")
        self.fields["level"].queryset = Level.objects.all()
        self.fields["segment"].queryset = Segment.objects.order_by("name")
        for field in self.fields.values():
            field.widget.attrs["form"] = "preview-switches"  # no part of the campaign's form


@dataclass(frozen=True)
class Eyes:
    """Through whose eyes a campaign is seen, and when."""

    level: Level | None
    segment: Segment | None
    at: datetime
    sold_out: bool = False
    too_few_points: bool = False

    def buyer(self, cost: int) -> Buyer:
        segments = frozenset([self.segment.pk] if self.segment else [])
        level = self.level.pk if self.level else None
        points = cost - 1 if self.too_few_points else max(cost, 0)
        return Buyer(NOBODY_IN_PARTICULAR, Customer.Status.ACTIVE, level, segments, points)


def eyes_of(switches: Switches, form: forms.ModelForm, at: datetime) -> Eyes:
    """As the switches say; where they say nothing, somebody whom the campaign is aimed at, now."""
    said = switches.cleaned_data if switches.is_valid() else {}
    levels, segments = (form.cleaned_data.get(name) or [] for name in ("levels", "segments"))
    level = said.get("level") or _first(Level, levels) or Level.objects.first()
    segment = said.get("segment") or (None if levels else _first(Segment, segments))
    return Eyes(level, segment, said.get("at") or at, bool(said.get("sold_out")), bool(said.get("too_few_points")))


def published(form: forms.ModelForm, standing: Standing, eyes: Eyes) -> Campaign:
    """The campaign that the form describes as if it were published and, unless it is sold out, had codes."""
    campaign, data = standing.campaign, form.cleaned_data
    campaign.active = True
    campaign.name = campaign.name or _("Name of the reward")
    campaign.sold, campaign.buyers, campaign.bought, campaign.codes_withheld = standing.sold, 0, 0, 0
    campaign.left = 0 if eyes.sold_out else _on_sale(standing)
    levels = [LevelTarget(campaign=campaign, level_id=pk) for pk in data.get("levels") or []]
    segments = [SegmentTarget(campaign=campaign, segment_id=pk) for pk in data.get("segments") or []]
    labels = [Label(campaign=campaign, key=key, value=value) for key, value in data.get("label_text") or []]
    _relate(campaign, level_targets=levels, segment_targets=segments, labels=labels)
    return campaign


def served(campaign: Campaign, eyes: Eyes) -> dict[str, Any]:
    """What the API would tell that customer's app of it, texts as HTML."""
    buyer = eyes.buyer(campaign.cost_in_points)
    (body,) = page_of_objects([campaign], eyes.at, most_codes=0, buyer=buyer, for_customer=True, as_html=True)
    return body


def photo_of(campaign: Campaign) -> dict[str, Any] | None:
    if not campaign.photo:
        return None
    is_kept = campaign.photo.name != CHOSEN
    url = f"{reverse('campaign-photo', args=[campaign.pk])}?size=640" if is_kept else ""
    alt = campaign.photo_alt or campaign.name
    return {"url": url, "alt": alt, "focus_x": campaign.focus_x, "focus_y": campaign.focus_y}


def draft_of(form: forms.ModelForm, *, photo_chosen: bool) -> Campaign:
    campaign = campaign_of(form)
    if photo_chosen:
        campaign.photo = CHOSEN
    return campaign


def _on_sale(standing: Standing) -> int:
    """What could be sold, by codes and limit; one of them alone where the other is still to come."""
    campaign = standing.campaign
    of_codes = None if campaign.single_coupon else standing.free
    of_limit = None if campaign.unlimited else campaign.limit - standing.sold
    return min((units for units in (of_codes, of_limit) if units and units > 0), default=1)


def _relate(campaign: Campaign, **rows: Sequence[Any]) -> None:
    """Lay the rows where Django's own prefetching leaves them: none of them is in the database."""
    campaign._prefetched_objects_cache = {}
    for name, found in rows.items():
        related = getattr(campaign, name).none()
        related._result_cache = list(found)
        campaign._prefetched_objects_cache[name] = related


def _first(model: type[Level | Segment], ids: Sequence[UUID]) -> Any:
    return model.objects.filter(pk__in=ids[:1]).first()
