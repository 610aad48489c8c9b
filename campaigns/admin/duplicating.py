"""The question before a campaign is copied: what the copy is called, and when it begins."""

from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.admin.refusals import sentence
from campaigns.copying import copy, next_begin
from campaigns.errors import PhotoOutOfReach
from campaigns.models import Campaign
from loyalty_site.backoffice.decisions import Decision, key_of
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import DateWidget, TextWidget
from loyalty_site.days import FIRST_DAY, LAST_DAY
from loyalty_site.errors import DomainError

LONGEST_NAME = 255


class CopyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME, widget=TextWidget)
    first_day = forms.DateField(
        label=gettext_lazy("First day"),
        widget=DateWidget(attrs={"type": "date"}),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
        help_text=gettext_lazy("All its dates move along, so that it lasts as long as the original."),
    )

    def __init__(self, *args: Any, dated: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not dated:
            del self.fields["first_day"]


def duplicating(request: HttpRequest, campaign: Campaign) -> Decision:
    copy_id = _id_of_copy(request, campaign)
    begin = next_begin(campaign, timezone.localdate())
    name = (_("Copy of %(name)s") % {"name": campaign.name})[:LONGEST_NAME]

    def act(data: dict[str, Any]) -> str:
        facts = {"actor": actor_of(request), "at": timezone.now()}
        copy(campaign.pk, copy_id=copy_id, name=data["name"], first_day=data.get("first_day"), **facts)
        return _("“%(name)s” is there, switched off. It has no codes yet.") % {"name": data["name"]}

    return Decision(
        title=_("Duplicate “%(name)s”") % {"name": campaign.name},
        explanation=_(
            "The copy has the same texts, rules, levels, segments, labels and picture. It has no codes, and is off "
            "until you switch it on."
        ),
        button=_("Duplicate"),
        act=act,
        refused=_refused,
        back=reverse("admin:campaigns_campaign_change", args=[campaign.pk]),
        onward=reverse("admin:campaigns_campaign_change", args=[copy_id]),
        form=partial(CopyForm, dated=begin is not None, initial={"name": name, "first_day": begin}),
    )


def _id_of_copy(request: HttpRequest, campaign: Campaign) -> UUID:
    """One for each time that the question is asked, so that a page sent twice leads to the one copy."""
    return uuid5(campaign.pk, f"{request.user.pk} {key_of(request)}")


def _refused(refusal: DomainError) -> str:
    if isinstance(refusal, PhotoOutOfReach):
        return _("The place where pictures are kept does not answer. Try it again later.")
    return sentence(refusal)
